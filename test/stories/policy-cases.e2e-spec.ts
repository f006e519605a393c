import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstcall, lastLine } from '../support/command-line.js';
import { type OwnRules, rulesWith } from '../support/own-rules.js';

const CASES = 'notification/cases/calls.yaml';

let rules: OwnRules;
beforeEach(() => {
  rules = rulesWith({});
  process.env.RULES_DIR = rules.folder;
});
afterEach(() => {
  delete process.env.RULES_DIR;
  delete process.env.RULES_OVERLAY_DIR;
  rules.remove();
});

const text = (file: string): string => readFileSync(join(rules.folder, file), 'utf8');
const shipped = (): string => text('notification/policy.yaml');

function write(folder: string, file: string, content: string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), content);
}

/** What `rules test` says of cases of the policy: of each its name, the answer, and what came instead. */
async function told(): Promise<string[]> {
  const { err } = await firstcall('rules', 'test');
  return err
    .split('\n')
    .filter((line) => line.includes('notification/cases/'))
    .map((line) => line.replace(/^(\S+?):\d+:\d+: 病例 case “.*?”: /, ''));
}

it('the shipped policy does what its cases say', async () => {
  expect(await told()).toEqual([]);
  const { cases } = lastLine<{ cases: { passed: number; failed: number } }>(
    await firstcall('rules', 'test', '--json'),
  );
  expect(cases.failed).toBe(0);
  const withCases = cases.passed;
  const written = text(CASES).match(/- name:/g)!.length;
  rmSync(join(rules.folder, CASES));
  const without = lastLine<{ cases: { passed: number } }>(await firstcall('rules', 'test', '--json'));
  expect(withCases - without.cases.passed).toBe(written);
});

it.each<[what: string, from: string, to: string, says: string]>([
  [
    'a limit to tell',
    'B: { days: 7 }',
    'B: { days: 6 }',
    'tell-by 应为 expected 2026-03-09 10:00，得出 found 2026-03-08 10:00',
  ],
  [
    'the time to claim',
    'claim_within_minutes: { A: 15',
    'claim_within_minutes: { A: 20',
    'claim-by 应为 expected 2026-03-02 10:15，得出 found 2026-03-02 10:20',
  ],
  [
    'the end of the working day',
    'to: "17:30"',
    'to: "16:30"',
    'tell-by 应为 expected 2026-03-02 17:30，得出 found 2026-03-02 16:30',
  ],
  [
    'quiet hours',
    'important: { from: "22:00"',
    'important: { from: "21:00"',
    'call-from 应为 expected 2026-03-02 21:59，得出 found 2026-03-03 07:00',
  ],
  [
    'how soon it is rung again',
    'A: { at_least: 3, every_minutes: 15 }',
    'A: { at_least: 3, every_minutes: 5 }',
    'call-from 应为 expected 2026-03-02 10:21，得出 found 2026-03-02 10:11',
  ],
  [
    'a step of the ladder',
    '    - { role: manager, after_minutes: 90 }\n',
    '',
    'asked 应为 expected duty-doctor 2026-03-02 10:45, head-nurse 2026-03-02 10:15, manager 2026-03-02 11:30, nurse 2026-03-02 10:00，' +
      '得出 found duty-doctor 2026-03-02 10:45, head-nurse 2026-03-02 10:15, nurse 2026-03-02 10:00',
  ],
  [
    'a route',
    'inpatient: [{ to: attending-doctor, by: message }, ',
    'inpatient: [',
    'first 应为 expected attending-doctor, duty-doctor，得出 found duty-doctor',
  ],
  [
    'when it is asked back',
    'follow_up_days: { A: [1, 7]',
    'follow_up_days: { A: [2, 7]',
    'follow-up 应为 expected 2026-03-03 10:20，得出 found 2026-03-04 10:20',
  ],
  [
    'a holiday',
    'holidays: [] ',
    'holidays: ["2026-03-02"] ',
    'tell-by 应为 expected 2026-03-02 17:30，得出 found 2026-03-03 17:30',
  ],
])('%s that was mistyped disappoints a case, which tells both', async (_what, from, to, says) => {
  expect(shipped()).toContain(from);
  write(rules.folder, 'notification/policy.yaml', shipped().replace(from, to));
  expect(await told()).toContain(says);
  expect((await firstcall('rules', 'test')).code).toBe(1);
});

it('a policy that is refused is told, not passed over', async () => {
  // The manager would be asked after the limit.
  write(rules.folder, 'notification/policy.yaml', shipped().replace('A: { hours: 2 }', 'A: { hours: 1 }'));
  const { code, err } = await firstcall('rules', 'test');
  expect(code).toBe(1);
  expect(err).toMatch(/^notification\/policy\.yaml:\d+:\d+: /m);
});

it('cases of the shipped policy are about it, those of a centre about its own; neither makes another version', async () => {
  const version = async (): Promise<unknown> =>
    lastLine<{ version: string }>(await firstcall('rules', 'check', '--json')).version;
  const overlay = mkdtempSync(join(tmpdir(), 'firstcall-overlay-'));
  process.env.RULES_OVERLAY_DIR = overlay;
  try {
    write(overlay, 'notification/policy.yaml', shipped().replace('B: { days: 7 }', 'B: { days: 6 }'));
    expect(await told()).toEqual([]);
    const before = await version();
    const own = (tellBy: string): void =>
      write(
        overlay,
        CASES,
        `kind: policy-case\nowner: o\nreview-by: 2027-11-26\ncases:\n  - { name: own, class: B, found: 2026-03-02 10:00, expect: { tell-by: ${tellBy} } }\n`,
      );
    own('2026-03-08 10:00');
    expect(await told()).toEqual([]);
    own('2026-03-09 10:00');
    expect(await told()).toEqual(['tell-by 应为 expected 2026-03-09 10:00，得出 found 2026-03-08 10:00']);
    expect(await version()).toBe(before);
  } finally {
    rmSync(overlay, { recursive: true });
  }
});
