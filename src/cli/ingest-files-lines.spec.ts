import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { byteLines } from './ingest-files-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'byte-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function lines(text: string, name: string, longest = 1 << 20): Promise<(string | null)[]> {
  const path = join(folder, name);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  const read: (string | null)[] = [];
  for await (const { number, bytes } of byteLines(path, longest)) {
    read.push(bytes && bytes.toString('utf8'));
    expect(number).toBe(read.length);
  }
  return read;
}

describe('lines of a file', () => {
  it('are those of the text, packed or not', async () => {
    const texts = fc.array(
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', '')),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom('a.ndjson', 'a.ndjson.gz'), async (parts, name) => {
        const wanted = parts.map((part) => Buffer.from(part).toString('utf8'));
        expect(await lines(parts.map((part) => `${part}\n`).join(''), name)).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });

  it('may be longer than what is read at once, and need no end', async () => {
    const long = '体检'.repeat(200_000);
    expect(await lines(`${long}\nshort\n${long}`, 'long.ndjson', 4 << 20)).toEqual([long, 'short', long]);
  });

  it('that are too long are passed over without being held', async () => {
    expect(await lines(`a\n${'x'.repeat(3_000_000)}\nb\n${'y'.repeat(50)}`, 'huge.ndjson', 40)).toEqual([
      'a',
      null,
      'b',
      null,
    ]);
  });
});
