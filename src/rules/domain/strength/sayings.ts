import { type PersonFacts, UNKNOWN_PERSON } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { parseFile } from '../files/parse-file.js';
import { type Example, readExample } from '../files/read-example.js';
import { FaultList } from '../files/source-node.js';
import { type Candidate } from './candidate.js';

/** What is said of one fact, as it is written in an example, and what is read from it. */
export interface Said {
  /** Inside the braces of `facts`; empty when nothing is said of the present. */
  facts: string;
  /** Items of `earlier`. */
  earlier: readonly string[];
  example: Example;
}

/** Reads candidates as examples would, each part once; what is no value of the fact, or no possible one, is left out. */
export class Sayings {
  readonly #read = new Map<string, Said | null>();

  constructor(private readonly catalogue: AnalyteCatalogue) {}

  of(fact: string, candidates: readonly Candidate[]): Said[] {
    return candidates.flatMap(({ now, earlier }) => {
      const parts = earlier.map(({ days, value }) =>
        this.#part({ facts: '', earlier: [`{ days: ${days}, facts: { ${fact}: ${value} } }`] }),
      );
      if (now !== null) parts.unshift(this.#part({ facts: `${fact}: ${now}`, earlier: [] }));
      const said = parts.filter((part) => part !== null);
      return said.length < parts.length ? [] : { ...together(said), example: merged(said) };
    });
  }

  #part(part: Pick<Said, 'facts' | 'earlier'>): Said | null {
    const text = written(part, 'fires');
    let said = this.#read.get(text);
    if (said === undefined) {
      const example = this.#example(text);
      this.#read.set(text, (said = example && { ...part, example }));
    }
    return said;
  }

  #example(text: string): Example | null {
    const faults = new FaultList('');
    const node = parseFile({ path: '', text }, faults);
    const example = node && readExample(node, this.catalogue, faults);
    if (!example || faults.faults.length > 0) return null;
    const measured = [example, ...example.earlier].flatMap((day) => [...day.measured.values()]);
    return measured.every(({ measurement }) => measurement.value?.kind !== 'implausible') ? example : null;
  }
}

/** All that is said, as it would be written in one example. */
export function together(said: readonly Said[]): Pick<Said, 'facts' | 'earlier'> {
  const facts = said.map((one) => one.facts).filter((text) => text !== '');
  return { facts: facts.join(', '), earlier: said.flatMap(({ earlier }) => earlier) };
}

/** An example as it is written in a file. */
export function written({ facts, earlier }: Pick<Said, 'facts' | 'earlier'>, expect: Example['expect']): string {
  const before = earlier.length > 0 ? `, earlier: [${earlier.join(', ')}]` : '';
  return `{ facts: ${facts === '' ? '{}' : `{ ${facts} }`}${before}, expect: ${expect} }`;
}

/** One example with all that is said. */
export function merged(said: readonly Said[]): Example {
  const examples = said.map(({ example }) => example);
  return {
    at: NOWHERE,
    measured: new Map(examples.flatMap(({ measured }) => [...measured])),
    earlier: examples.flatMap(({ earlier }) => earlier).sort((a, b) => a.days - b.days),
    person: examples.map(({ person }) => person).reduce(asOne, UNKNOWN_PERSON),
    expect: 'unknown',
  };
}

function asOne(a: PersonFacts, b: PersonFacts): PersonFacts {
  return {
    sex: a.sex ?? b.sex,
    ageYears: a.ageYears ?? b.ageYears,
    ageDays: a.ageDays ?? b.ageDays,
    pregnant: a.pregnant ?? b.pregnant,
    careSetting: a.careSetting ?? b.careSetting,
    answers: new Map([...a.answers, ...b.answers]),
  };
}

const NOWHERE: Example['at'] = { kind: 'null', value: null, digits: '', line: 0, column: 0, textColumn: null, members: new Map(), items: [] };
