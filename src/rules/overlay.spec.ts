import { readFileSync } from 'node:fs';
import { type Outcome } from './domain/rule.js';
import { judge } from './domain/judge.js';
import { readRules, type ReadRules } from './domain/files/read-rules.js';
import { buildRuleSet } from './domain/rule-set.js';
import { loadVocabulary } from '../terminology/index.js';
import { NOTHING_EARLIER, UNKNOWN_PERSON } from '../kernel/index.js';
import { OVERLAY_MESSAGES } from './domain/messages/overlay-messages.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

const vocabulary = loadVocabulary('vocabulary');
const catalogue = catalogueOf(vocabulary);

const rule = (id: string, title: string, limit: string, more = ''): string => `
  - id: ${id}
    title: { zh: ${title}, en: ${id} }
    conditions:
      all:
        - { fact: wbc, operator: lessThanInclusive, value: ${limit}, unit: 10*9/L }
    event: { type: notify, params: { class: B, advice: { zh: 复查血常规, en: Repeat. } } }${more}
    examples:
      - { facts: { wbc: ${limit} }, expect: fires }
      - { facts: { wbc: 9.9 }, expect: silent }`;
const HEAD = `kind: critical
title: { zh: 血常规, en: Blood count }
source: 指南 a guideline
owner: 检验科
review-by: 2030-01-01
`;
const SHIPPED = [
  { path: 'pack/blood.yaml', text: `${HEAD}rules:${rule('wbc-low', '白细胞减少', '3.0')}${rule('wbc-very-low', '白细胞极低', '1.0')}\n` },
];
const CHANGES = `kind: overlay
title: { zh: 本院调整, en: Changes of this centre }
source: 本院检验科规定 2026-3
owner: 检验科 王医生
review-by: 2027-06-30
changes:
`;
const changed = (text: string) => ({ path: 'overlay/changes.yaml', text: CHANGES + text });
const LIMIT_3_5 = `  - rule: pack/wbc-low
    reason: 本院仪器偏低
    change:
      limits: [{ fact: wbc, value: 3.5, unit: 10*9/L }]
      examples:
        - { facts: { wbc: 3.5 }, expect: fires }
        - { facts: { wbc: 3.6 }, expect: silent }
`;

const seen = new Set<string>();
type File = { path: string; text: string };
const read = (...overlay: File[]): Promise<ReadRules> => readRules([...SHIPPED, ...overlay], catalogue);

async function soundly(...overlay: File[]): Promise<ReadRules> {
  const found = await read(...overlay);
  expect(found.faults).toEqual([]);
  return found;
}

/** Place and kind of each fault, and the name that is nearest. */
async function faultsOf(...overlay: File[]): Promise<string[]> {
  return inShort((await read(...overlay)).faults);
}

function inShort(faults: ReadRules['faults']): string[] {
  for (const { kind } of faults) seen.add(kind);
  return faults.map(({ path, kind, nearest }) => `${path} ${kind}${nearest ? ` ${nearest}` : ''}`);
}

/** Rules that fire on these white cells. */
async function fires({ rules }: ReadRules, wbc: string): Promise<string[]> {
  const value = catalogue.read('wbc', wbc);
  const outcomes: readonly Outcome[] = await judge(buildRuleSet('v', rules), {
    person: { ...UNKNOWN_PERSON, ageYears: 40 },
    anchor: {
      measurement: { component: 0, analyte: 'wbc', value, asSent: wbc, ownLimit: null, doubts: [] },
      source: { observationId: 'o', component: 0, at: '2026-03-01T00:00:00.000Z', status: 'final' },
    },
    others: new Map(),
    earlier: NOTHING_EARLIER,
    zone: 'Asia/Shanghai',
  });
  return outcomes.map((outcome) => outcome.rule.id).sort();
}

