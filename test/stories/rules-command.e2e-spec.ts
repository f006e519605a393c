import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstcall, lastLine } from '../support/command-line.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'firstcall-rules-'));
  cpSync(join(import.meta.dirname, '../../rules'), dir, { recursive: true });
  process.env.RULES_DIR = dir;
});
afterEach(() => {
  delete process.env.RULES_DIR;
  rmSync(dir, { recursive: true });
});

/** Replaces one text in one of the rule files. */
function edit(file: string, from: string, to: string): void {
  const path = join(dir, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

it('rules check names what no example would notice, and the example that would', async () => {
  edit('important-results/chemistry.yaml', '      - { facts: { ck: 2000 }, expect: silent }\n', '');
  const ran = await firstcall('rules', 'check');
  expect(ran.code).toBe(1);
  const told = ran.err.trim().split('\n');
  expect(told).toHaveLength(2);
  for (const line of told) {
    expect(line).toMatch(
      /^important-results\/chemistry\.yaml:\d+:\d+: .*important-results\/ck-high 肌酸激酶升高/,
    );
    expect(line).toContain('add e.g. { facts: { ck: 2000 }, expect: silent }');
  }
  expect(told[0]).toContain('界值 2000 → 1999 (limit 2000 → 1999)');
  expect(told[1]).toContain('operator greaterThan → greaterThanInclusive');
  expect(ran.out).toMatch(/noticed by examples: \d+ \(99\.\d %\), 2 /);
  const { strength } = lastLine<{ strength: { survivors: object[]; mutants: number; noticed: number } }>(
    await firstcall('rules', 'check', '--json'),
  );
  expect(strength.survivors).toHaveLength(2);
  expect(strength.mutants - strength.noticed).toBe(2);
});

it.each([
  ['unit: g/L }', 'unit: kg }'],
  ['fact: hb, operator: lessThan, value: 90', 'fact: hb, operator: lessThan, value: 900'],
  ['fact: hb, operator: lessThan, value: 90', "fact: hb, operator: 'lessThan, value: 90"],
])('rules check names file and rule of what it refuses: %s → %s', async (from, to) => {
  edit('important-results/blood-count.yaml', from, to);
  const ran = await firstcall('rules', 'check');
  expect(ran.code).toBe(1);
  expect(ran.err).toMatch(/^important-results\/blood-count\.yaml:\d+:\d+: .*important-results\/hb-low/m);
});
