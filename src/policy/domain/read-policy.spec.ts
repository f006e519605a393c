import { readFileSync } from 'node:fs';
import { AppError, type FileFault } from '../../kernel/index.js';
import { CALLING_DEFAULTS } from './calling.js';
import { type NotificationPolicy } from './policy.js';
import { POLICY_MESSAGES, type PolicyFaultKind } from './policy-messages.js';
import { POLICY_PATH, policyWarnings, readPolicy } from './read-policy.js';

const TEXT = readFileSync(`rules/${POLICY_PATH}`, 'utf8');
const read = (text: string): NotificationPolicy => readPolicy({ path: POLICY_PATH, text });

function faultsOf(text: string): FileFault[] {
  try {
    read(text);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe('rules-refused');
    return error.faults as FileFault[];
  }
}

describe('the notification policy', () => {
  it('is what its file says', () => {
    expect(read(TEXT)).toMatchObject({
      tell_within: { A: { hours: 2 } },
      freshness: { days: 30, days_class_A: 90 },
    });
    expect(read(TEXT.replace('guardian_below: 18', 'guardian_below: 14')).minors.guardian_below).toBe(14);
  });

  it('needs no list of holidays', () => {
    const text = TEXT.replace(/^holidays:.*$/m, '').replace(/^extra_workdays:.*$/m, '');
    expect(read(text)).toMatchObject({ holidays: [], extra_workdays: [] });
  });

  it('says of calls what holds where nothing is said, number by number', () => {
    const bare = withoutCalling(TEXT);
    const { pending, ...shipped } = read(TEXT);
    expect(read(bare)).toEqual(shipped);
    expect(read(bare)).toMatchObject(CALLING_DEFAULTS);
    for (const section of pending!) expect(sectionOf(shipped, section)).toBeDefined();
  });

  it.each([
    ['no claim for a class', 'claim_within_minutes: { A: 15, ', 'claim_within_minutes: { '],
    ['quiet hours for class A', 'quiet_hours:\n', 'quiet_hours:\n  A: { from: "22:00", to: "07:00" }\n'],
    ['an attempt every half minute', 'every_minutes: 15', 'every_minutes: 0.5'],
    ['a role that nobody has', 'role: manager', 'role: director'],
    ['a ladder without steps', /ladder:\n {2}A:[^]*? {2}important:/, 'ladder:\n  A: []\n  important:'],
    ['a class A claimed when it is over', 'minutes: { A: 15', 'minutes: { A: 120'],
    ['a follow-up before the first', 'A: [1, 7]', 'A: [7, 1]'],
    ['a rota with a phone number', 'rota: {}', 'rota: { nurse: [{ user: li, phone: "138" }] }'],
    ['a silence without end', 'may_silence: []', 'may_silence: [{ rules: [a/x], reason: 透析 }]'],
  ])('refuses %s', (_, from, to) => {
    const text = TEXT.replace(from, to);
    expect(text).not.toBe(TEXT);
    expect(faultsOf(text).length).toBeGreaterThan(0);
  });

  it('read twice stays apart', () => {
    read(TEXT).holidays.push('2026-01-01');
    expect(read(TEXT).holidays).toEqual([]);
  });
});

/** A policy as centres wrote it before calls were part of it. */
const withoutCalling = (text: string): string => text.slice(0, text.indexOf('\npending:'));

function sectionOf(policy: object, path: string): unknown {
  if (path === 'attempts.at_least') return sectionOf(policy, 'attempts.A.at_least');
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], policy);
}

