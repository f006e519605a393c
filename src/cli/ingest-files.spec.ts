import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describeWithData, listTestData, testBytes } from '../../test/support/test-data.js';
import {
  type IngestChunk,
  type IngestItem,
  readIngestFiles,
  type ReadingOptions,
  splitGroup,
} from './ingest-files.js';
import { IngestJournal } from './ingest-files-journal.js';
import { listIngestFiles } from './ingest-files-list.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ingest-files-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
};

async function read(path: string | string[] = folder, options?: ReadingOptions): Promise<IngestItem[]> {
  const { files } = await listIngestFiles([path].flat());
  const items: IngestItem[] = [];
  for await (const item of readIngestFiles(files, options)) items.push(item);
  return items;
}

const chunks = (items: readonly IngestItem[]): IngestChunk[] => items.filter((item) => item.kind === 'chunk');
const faults = (items: readonly IngestItem[]): string[] =>
  items.flatMap((item) =>
    item.kind === 'fault' ? [`${item.fault.code}${item.line ? `@${item.line}` : ''}`] : [],
  );
const entries = ({ resource }: IngestChunk): { resource: { id: string } }[] => resource['entry'] as never;
const ids = (items: readonly IngestItem[]): string[] =>
  chunks(items).flatMap((one) => entries(one).map(({ resource }) => resource.id));

const observation = (id: string, subject = 'Patient/1'): string =>
  JSON.stringify({ resourceType: 'Observation', id, subject: { reference: subject } });
const bundle = (type: string, more: object = {}): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    type,
    entry: [{ resource: { resourceType: 'Patient', id: 'p' } }],
    ...more,
  });

describe('the files below a path', () => {
  it('are read in order of name, people first, each once, other files left alone', async () => {
    for (const name of ['b/Observation.ndjson', 'b/Patient.ndjson', 'a/2.json', 'a/10.json.gz', 'notes.txt'])
      put(name, '{}');
    symlinkSync(folder, join(folder, 'b', 'loop'));
    const { files, totalBytes, faults: none } = await listIngestFiles([folder, join(folder, 'a', '2.json')]);
    expect(files.map(({ path }) => path.slice(folder.length + 1))).toEqual([
      'a/10.json.gz',
      'a/2.json',
      'b/Patient.ndjson',
      'b/Observation.ndjson',
    ]);
    expect(totalBytes).toBe(8);
    expect(none).toEqual([]);
  });

  it('are missed with a word when they are not there or no data', async () => {
    const listing = await listIngestFiles([join(folder, 'nowhere'), put('notes.txt', 'x')]);
    expect(listing.faults.map(({ fault }) => fault.code)).toEqual(['not-found', 'invalid-request']);
  });
});

describe('a JSON document', () => {
  it('that is a transaction, batch or collection comes as it is, packed or not, with a byte order mark or not', async () => {
    put('1.json', bundle('transaction'));
    put('2.json.gz', gzipSync(bundle('batch')));
    put('3.json', `\uFEFF${bundle('collection')}`);
    const items = chunks(await read());
    expect(items.map(({ resource }) => resource['type'])).toEqual(['transaction', 'batch', 'collection']);
  });

  it('that is a search result or a document is a collection without what a search adds', async () => {
    put('1.json', bundle('searchset', { total: 1, link: [{ relation: 'self', url: 'x' }], entry: [{ fullUrl: 'u', search: { mode: 'match' }, resource: { resourceType: 'Patient', id: 'p' } }] })); // prettier-ignore
    put('2.json', bundle('document', { timestamp: '2026-01-01T00:00:00Z' }));
    const [page, document] = chunks(await read());
    expect(page?.resource).toEqual({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ fullUrl: 'u', resource: { resourceType: 'Patient', id: 'p' } }],
    });
    expect(document?.resource).toMatchObject({ type: 'collection', timestamp: '2026-01-01T00:00:00Z' });
  });

  it('that is one resource becomes a collection of one', async () => {
    put('1.json', observation('o'));
    const [only] = chunks(await read());
    expect(only?.resource['type']).toBe('collection');
    expect(ids([only!])).toEqual(['o']);
  });

  it('that is broken is one fault for that file, and the others are read', async () => {
    put('1.json', '{"resourceType": "Patient",\n "name": 张三}');
    put('2.json', '[1]');
    put('3.json', '{"name": "没有类型"}');
    put('4.json.gz', 'not gzip at all');
    put('5.json.gz', gzipSync(bundle('transaction')).subarray(0, 60));
    put('6.json', '');
    put('7.json', bundle('transaction'));
    const items = await read();
    expect(faults(items)).toEqual([
      'invalid-json',
      'invalid-resource',
      'invalid-resource',
      'unsupported-encoding',
      'unsupported-encoding',
      'invalid-json',
    ]);
    expect(chunks(items)).toHaveLength(1);
    const [first] = items;
    const message = first?.kind === 'fault' ? first.fault.message : '';
    expect(message).not.toContain('张三');
  });
});

