import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** The lines of a file that one chunk covers; a whole document is line 0. */
export interface ChunkMark {
  fileKey: string;
  first: number;
  last: number;
}

/** Names a file in one state: changed content (size or time) makes it another file. */
export function fileKeyOf(path: string, bytes: number, modifiedMs: number): string {
  return createHash('sha256').update(`${path}\u0000${bytes}\u0000${modifiedMs}`).digest('hex').slice(0, 24);
}

/**
 * What an earlier, interrupted run has had acknowledged. One line a chunk is appended after its answer; a line lost at
 * a power cut only means that the chunk is sent again, which changes nothing.
 */
export class IngestJournal {
  readonly #done = new Map<string, LineRanges>();

  private constructor(private readonly path: string) {}

  /** Opens or begins the journal. A torn last line is passed over. */
  static open(path: string): IngestJournal {
    const journal = new IngestJournal(path);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    for (const [, fileKey = '', first, last] of text.matchAll(/^([0-9a-f]{24}) (\d+) (\d+)\n/gm)) {
      journal.#note({ fileKey, first: Number(first), last: Number(last) });
    }
    if (text !== '' && !text.endsWith('\n')) appendFileSync(path, '\n');
    return journal;
  }

  /** To be called once the chunk was acknowledged. */
  acknowledge(mark: ChunkMark): void {
    appendFileSync(this.path, `${mark.fileKey} ${mark.first} ${mark.last}\n`, { mode: 0o600 });
    this.#note(mark);
  }

  isDone(fileKey: string, line: number): boolean {
    return this.#done.get(fileKey)?.has(line) ?? false;
  }

  #note({ fileKey, first, last }: ChunkMark): void {
    let ranges = this.#done.get(fileKey);
    if (!ranges) this.#done.set(fileKey, (ranges = new LineRanges()));
    ranges.add(first, last);
  }
}

/** A set of line numbers, kept as ranges: chunks are acknowledged nearly in order, so there are few. */
export class LineRanges {
  /** Sorted, apart from each other by at least one line. */
  readonly #ranges: { first: number; last: number }[] = [];

  add(first: number, last: number): void {
    let at = this.#ranges.length;
    while (at > 0 && (this.#ranges[at - 1]?.last ?? 0) >= first - 1) at--;
    let end = at;
    const merged = { first, last };
    for (let next = this.#ranges[end]; next && next.first <= last + 1; next = this.#ranges[++end]) {
      merged.first = Math.min(merged.first, next.first);
      merged.last = Math.max(merged.last, next.last);
    }
    this.#ranges.splice(at, end - at, merged);
  }

  has(line: number): boolean {
    let low = 0;
    let high = this.#ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = this.#ranges[middle];
      if (!range) return false;
      if (line < range.first) high = middle - 1;
      else if (line > range.last) low = middle + 1;
      else return true;
    }
    return false;
  }

  get size(): number {
    return this.#ranges.length;
  }
}
