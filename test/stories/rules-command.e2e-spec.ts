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

it('rules test runs examples and cases, and tells what they show', async () => {
  const ran = await firstcall('rules', 'test', '--coverage');
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toMatch(/例子 examples: \d{3} 通过 passed, 0 /);
  expect(ran.out).toMatch(/病例 cases: 1\d 通过 passed, 0 /);
  expect(ran.out).toMatch(/rules: fires 22, silent 22, unknown 22, review \d+; .* (\d+)\/\1\n/);
});

it('rules test names the case that a changed rule disappoints, what it expected and what was found', async () => {
  const file = 'important-results/cases/checkups.yaml';
  edit(file, '      - { rule: hb-low }\n', '');
  edit(file, 'rule: wbc-low, class: B', 'rule: wbc-low, class: A');
  const ran = await firstcall('rules', 'test');
  expect(ran.code).toBe(1);
  const lines = ran.err.trim().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(
    /^important-results\/cases\/checkups\.yaml:\d+:9: 病例 case .*expected important-results\/wbc-low fires A/,
  );
  expect(lines[1]).toMatch(
    /^important-results\/cases\/checkups\.yaml:\d+:5: .*unexpected important-results\/wbc-low fires B 2026-03-02 08:10: /,
  );
  expect(lines[2]).toMatch(/unexpected important-results\/hb-low fires B .*血红蛋白 89 g\/L/);
  const tested = lastLine<{ cases: object; failures: object[]; coverage: object[] }>(
    await firstcall('rules', 'test', '--json'),
  );
  expect(tested.cases).toMatchObject({ failed: 1 });
  expect(tested.coverage).toHaveLength(22);
});

it('rules test refuses a case that is mistyped; the rules themselves stay sound', async () => {
  edit('important-results/cases/checkups.yaml', 'rule: hb-low', 'rule: hb-lo');
  expect(await firstcall('rules', 'test')).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /^important-results\/cases\/checkups\.yaml:\d+:\d+: .*did you mean "hb-low"/,
    ) as string,
  });
  expect((await firstcall('rules', 'check')).code).toBe(0);
});
