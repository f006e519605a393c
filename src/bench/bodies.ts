import { HOLES, type WorkloadTemplate, workloadTemplates } from '../sample/index.js';

/** One request, ready to be written to the socket. */
export interface Body {
  serial: string;
  important: boolean;
  bytes: Buffer;
}

/** Twenty rounds of the fourteen kinds of important result: enough variety, about 16 MB. */
const TEMPLATES = 280;

interface PreparedTemplate {
  template: WorkloadTemplate;
  bytes: Buffer;
  /** Where each hole begins. */
  holes: { hole: keyof typeof HOLES; at: number }[];
}

/** Makes the bodies of any number of people, each a copy of a prepared one with its holes filled: some 20 µs. */
export class Bodies {
  readonly #prepared: PreparedTemplate[];
  #next = 0;

  constructor(seed: string, now: Date) {
    this.#prepared = Array.from(workloadTemplates(seed, now, TEMPLATES), prepare);
  }

  /** How many people were made so far. */
  get made(): number {
    return this.#next;
  }

  get meanBytes(): number {
    return this.#prepared.reduce((sum, { bytes }) => sum + bytes.length, 0) / this.#prepared.length;
  }

  /** The next `count` people. */
  take(count: number): Body[] {
    return Array.from({ length: count }, () => this.next());
  }

  next(): Body {
    return this.#fill(this.#prepared[this.#next % this.#prepared.length]);
  }

  /** The next person, with or without an important result as wanted. */
  nextThat(isImportant: boolean): Body {
    const fitting = this.#prepared.filter(({ template }) => template.important === isImportant);
    return this.#fill(fitting[this.#next % fitting.length]);
  }

  #fill(prepared: PreparedTemplate | undefined): Body {
    if (!prepared) throw new RangeError('no template');
    const ordinal = this.#next++;
    const filled = prepared.template.fill(ordinal);
    const bytes = Buffer.from(prepared.bytes);
    for (const { hole, at } of prepared.holes) bytes.write(filled[hole], at, 'latin1');
    return { serial: filled.serial, important: prepared.template.important, bytes };
  }
}

function prepare(template: WorkloadTemplate): PreparedTemplate {
  const bytes = Buffer.from(template.text);
  const holes: PreparedTemplate['holes'] = [];
  for (const hole of Object.keys(HOLES) as (keyof typeof HOLES)[]) {
    for (let at = bytes.indexOf(HOLES[hole]); at >= 0; at = bytes.indexOf(HOLES[hole], at + 1))
      holes.push({ hole, at });
  }
  return { template, bytes, holes };
}
