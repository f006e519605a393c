import { type AnalyteCatalogue } from '../catalogue.js';
import { parseFile } from '../files/parse-file.js';
import { type Example, readExample } from '../files/read-example.js';
import { FaultList } from '../files/source-node.js';

/** One fact as it is written in an example, and what is read from it. */
export interface Said {
  text: string;
  example: Example;
}

/** Reads values as examples would, each once; those that are no value of the fact, or no possible one, are left out. */
export class Sayings {
  readonly #read = new Map<string, Said | null>();

  constructor(private readonly catalogue: AnalyteCatalogue) {}

  of(fact: string, values: readonly string[]): Said[] {
    return values.map((value) => this.#remembered(`${fact}: ${value}`)).filter((said) => said !== null);
  }

  #remembered(text: string): Said | null {
    let said = this.#read.get(text);
    if (said === undefined) this.#read.set(text, (said = this.#said(text)));
    return said;
  }

  #said(text: string): Said | null {
    const faults = new FaultList('');
    const node = parseFile({ path: '', text: `{ facts: { ${text} }, expect: fires }` }, faults);
    const example = node && readExample(node, this.catalogue, faults);
    if (!example || faults.faults.length > 0) return null;
    const measured = [...example.measured.values()];
    const isPossible = measured.every(({ measurement }) => measurement.value?.kind !== 'implausible');
    return isPossible ? { text, example } : null;
  }
}

/** One example with all these facts. */
export function merged(said: readonly Said[]): Example {
  const examples = said.map(({ example }) => example);
  const known = <Key extends keyof Example['person']>(key: Key) =>
    examples.map(({ person }) => person[key]).find((value) => value !== null) ?? null;
  return {
    at: NOWHERE,
    measured: new Map(examples.flatMap(({ measured }) => [...measured])),
    person: { sex: known('sex'), ageYears: known('ageYears'), pregnant: known('pregnant') },
    expect: 'unknown',
  };
}

const NOWHERE: Example['at'] = { kind: 'null', value: null, digits: '', line: 0, column: 0, members: new Map(), items: [] };
