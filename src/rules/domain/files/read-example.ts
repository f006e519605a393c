import {
  type Facts,
  type MeasuredFact,
  type MeasuredValue,
  type OwnLimit,
  type PersonFacts,
} from '../../../kernel/index.js';
import { type AnalyteCatalogue, type CatalogueAnalyte } from '../catalogue.js';
import { DAYS_A_YEAR, PERSON_FACTS } from '../rule.js';
import { noSuchFact } from './read-condition.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

/** `review` is unknown, with a value that could fire. */
export const EXPECTATIONS = ['fires', 'silent', 'unknown', 'review'] as const;
export type Expectation = (typeof EXPECTATIONS)[number];

/** One example of a rule: facts as a doctor writes them, and what is to come of them. */
export interface Example {
  at: SourceNode;
  measured: ReadonlyMap<string, MeasuredFact>;
  person: PersonFacts;
  expect: Expectation;
}

export function readExample(node: SourceNode, catalogue: AnalyteCatalogue, faults: FaultList): Example | null {
  const members = faults.map(node, 'an example', ['facts', 'expect', 'note']);
  if (!members) return null;
  if (!members.facts) faults.add(node, 'no-facts', { expected: 'facts: { … }' });
  if (!members.expect) faults.add(node, 'no-expect', { expected: EXPECTATIONS });
  const expect = members.expect ? faults.word(members.expect, 'expect', EXPECTATIONS) : null;
  if (!members.facts || !expect) return null;
  if (members.facts.kind !== 'map') {
    faults.add(members.facts, 'not-a-map', { what: 'facts', found: asWritten(members.facts), expected: 'facts: { wbc: 3.0 }' });
    return null;
  }
  const measured = new Map<string, MeasuredFact>();
  const person: PersonFacts = { sex: null, ageYears: null, ageDays: null, pregnant: null };
  for (const [name, { key, value }] of members.facts.members) {
    if (setPerson(person, name, value)) continue;
    const analyte = catalogue.get(name);
    if (!analyte) {
      if (isPersonFact(name)) faults.add(value, 'unreadable-value', { fact: name, found: asWritten(value) });
      else faults.add(key, 'unknown-fact', noSuchFact(name, catalogue));
      continue;
    }
    const fact = readFact(value, analyte, catalogue);
    if (fact) measured.set(name, fact);
    else faults.add(value, 'unreadable-value', { fact: name, found: asWritten(value) });
  }
  return { at: node, measured, person, expect };
}

/** The facts of an example as one result (the anchor) with the others beside it. */
export function factsOf(example: Pick<Example, 'measured' | 'person'>, anchor: string | null): Facts {
  const others = new Map(example.measured);
  const first = anchor === null ? undefined : others.get(anchor);
  if (anchor !== null) others.delete(anchor);
  return { person: example.person, anchor: first ?? NO_RESULT, others };
}

function isPersonFact(name: string): boolean {
  return (PERSON_FACTS as readonly string[]).includes(name);
}

const SOURCE = { observationId: 'example', component: 0, at: '2000-01-01T00:00:00.000Z', status: 'final' };
const NO_RESULT: MeasuredFact = {
  measurement: { component: 0, analyte: '', value: null, asSent: '', ownLimit: null, doubts: [] },
  source: SOURCE,
};

function setPerson(person: PersonFacts, name: string, { value }: SourceNode): boolean {
  if (name === 'age') return setAge(person, value);
  if (name === 'sex' && (value === 'male' || value === 'female')) person.sex = value;
  else if (name === 'pregnant' && typeof value === 'boolean') person.pregnant = value;
  else return false;
  return true;
}

/** `40` is years, `5 d` days; the other of the two follows. */
function setAge(person: PersonFacts, value: SourceNode['value']): boolean {
  const days = /^(\d+) d$/.exec(String(value))?.[1];
  if (typeof value !== 'number' && days === undefined) return false;
  person.ageDays = days === undefined ? Math.ceil(Number(value) * DAYS_A_YEAR) : Number(days);
  person.ageYears = days === undefined ? Number(value) : Math.floor(Number(days) / DAYS_A_YEAR);
  return true;
}

/** `{ value: 6, limit: 5 }` for a result with its own upper limit, `{ value: 900, unit: unknown }`; else a bare value. */
function readFact(node: SourceNode, analyte: CatalogueAnalyte, catalogue: AnalyteCatalogue): MeasuredFact | null {
  const member = (name: string) => node.members.get(name)?.value;
  const isMap = node.kind === 'map';
  if (isMap && [...node.members.keys()].some((key) => !['value', 'limit', 'unit', 'flag'].includes(key))) return null;
  const valueNode = isMap ? member('value') : node;
  if (!valueNode || valueNode.kind === 'map' || valueNode.kind === 'list' || valueNode.kind === 'null') return null;
  const written = valueNode.kind === 'number' ? valueNode.digits : String(valueNode.value);
  const unit = member('unit')?.value;
  const value =
    unit === 'unknown'
      ? withoutUnit(written, analyte, catalogue)
      : catalogue.read(analyte.id, unit === undefined ? written : `${written} ${String(unit)}`);
  const limit = member('limit');
  const ownLimit = readLimit(limit, member('flag'), analyte);
  if (!value || ownLimit === 'wrong') return null;
  return {
    measurement: { component: 0, analyte: analyte.id, value, asSent: written, ownLimit, doubts: [] },
    source: SOURCE,
  };
}

function readLimit(
  limit: SourceNode | undefined,
  flag: SourceNode | undefined,
  analyte: CatalogueAnalyte,
): OwnLimit | null | 'wrong' {
  if (flag) {
    if (flag.value !== 'above' && flag.value !== 'within') return 'wrong';
    return { from: 'interpretation', flag: flag.value };
  }
  if (!limit) return null;
  const match = /^(<|≤)?\s*(\d+(?:\.\d+)?)$/.exec(limit.kind === 'number' ? limit.digits : String(limit.value));
  if (!match?.[2]) return 'wrong';
  return { from: 'range', high: match[2], highInclusive: match[1] !== '<', unit: analyte.unit ?? '1' };
}

/** A number without a unit that is understood: one reading for each unit that it may have had. */
function withoutUnit(
  written: string,
  analyte: CatalogueAnalyte,
  catalogue: AnalyteCatalogue,
): MeasuredValue | null {
  const readings = analyte.reportedIn.flatMap((unit) => {
    const value = catalogue.read(analyte.id, `${written} ${unit}`);
    return value?.kind === 'number' || value?.kind === 'implausible' ? [value.interval] : [];
  });
  return readings.length ? { kind: 'unit-unknown', readings, unit: '' } : null;
}
