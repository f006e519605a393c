import {
  type CareSetting,
  CARE_SETTINGS,
  type Facts,
  type MeasuredFact,
  type PersonFacts,
  UNKNOWN_PERSON,
} from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { addDerived } from '../formula/with-formulas.js';
import { DAYS_A_YEAR, PERSON_FACTS } from '../rule.js';
import { noSuchFact } from './read-condition.js';
import { readExampleValue } from './read-example-value.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

/** `review` is unknown, with a value that could fire. */
export const EXPECTATIONS = ['fires', 'silent', 'unknown', 'review'] as const;
export type Expectation = (typeof EXPECTATIONS)[number];

/** What an example may have. */
export const EXAMPLE_KEYS = ['facts', 'earlier', 'expect', 'note'] as const;

/** Results of one earlier day of an example. */
export interface EarlierDay {
  /** Days before the result being judged; may have decimals. */
  days: number;
  measured: ReadonlyMap<string, MeasuredFact>;
}

/** One example of a rule: facts as a doctor writes them, and what is to come of them. */
export interface Example {
  at: SourceNode;
  measured: ReadonlyMap<string, MeasuredFact>;
  /** The most recent day first. */
  earlier: readonly EarlierDay[];
  person: PersonFacts;
  expect: Expectation;
}

export function readExample(node: SourceNode, catalogue: AnalyteCatalogue, faults: FaultList): Example | null {
  const members = faults.map(node, 'an example', EXAMPLE_KEYS);
  if (!members) return null;
  if (!members.facts) faults.add(node, 'no-facts', { expected: 'facts: { … }' });
  if (!members.expect) faults.add(node, 'no-expect', { expected: EXPECTATIONS });
  const expect = members.expect ? faults.word(members.expect, 'expect', EXPECTATIONS) : null;
  if (!members.facts || !expect) return null;
  const facts = readFacts(members.facts, 0, catalogue, faults);
  const earlier = members.earlier ? readEarlier(members.earlier, facts?.person ?? UNKNOWN_PERSON, catalogue, faults) : [];
  return facts && { at: node, measured: facts.measured, earlier, person: facts.person, expect };
}

/** The results of an example alone, as a mapping of analyte and value. */
export function readExampleFacts(
  node: SourceNode,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): ReadonlyMap<string, MeasuredFact> | null {
  return readFacts(node, 0, catalogue, faults)?.measured ?? null;
}

interface ReadFacts {
  measured: Map<string, MeasuredFact>;
  person: PersonFacts;
}

function readFacts(node: SourceNode, days: number, catalogue: AnalyteCatalogue, faults: FaultList): ReadFacts | null {
  if (node.kind !== 'map') {
    faults.add(node, 'not-a-map', { what: 'facts', found: asWritten(node), expected: 'facts: { wbc: 3.0 }' });
    return null;
  }
  const measured = new Map<string, MeasuredFact>();
  let person = UNKNOWN_PERSON;
  const source = { observationId: days === 0 ? 'example' : `example-${days}`, component: 0, at: atOf(days), status: 'final' };
  for (const [name, { key, value }] of node.members) {
    const known = isPersonFact(name, catalogue) ? withPersonFact(person, name, value) : undefined;
    const analyte = catalogue.get(name);
    if (known) person = known;
    else if (known === null) faults.add(value, 'unreadable-value', { fact: name, found: asWritten(value) });
    else if (!analyte) faults.add(key, 'unknown-fact', noSuchFact(name, catalogue));
    else {
      const measurement = readExampleValue(value, analyte, catalogue);
      if (measurement) measured.set(name, { measurement, source });
      else faults.add(value, 'unreadable-value', { fact: name, found: asWritten(value) });
    }
  }
  if (days === 0) addDerived(measured, catalogue.formulas, person);
  return { measured, person };
}

/** 150 years: longer than anybody lives. */
const MOST_DAYS = 54_787;