/** What stood there, what stands there now, where, and what is said of it. */
type Case = [from: string, to: string, at: string, kind: PolicyFaultKind, words: string];
const BROKEN: Record<string, Case> = {
  'a misspelt member': [
    'late_review:',
    'late_reviw:',
    'late_reviw',
    'policy-unknown-key',
    'mean "late_review"?',
  ],
  'a misspelt limit': ['A: { hours: 2 }', 'A: { hour: 2 }', '{ hour: 2 }', 'policy-unknown-key', '"hours"？'],
  'a missing limit': ['  A: { hours: 2 }\n', '', 'tell_within', 'policy-missing', 'tell_within 缺少 A。'],
  'a number in words': [
    'days: 30\n',
    'days: thirty\n',
    'days: thirty',
    'policy-wrong-kind',
    'expected number',
  ],
  'a limit of no hours': ['hours: 2 }', 'hours: 0 }', 'hours: 0', 'policy-out-of-range', '"0"；应当写 > 0'],
  'a weekday too many': ['[1, 2, 3, 4, 5, 6, 7]', '[1, 8]', '[1, 8]', 'policy-out-of-range', 'expected <= 7'],
  'two limits': ['{ hours: 2 }', '{ hours: 2, days: 1 }', 'A: { hours', 'policy-one-limit', '只写一个'],
  'an unknown urgency': [
    ': important\n',
    ': urgent\n',
    'urgent',
    'policy-unknown-word',
    'expected A, important, B',
  ],
  'a time that is none': ['to: "17:30"', 'to: "25:30"', '25:30', 'policy-bad-form', 'expected "08:00"'],
  'a holiday in words': [
    'holidays: []',
    'holidays:\n  - Monday',
    '- Monday',
    'policy-bad-form',
    '"2027-01-01"',
  ],
  'a day that ends before it began': [
    'to: "17:30"',
    'to: "07:30"',
    '07:30',
    'policy-short-day',
    '晚于上班时间 08:00',
  ],
  'a holiday that is no day': [
    'holidays: []',
    'holidays: ["2027-02-29"]',
    'holidays: [',
    'policy-no-day',
    '"2027-02-29"',
  ],
  'a member twice': [
    'late_review:',
    'minors:\nlate_review:',
    'minors:\n  g',
    'policy-doubled-key',
    '写了两遍',
  ],
  'class A after two hours': [
    '{ hours: 2 }',
    '{ hours: 2.5 }',
    'A: { hours: 2.5',
    'policy-too-long',
    'most { hours: 2 }',
  ],
  'class A in days': ['{ hours: 2 }', '{ days: 1 }', 'A: { days: 1', 'policy-too-long', 'A 类不能等这么久'],
  'class A within the working day': [
    '{ hours: 2 }',
    '{ same_working_day: true }',
    'A: { same',
    'policy-too-long',
    '最长',
  ],
  'class B after a week': [
    '{ days: 7 }',
    '{ days: 8 }',
    'B: { days: 8',
    'policy-too-long',
    'at most { days: 7 }',
  ],
  'a ladder that comes too late for class A': [
    'manager, after_minutes: 90',
    'manager, after_minutes: 120',
    'manager, after',
    'policy-after-the-limit',
    'within 120 minutes: ladder.A.3',
  ],
  'a ladder out of order': [
    'duty-doctor, after_minutes: 45',
    'duty-doctor, after_minutes: 15',
    'duty-doctor, after_minutes: 15',
    'policy-out-of-order',
    'duty-doctor 15',
  ],
  'findings that cover each other': [
    'inhibit: []',
    'inhibit: [{ finding: a/x, covers: [a/y] }, { finding: a/y, covers: [a/x] }]',
    'inhibit: [',
    'policy-covers-itself',
    'a/x',
  ],
  'a department twice': [
    '  - { id: endoscopy, name: { zh: 内镜室, en: Endoscopy } }',
    '  - { id: ultrasound, name: { zh: 内镜室, en: Endoscopy } }',
    'id: ultrasound, name: { zh: 内镜室',
    'policy-doubled-department',
    'ultrasound',
  ],
  'a family asked before the person': [
    'checkup: [{ to: person, by: phone }]',
    'checkup: [{ to: guardian, by: message }, { to: family, by: message }, { to: person, by: phone }]',
    'checkup: [',
    'policy-family-first',
    'routes.checkup',
  ],
  'broken YAML': ['packs:', 'packs: [', '', 'policy-not-yaml', '不合 YAML'],
};

describe('a broken policy is refused at its line', () => {
  it.each(Object.entries(BROKEN))('%s', (_, [from, to, at, kind, words]) => {
    const text = TEXT.replace(from, to);
    expect(text).not.toBe(TEXT);
    const line = text.slice(0, text.indexOf(at)).split('\n').length;
    const said = faultsOf(text).find((fault) => fault.kind === kind);
    expect(said?.message).toContain(words);
    expect(said?.path).toBe(`notification/policy.yaml:${said?.line}:${said?.column}`);
    if (at) expect(said?.line).toBe(line);
  });

  it('has a case for every message', () => {
    const seen = Object.values(BROKEN).map(([, , , kind]) => kind);
    expect(Object.keys(POLICY_MESSAGES).filter((kind) => !seen.includes(kind as PolicyFaultKind))).toEqual(
      [],
    );
  });

  it.each([
    ['A', '{ hours: 2 }', '{ hours: 0.5 }'],
    ['A', '{ hours: 2 }', '{ days: 0.05 }'],
    ['B', '{ days: 7 }', '{ hours: 168 }'],
    ['B', '{ days: 7 }', '{ days: 1 }'],
    ['B', '{ days: 7 }', '{ same_working_day: true }'],
    ['important', '{ same_working_day: true }', '{ hours: 4 }'],
    ['C', '{ days: 30 }', '{ days: 90 }'],
  ])('but not a limit that class %s may have: %s → %s', (urgency, from, to) => {
    const bare = withoutCalling(TEXT);
    const text = bare.replace(`${urgency}: ${from}`, `${urgency}: ${to}`);
    expect(text).not.toBe(bare);
    expect(faultsOf(text)).toEqual([]);
  });

  it('both limits that are too long, each at its line', () => {
    const faults = faultsOf(TEXT.replace('hours: 2', 'hours: 24').replace('days: 7', 'days: 14'));
    const line = TEXT.slice(0, TEXT.indexOf('  A: {')).split('\n').length;
    expect(faults.map(({ path }) => path)).toEqual([
      `notification/policy.yaml:${line}:3`,
      `notification/policy.yaml:${line + 2}:3`,
    ]);
  });

  it('all faults at once, and an empty file too', () => {
    expect(faultsOf(TEXT.replace('hours: 2', 'hours: 0').replace('days: 7', 'days: 0')).length).toBe(2);
    expect(faultsOf('')).toHaveLength(1);
  });
});

describe('warnings of the policy', () => {
  const warnings = (rota: string): string[] => {
    const text = TEXT.replace('rota: {}', `rota: ${rota}`);
    return policyWarnings({ path: POLICY_PATH, text }, readPolicy({ path: POLICY_PATH, text })).map(
      ({ kind, line }) => `${kind} ${line}`,
    );
  };
  const line = TEXT.slice(0, TEXT.indexOf('\nrota: {}') + 1).split('\n').length;

  it.each([
    ['nobody by name', '{}', [`policy-nobody-on-duty ${line}`]],
    ['one role alone', '{ duty-doctor: [{ user: li }] }', [`policy-rests-on-one ${line}`]],
    ['two roles', '{ duty-doctor: [{ user: li }], manager: [{ user: qian }] }', []],
  ])('%s on duty, at the line of the rota', (_, rota, expected) => {
    expect(warnings(rota)).toEqual(expected);
  });
});