describe('a centre changes a limit of a shipped rule', () => {
  it('and its own is in force; the other rules are as shipped', async () => {
    const found = await soundly(changed(LIMIT_3_5));
    expect(await fires(found, '3.5')).toEqual(['pack/wbc-low']);
    expect(await fires(found, '1.0')).toEqual(['pack/wbc-low', 'pack/wbc-very-low']);
    expect(await fires(found, '3.6')).toEqual([]);
    expect(found.rules).toHaveLength(2);
  });

  it('and the rule says so: its place, its source, its difference', async () => {
    const { rules, overlay } = await soundly(changed(LIMIT_3_5));
    const own = rules.find(({ id }) => id === 'pack/wbc-low')!;
    expect(own).toMatchObject({ file: 'overlay/changes.yaml', line: 7, title: { zh: '白细胞减少' } });
    expect(own.source).toBe('指南 a guideline；本院调整 changed by this centre: 本院仪器偏低');
    expect(overlay).toEqual([
      {
        about: 'pack/wbc-low',
        what: 'changed',
        file: 'overlay/changes.yaml',
        line: 7,
        reason: '本院仪器偏低',
        owner: '检验科 王医生',
        reviewBy: '2027-06-30',
        fields: [{ field: 'conditions.all.0.value (wbc)', shipped: '3.0', centre: '3.5' }],
      },
    ]);
  });

  it('class and advice too, on the examples of the shipped rule', async () => {
    const { overlay, rules } = await soundly(
      changed(`  - rule: pack/wbc-very-low
    reason: 本院规定
    owner: 医务科
    review-by: 2026-12-31
    change: { class: A, advice: { zh: 立即联系血液科 } }
`),
    );
    expect(rules.find(({ id }) => id === 'pack/wbc-very-low')?.event).toMatchObject({ class: 'A', advice: { zh: '立即联系血液科' } });
    expect(overlay[0]).toMatchObject({ owner: '医务科', reviewBy: '2026-12-31' });
    expect(overlay[0]?.fields).toEqual([
      { field: 'event.params.advice.en', shipped: 'Repeat.', centre: null },
      { field: 'event.params.advice.zh', shipped: '复查血常规', centre: '立即联系血液科' },
      { field: 'event.params.class', shipped: 'B', centre: 'A' },
    ]);
  });

  it('switches a rule off, with a reason', async () => {
    const found = await soundly(changed('  - { rule: pack/wbc-very-low, reason: 由检验科电话通知, off: true }\n'));
    expect(found.rules.map(({ id }) => id)).toEqual(['pack/wbc-low']);
    expect(found.overlay).toMatchObject([{ about: 'pack/wbc-very-low', what: 'off', reason: '由检验科电话通知' }]);
  });
});

describe('a centre writes whole rules', () => {
  const file = (mode: string, rules: string): File => ({ path: 'overlay/pack/own.yaml', text: `${HEAD}${mode}rules:${rules}\n` });

  it('that replace shipped ones', async () => {
    const found = await soundly(file('overlay: replaces\n', rule('wbc-low', '白细胞减少', '3.3', '\n    population: any')));
    expect(await fires(found, '3.3')).toEqual(['pack/wbc-low']);
    expect(found.rules).toHaveLength(2);
    expect(found.overlay[0]).toMatchObject({
      about: 'pack/wbc-low',
      what: 'replaced',
      fields: [
        { field: 'conditions.all.0.value (wbc)', shipped: '3.0', centre: '3.3' },
        { field: 'population', shipped: null, centre: 'any' },
      ],
    });
  });

  it('that are new in a shipped pack', async () => {
    const found = await soundly(file('overlay: adds\n', rule('wbc-lowish', '白细胞偏低', '4.0')));
    expect(found.rules).toHaveLength(3);
    expect(found.overlay).toMatchObject([{ about: 'pack/wbc-lowish', what: 'added', fields: [] }]);
  });

  it.each<[string, File, string]>([
    [
      'replacing what is not shipped',
      file('overlay: replaces\n', rule('wbc-lo', '白细胞减少', '3.3')),
      'overlay/pack/own.yaml:8:9 nothing-to-replace pack/wbc-low',
    ],
    [
      'adding what is shipped',
      file('overlay: adds\n', rule('wbc-low', '白细胞减少', '3.3')),
      'overlay/pack/own.yaml:8:9 already-shipped',
    ],
    [
      'without saying which',
      file('', rule('wbc-low', '白细胞减少', '3.3')),
      'overlay/pack/own.yaml:1:1 no-overlay-mode',
    ],
    [
      'with a word that is none',
      file('overlay: replace\n', rule('wbc-low', '白细胞减少', '3.3')),
      'overlay/pack/own.yaml:6:10 unknown-word replaces',
    ],
  ])('is refused %s', async (_, own, said) => {
    expect((await faultsOf(own)).join('\n')).toContain(said);
  });
});

