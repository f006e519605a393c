import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packTable } from './support/packs-table.js';

const DOCUMENT = join(import.meta.dirname, '../docs/rules/packs.md');

/** Written anew by `UPDATE_DOCS=1 npm test -- test/packs-document`. */
it.each(['consensus-ab', 'lab-critical'])(
  'docs/rules/packs.md shows every rule of %s as its file has it',
  (pack) => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const [from, to] = [`<!-- ${pack} -->\n`, `<!-- /${pack} -->`];
    const [begin, end] = [text.indexOf(from) + from.length, text.indexOf(to)];
    expect(end).toBeGreaterThanOrEqual(begin);
    const table = `\n${packTable(pack)}\n\n`;
    if (process.env.UPDATE_DOCS) writeFileSync(DOCUMENT, text.slice(0, begin) + table + text.slice(end));
    const written = readFileSync(DOCUMENT, 'utf8');
    expect(written.slice(begin, written.indexOf(to))).toBe(table);
  },
);
