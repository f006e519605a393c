import fc from 'fast-check';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileKeyOf, IngestJournal, LineRanges } from './ingest-files-journal.js';

describe('a set of lines', () => {
  it('holds exactly what was added, in any order, in as few ranges as can be', () => {
    const span = fc.tuple(fc.nat(60), fc.nat(8)).map(([first, more]) => [first, first + more] as const);
    fc.assert(
      fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
        const ranges = new LineRanges();
        const plain = new Set<number>();
        for (const [first, last] of spans) {
          ranges.add(first, last);
          for (let line = first; line <= last; line++) plain.add(line);
        }
        for (let line = 0; line < 75; line++) expect(ranges.has(line)).toBe(plain.has(line));
        const islands = [...plain].filter((line) => !plain.has(line - 1)).length;
        expect(ranges.size).toBe(islands);
      }),
    );
  });
});

describe('the journal of a reading', () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  const path = join(folder, 'journal');
  const key = fileKeyOf('/data/a.ndjson', 10, 1);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('survives a line torn by a power cut, and what is written after it', () => {
    IngestJournal.open(path).acknowledge({ fileKey: key, first: 1, last: 200 });
    appendFileSync(path, `${key} 201 4`);
    const again = IngestJournal.open(path);
    expect(again.isDone(key, 201)).toBe(false);
    again.acknowledge({ fileKey: key, first: 401, last: 600 });
    const last = IngestJournal.open(path);
    expect([1, 200, 201, 400, 401, 600, 601].map((line) => last.isDone(key, line))).toEqual([
      true,
      true,
      false,
      false,
      true,
      true,
      false, // prettier-ignore
    ]);
  });

  it('knows a changed file as another', () => {
    const keys = [fileKeyOf('/a', 1, 1), fileKeyOf('/a', 2, 1), fileKeyOf('/a', 1, 2), fileKeyOf('/b', 1, 1)];
    expect(new Set(keys).size).toBe(4);
    expect(fileKeyOf('/a', 1, 1)).toBe(keys[0]);
  });
});