describe('NDJSON', () => {
  it('gives Bundles line by line and single resources in groups, blank lines and CRLF ignored', async () => {
    put(
      '1.ndjson',
      `\uFEFF${observation('a')}\r\n\r\n${observation('b')}\n${bundle('transaction')}\n${observation('c')}`,
    );
    const items = await read();
    expect(chunks(items).map(({ line, mark }) => [line, mark.first, mark.last])).toEqual([[1, 1, 3], [4, 4, 4], [5, 5, 5]]); // prettier-ignore
    expect(ids(items)).toEqual(['a', 'b', 'p', 'c']);
  });

  it('keeps at most 200 resources in a group and begins a new one where the next person begins', async () => {
    const lines = Array.from({ length: 450 }, (_, i) =>
      observation(`o${i}`, `Patient/${Math.floor(i / 120)}`),
    );
    put('1.ndjson', lines.join('\n'));
    const items = chunks(await read());
    expect(items.map((one) => entries(one).length)).toEqual([120, 120, 120, 90]);
    put('1.ndjson', Array.from({ length: 450 }, (_, i) => observation(`o${i}`)).join('\n'));
    expect(chunks(await read()).map((one) => entries(one).length)).toEqual([200, 200, 50]);
  });

  it('names the line of each fault and reads on', async () => {
    put('1.ndjson', [observation('a'), '{"broken"', observation('b'), '"text"', observation('c')].join('\n'));
    const items = await read();
    expect(faults(items)).toEqual(['invalid-json@2', 'invalid-resource@4']);
    expect(ids(items)).toEqual(['a', 'b', 'c']);
    // No chunk covers a bad line: the journal must never count it as done.
    for (const { mark } of chunks(items))
      expect([2, 4].some((bad) => mark.first <= bad && bad <= mark.last)).toBe(false);
  });

  it('stops at once with one fault in a file of another encoding', async () => {
    const gb18030 = Buffer.concat([Buffer.from('{"resourceType":"Patient","name":"'), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]), Buffer.from('"}\n')]); // prettier-ignore
    put('1.ndjson', Buffer.concat([gb18030, gb18030, gb18030]));
    put('2.ndjson', observation('a'));
    const items = await read();
    expect(faults(items)).toEqual(['unsupported-encoding@1']);
    expect(JSON.stringify(items[0])).toContain('GB18030');
    expect(ids(items)).toEqual(['a']);
  });

  it('says so when a packed file breaks off, and keeps what came before', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => observation(`o${i}-${Math.sin(i)}`)).join('\n');
    const packed = gzipSync(lines);
    put('1.ndjson.gz', packed.subarray(0, packed.length - 2000));
    const items = await read();
    expect(faults(items)).toEqual(['unsupported-encoding']);
    expect(ids(items).length).toBeGreaterThan(1000);
  });

  it.each(['1.ndjson', '1.ndjson.gz'])('accounts for every byte of %s', async (name) => {
    const text = `${[...Array(700).keys()].map((i) => observation(`o${i}`)).join('\n')}\n\n{bad\n${bundle('batch')}\n\n`;
    put(name, name.endsWith('.gz') ? gzipSync(text) : text);
    const { totalBytes } = await listIngestFiles([folder]);
    expect((await read()).reduce((sum, { bytes }) => sum + bytes, 0)).toBe(totalBytes);
  });

  it('hands out the resources of a refused group one by one, with their lines', async () => {
    put('1.ndjson', [observation('a'), observation('b')].join('\n'));
    const [group] = chunks(await read());
    const single = [...splitGroup(group!)];
    expect(single.map(({ line, mark }) => [line, mark.first, mark.last])).toEqual([[1, 1, 1], [2, 2, 2]]); // prettier-ignore
    expect(ids(single)).toEqual(['a', 'b']);
  });
});

describe('an interrupted reading', () => {
  it('goes on where it was acknowledged, and begins again when the file has changed', async () => {
    const lines = Array.from({ length: 900 }, (_, i) => observation(`o${i}`));
    const path = put('1.ndjson', lines.join('\n'));
    put('2.json', bundle('transaction'));
    const journalPath = join(folder, 'journal');
    const first = IngestJournal.open(journalPath);
    const before = chunks(await read());
    const acknowledged = [before[0]!, before[2]!, before.at(-1)!];
    for (const { mark } of acknowledged) first.acknowledge(mark);

    const second = IngestJournal.open(journalPath);
    const isDone = (key: string, line: number): boolean => second.isDone(key, line);
    const rest = await read(folder, { isDone });
    expect(new Set([...ids(rest), ...ids(acknowledged)])).toEqual(new Set(ids(before)));
    expect(ids(rest).filter((id) => ids(acknowledged).includes(id))).toEqual([]);
    const { totalBytes } = await listIngestFiles([folder]);
    expect(rest.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(totalBytes);

    writeFileSync(path, [...lines, observation('new')].join('\n'));
    expect(ids(await read(path, { isDone }))).toHaveLength(901);
  });
});

describeWithData('files of others', () => {
  it('in UTF-8 with and without a byte order mark are the same, GB18030 is a clear fault', async () => {
    for (const name of [
      'synthetic-bundle.json',
      'synthetic-bundle.utf8-bom.json',
      'synthetic-bundle.gb18030.json',
    ]) {
      put(name, testBytes(`chinese/${name}`));
    }
    const items = await read();
    const [plain, marked] = chunks(items);
    expect(JSON.stringify(plain?.resource)).toContain('王小明');
    expect(marked?.resource).toEqual(plain?.resource);
    expect(faults(items)).toEqual(['unsupported-encoding']);
    expect(JSON.stringify(items.find(({ kind }) => kind === 'fault'))).toContain('iconv -f GB18030');
  });

  it('of Synthea are read whole', async () => {
    const names = listTestData('synthea-r4-2019').slice(0, 4);
    for (const name of names) put(name.replace(/\.gz$/, ''), testBytes(name));
    const items = await read();
    expect(chunks(items)).toHaveLength(names.length);
  });
});
