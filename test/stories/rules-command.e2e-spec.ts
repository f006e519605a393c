import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstcall, lastLine } from '../support/command-line.js';
import { type OwnRules, rulesWith } from '../support/own-rules.js';

let rules: OwnRules;
let dir: string;
beforeEach(() => {
  rules = rulesWith({});
  dir = rules.folder;
  process.env.RULES_DIR = dir;
});
afterEach(() => {
  delete process.env.RULES_DIR;
  rules.remove();
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
  expect(ran.out).toMatch(/例子 examples: \d{3,} 通过 passed, 0 /);
  expect(ran.out).toMatch(/病例 cases: \d\d 通过 passed, 0 /);
  expect(ran.out).toMatch(/rules: fires 22, silent 22, unknown 22, review \d+; .* (\d+)\/\1\n/);
});

it('rules test names the case that a changed rule disappoints, what it expected and what was found', async () => {
  const file = 'important-results/cases/checkups.yaml';
  edit(file, '      - { rule: hb-low }\n', '');
  edit(file, 'rule: wbc-low, class: B', 'rule: wbc-low, class: A');
  const ran = await firstcall('rules', 'test');
  expect(ran.code).toBe(1);
  const lines = ran.err.trim().split('\n');
  const at = lines.flatMap((line, index) => (line.startsWith(' ') ? [] : index));
  const [missing, otherClass, unexpected] = at.map((from, n) => lines.slice(from, at[n + 1]));
  expect(at).toHaveLength(3);
  expect(missing).toEqual([
    expect.stringMatching(
      /^important-results\/cases\/checkups\.yaml:\d+:9: 病例 case .*expected important-results\/wbc-low fires A/,
    ),
    '    2026-03-02 08:10 fires B:',
    '      wbc lessThanInclusive 3.0 10*9/L: fires ← 3.0 (2026-03-02T00:10:00.000Z)',
  ]);
  expect(otherClass?.[0]).toMatch(
    /^important-results\/cases\/checkups\.yaml:\d+:5: .*unexpected important-results\/wbc-low fires B 2026-03-02 08:10: /,
  );
  expect(unexpected?.[0]).toMatch(/unexpected important-results\/hb-low fires B .*血红蛋白 89 g\/L/);
  expect(unexpected?.[1]).toBe('    hb lessThan 90 g/L: fires ← 89 (2026-03-02T00:10:00.000Z)');
  const tested = lastLine<{ cases: object; failures: object[]; coverage: object[] }>(
    await firstcall('rules', 'test', '--json'),
  );
  expect(tested.cases).toMatchObject({ failed: 1 });
  expect(tested.coverage).toHaveLength(22);
});

it('rules test says where no result was there that the expected rule looks at', async () => {
  edit(
    'important-results/cases/over-time.yaml',
    '      - { rule: glucose-fasting, at: 2025-03-17 }',
    '      - { rule: glucose-fasting, at: 2025-03-18 }',
  );
  const ran = await firstcall('rules', 'test');
  expect(ran.code).toBe(1);
  expect(ran.err).toMatch(
    /expected important-results\/glucose-fasting fires 2025-03-18.*\n.*no result of that time/,
  );
});

it('cases of the packs are about the shipped rules, those of a centre about what it made of them', async () => {
  const overlay = mkdtempSync(join(tmpdir(), 'firstcall-overlay-'));
  mkdirSync(join(overlay, 'important-results/cases'), { recursive: true });
  const head = 'source: s\nowner: o\nreview-by: 2027-11-26\n';
  // A limit made for this test, no clinical one.
  writeFileSync(
    join(overlay, 'changes.yaml'),
    `kind: overlay\ntitle: { zh: 改, en: c }\n${head}changes:
  - { rule: important-results/wbc-low, reason: r, change: {
      limits: [{ fact: wbc, value: 3.5, unit: 10*9/L }],
      examples: [{ facts: { wbc: 3.5 }, expect: fires }, { facts: { wbc: 3.6 }, expect: silent }] } }\n`,
  );
  const cases = (value: string): void =>
    writeFileSync(
      join(overlay, 'important-results/cases/own.yaml'),
      `kind: case\nowner: o\nreview-by: 2027-11-26\ncases:
  - { name: own, results: [{ at: 2026-03-02, wbc: ${value} }], expect: [{ rule: wbc-low }] }\n`,
    );
  process.env.RULES_OVERLAY_DIR = overlay;
  try {
    cases('3.4');
    expect(await firstcall('rules', 'test')).toMatchObject({ code: 0, err: '' });
    cases('3.6');
    const ran = await firstcall('rules', 'test');
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(
      /^overlay\/important-results\/cases\/own\.yaml:5:\d+: 病例 case “own”: 应有 expected/,
    );
    expect(ran.err).toContain('wbc lessThanInclusive 3.5 10*9/L: silent ← 3.6');
  } finally {
    delete process.env.RULES_OVERLAY_DIR;
    rmSync(overlay, { recursive: true });
  }
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
