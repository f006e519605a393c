import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packTable } from './support/packs-table.js';

const FOLDER = join(import.meta.dirname, '../docs/rules');

/** Written anew by `UPDATE_DOCS=1 npm test -- test/packs-document`. */
it.each([
  ['consensus-ab', 'packs.md'],
  ['lab-critical', 'packs.md'],
  ['stratification', 'levels.md'],
])('every rule of %s stands in %s as its file has it', (pack, page) => {
  const document = join(FOLDER, page);
  const text = readFileSync(document, 'utf8');
  const [from, to] = [`<!-- ${pack} -->\n`, `<!-- /${pack} -->`];
  const [begin, end] = [text.indexOf(from) + from.length, text.indexOf(to)];
  expect(end).toBeGreaterThanOrEqual(begin);
  const table = `\n${packTable(pack)}\n\n`;
  if (process.env.UPDATE_DOCS) writeFileSync(document, text.slice(0, begin) + table + text.slice(end));
  const written = readFileSync(document, 'utf8');
  expect(written.slice(begin, written.indexOf(to))).toBe(table);
});