describe('an entry that does not fit is refused at its place', () => {
  const OFF = '  - { rule: pack/wbc-low, reason: 无, off: true }\n';
  const changing = (change: string): string => `  - { rule: pack/wbc-low, reason: 无, change: ${change} }\n`;
  it.each<[string, string, string]>([
    ['a rule that is not shipped', LIMIT_3_5.replace('wbc-low', 'wbc-lov'), '7:11 nothing-to-replace pack/wbc-low'],
    ['no reason', LIMIT_3_5.replace(/ {4}reason.*\n/, ''), '7:5 no-overlay-reason'],
    ['a fact that the rule does not look at', LIMIT_3_5.replace('fact: wbc,', 'fact: rbc,'), '10:16 no-such-limit'],
    ['a limit without its unit', LIMIT_3_5.replace(', unit: 10*9/L }]', ' }]'), '10:16 limit-without-unit'],
    ['a unit that does not fit', LIMIT_3_5.replace('unit: 10*9/L', 'unit: mmol/L'), '10:47 '],
    ['a limit without examples', LIMIT_3_5.slice(0, LIMIT_3_5.indexOf('      examples:')), 'limits-need-examples'],
    ['an example that fails', LIMIT_3_5.replace('wbc: 3.6', 'wbc: 3.4'), '13:11 example-'],
    [
      'a limit given twice',
      LIMIT_3_5.replace('limits: [', 'limits: [{ fact: wbc, value: 3.4, unit: 10*9/L }, '),
      'doubled-limit',
    ],
    ['an unknown part', LIMIT_3_5.replace('limits:', 'limit:'), '10:7 unknown-key limits'],
    ['neither change nor off', '  - { rule: pack/wbc-low, reason: 无 }\n', '7:5 change-or-off'],
    ['change and off', `${LIMIT_3_5}    off: true\n`, '7:5 change-or-off'],
    ['off: false', OFF.replace('true', 'false'), 'off-is-true'],
    ['the same rule twice', LIMIT_3_5 + OFF, '14:13 overlaid-twice'],
    ['a class that is none', changing('{ class: D }'), 'unknown-word'],
    ['an empty change', changing('{}'), 'empty-change'],
    ['a date that is none', LIMIT_3_5.replace('reason', 'review-by: 2027-02-30\n    reason'), '8:16 bad-date'],
  ])('%s', async (_, text, said) => {
    expect((await faultsOf(changed(text))).join('\n')).toContain(said);
  });

  it('without an owner at its head', async () => {
    const { path, text } = changed(LIMIT_3_5);
    expect(await faultsOf({ path, text: text.replace(/owner.*\n/, '') })).toEqual(['overlay/changes.yaml:1:1 no-owner']);
  });

  it('without changes', async () => {
    const { path, text } = changed('');
    expect(await faultsOf({ path, text: text.replace('changes:\n', '') })).toEqual([
      'overlay/changes.yaml:1:1 no-changes',
    ]);
  });

  it('in the folder of the shipped rules', async () => {
    const { text } = changed(LIMIT_3_5);
    expect(await faultsOf({ path: 'pack/changes.yaml', text })).toEqual(['pack/changes.yaml:1:1 misplaced-overlay']);
  });

  it('and a policy that nobody would read', async () => {
    const text = readFileSync('rules/notification/policy.yaml', 'utf8');
    expect(await faultsOf({ path: 'overlay/policy.yaml', text })).toEqual([
      expect.stringContaining('overlay/policy.yaml:') as string,
    ]);
    expect(seen).toContain('misplaced-policy');
  });

  it('with the rule that it is about', async () => {
    const { faults } = await read(changed(LIMIT_3_5.replace('wbc: 3.6', 'wbc: 3.4')));
    expect(faults[0]?.rule).toBe('pack/wbc-low');
  });

  it('and what the shipped examples do not show any more is told where the overlay names the rule', async () => {
    const faults = await faultsOf(changed(changing('{ examples: [{ facts: {}, expect: unknown }] }')));
    expect(faults).toEqual([expect.stringMatching(/^overlay\/changes\.yaml:7:5 /)]);
  });
});

it('a condition that looks back over time is not changed by its limit alone', async () => {
  const text = SHIPPED[0]!.text.replace(
    'unit: 10*9/L }',
    'unit: 10*9/L, params: { over: confirmed, within: 30 d } }',
  );
  const { faults } = await readRules([{ path: 'pack/blood.yaml', text }, changed(LIMIT_3_5)], catalogue);
  expect(inShort(faults)).toContain('overlay/changes.yaml:10:16 limit-over-time');
});

it('one of several conditions on a fact is chosen by its operator', async () => {
  const two = SHIPPED[0]!.text
    .replace('value: 3.0, unit: 10*9/L }', 'value: 3.0, unit: 10*9/L }\n        - { fact: wbc, operator: greaterThan, value: 1.0, unit: 10*9/L }')
    .replace('expect: fires }', 'expect: fires }\n      - { facts: { wbc: 1.0 }, expect: silent }');
  const files = (limit: string): File[] => [
    { path: 'pack/blood.yaml', text: two },
    changed(`  - rule: pack/wbc-low
    reason: 无
    change:
      limits: [{ ${limit} }]
      examples: [{ facts: { wbc: 3.0 }, expect: fires }, { facts: { wbc: 3.1 }, expect: silent }, { facts: { wbc: 0.5 }, expect: silent }]
`),
  ];
  const vague = await readRules(files('fact: wbc, value: 0.5, unit: 10*9/L'), catalogue);
  expect(inShort(vague.faults)).toContain('overlay/changes.yaml:10:16 ambiguous-limit');
  const exact = await readRules(files('fact: wbc, operator: greaterThan, value: 0.5, unit: 10*9/L'), catalogue);
  expect(exact.faults).toEqual([]);
  expect(await fires(exact, '0.6')).toContain('pack/wbc-low');
});

it('an overlay is part of the version’s content', async () => {
  const [plain, one, other] = [await read(), await read(changed(LIMIT_3_5)), await read(changed(LIMIT_3_5.replace('偏低', '偏高')))];
  expect(new Set([plain.content, one.content, other.content]).size).toBe(3);
});

it('every message about an overlay has a file here that it refuses', () => {
  expect(Object.keys(OVERLAY_MESSAGES).filter((kind) => !seen.has(kind))).toEqual([]);
});
