import { type EntryResult } from '../intake/index.js';
import { type Fault } from '../kernel/index.js';

/** Something that was not taken in: a file, a line of it, a Bundle or an entry of a batch. */
export interface Refusal {
  file: string;
  line?: number;
  faults: readonly Fault[];
}

/** More are counted, not listed. */
const MOST_LISTED = 100;

/** Counts what a run takes in. */
export class IngestTally {
  bundles = 0;
  readonly resources = { taken: 0, new: 0, known: 0, unused: 0 };
  readonly results = { new: 0, repeated: 0, versions: 0, late: 0 };
  readonly refusals: Refusal[] = [];
  refused = 0;
  skipped = 0;

  taken(entries: readonly EntryResult[]): void {
    this.bundles++;
    for (const entry of entries) this.#count(entry);
  }

  refuse(refusal: Refusal): void {
    this.refused++;
    if (this.refusals.length < MOST_LISTED) this.refusals.push(refusal);
  }

  #count({ status, outcome }: EntryResult): void {
    this.resources.taken++;
    this.resources[status === 201 ? 'new' : status === 202 ? 'unused' : 'known']++;
    if (outcome === 'repeat') this.results.repeated++;
    else if (outcome === 'version') this.results.versions++;
    else if (outcome === 'late') this.results.late++;
    else if (outcome === 'new') this.results.new++;
  }
}

/** `file:line`, as editors understand it. */
export function placeOf({ file, line }: { file: string; line?: number }): string {
  return line === undefined ? file : `${file}:${line}`;
}

export function faultText({ message, path }: Fault): string {
  return path ? `${path}: ${message}` : message;
}