/** `earlier: [{ days: 30, facts: { hb: 120 } }]`: results alone, the most recent first in whatever order they are written. */
function readEarlier(
  node: SourceNode,
  person: PersonFacts,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): EarlierDay[] {
  const items = faults.list(node, 'earlier').flatMap((item) => {
    const members = faults.map(item, 'an earlier day', ['days', 'facts']);
    if (!members) return [];
    const days = members.days?.kind === 'number' ? Number(members.days.value) : NaN;
    if (!(days > 0 && days <= MOST_DAYS)) {
      const found = members.days ? { found: asWritten(members.days) } : {};
      faults.add(members.days ?? item, 'no-days', { ...found, expected: 'days: 30' });
      return [];
    }
    if (!members.facts) faults.add(item, 'no-facts', { expected: 'facts: { … }' });
    const facts = members.facts && readFacts(members.facts, days, catalogue, faults);
    if (facts && facts.person !== UNKNOWN_PERSON) {
      faults.add(members.facts as SourceNode, 'earlier-person');
    }
    // Of the same person, whose age is that of the day being judged.
    if (facts) addDerived(facts.measured, catalogue.formulas, person);
    return facts ? [{ days, measured: facts.measured }] : [];
  });
  return items.sort((a, b) => a.days - b.days);
}

/** Noon, so that fractions of a day stay on the day that one expects. */
const NOW = Date.UTC(2000, 0, 1, 12);
const DAY_MS = 86_400_000;

function atOf(days: number): string {
  return new Date(NOW - Math.round(days * DAY_MS)).toISOString();
}

/** The facts of an example as one result (the anchor) with the others beside it. */
export function factsOf(
  example: Pick<Example, 'measured' | 'person'> & Partial<Pick<Example, 'earlier'>>,
  anchor: string | null,
): Facts {
  const others = new Map(example.measured);
  const earlier = new Map<string, MeasuredFact[]>();
  for (const { measured } of example.earlier ?? []) {
    for (const [analyte, fact] of measured) {
      // What was not measured now counts with its latest value.
      if (!others.has(analyte)) others.set(analyte, fact);
      else earlier.set(analyte, [...(earlier.get(analyte) ?? []), fact]);
    }
  }
  const first = anchor === null ? undefined : others.get(anchor);
  if (anchor !== null) others.delete(anchor);
  return { person: example.person, anchor: first ?? NO_RESULT, others, earlier, zone: 'UTC' };
}

const NO_RESULT: MeasuredFact = {
  measurement: { component: 0, analyte: '', value: null, asSent: '', ownLimit: null, doubts: [] },
  source: { observationId: 'example', component: 0, at: atOf(0), status: 'final' },
};

function isPersonFact(name: string, catalogue: AnalyteCatalogue): boolean {
  return (PERSON_FACTS as readonly string[]).includes(name) || catalogue.answer(name) !== undefined;
}

/** Null when the value is none of the fact's. */
function withPersonFact(person: PersonFacts, name: string, { value }: SourceNode): PersonFacts | null {
  switch (name) {
    case 'age':
      return withAge(person, value);
    case 'sex':
      return value === 'male' || value === 'female' ? { ...person, sex: value } : null;
    case 'pregnant':
      return typeof value === 'boolean' ? { ...person, pregnant: value } : null;
    case 'care-setting': {
      const isOne = (CARE_SETTINGS as readonly unknown[]).includes(value);
      return isOne ? { ...person, careSetting: value as CareSetting } : null;
    }
    default:
      return typeof value === 'boolean' ? { ...person, answers: new Map(person.answers).set(name, value) } : null;
  }
}

/** `40` is years, `5 d` days; the other of the two follows. */
function withAge(person: PersonFacts, value: SourceNode['value']): PersonFacts | null {
  const days = /^(\d+) d$/.exec(String(value))?.[1];
  if (days !== undefined) {
    return { ...person, ageDays: Number(days), ageYears: Math.floor(Number(days) / DAYS_A_YEAR) };
  }
  if (typeof value !== 'number') return null;
  return { ...person, ageYears: value, ageDays: Math.ceil(value * DAYS_A_YEAR) };
}
