import { type Outcome } from './domain/rule.js';
import { judge } from './domain/judge.js';
import { readRules, type ReadRules } from './domain/files/read-rules.js';
import { buildRuleSet } from './domain/rule-set.js';
import { loadVocabulary } from '../terminology/index.js';
import { NOTHING_EARLIER, UNKNOWN_PERSON } from '../kernel/index.js';
import { gatherFiles, partFiles } from './rule-files.js';
import { catalogueOf } from './vocabulary-catalogue.js';

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

type File = { path: string; text: string };
const read = (...overlay: File[]): Promise<ReadRules> => readRules([...SHIPPED, ...overlay], catalogue);

async function soundly(...overlay: File[]): Promise<ReadRules> {
  const found = await read(...overlay);
  expect(found.faults).toEqual([]);
  return found;
}

async function faultsOf(...overlay: File[]): Promise<string[]> {
  return (await read(...overlay)).faults.map(({ path, message }) => `${path}: ${message}`);
}

/** Rules that fire on these white cells. */
async function fires({ rules }: ReadRules, wbc: string): Promise<string[]> {
  const value = catalogue.read('wbc', wbc);
  const outcomes: Outcome[] = await judge(buildRuleSet('v', rules), {
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
      changed(`  - rule: pack/wbc-low
    reason: 本院规定
    owner: 医务科
    review-by: 2026-12-31
    change: { class: A, advice: { zh: 立即联系血液科 } }
`),
    );
    expect(rules.find(({ id }) => id === 'pack/wbc-low')?.event).toMatchObject({ class: 'A', advice: { zh: '立即联系血液科' } });
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
      'overlay/pack/own.yaml:8:9: there is no shipped "pack/wbc-lo" to replace; did you mean "pack/wbc-low"?',
    ],
    [
      'adding what is shipped',
      file('overlay: adds\n', rule('wbc-low', '白细胞减少', '3.3')),
      'overlay/pack/own.yaml:8:9: "pack/wbc-low" is shipped already: write overlay: replaces, or give it another id',
    ],
    ['without saying which', file('', rule('wbc-low', '白细胞减少', '3.3')), 'overlay/pack/own.yaml:1:1: overlay is missing'],
    ['a word that is none', file('overlay: replace\n', rule('wbc-low', '白细胞减少', '3.3')), 'did you mean "replaces"?'],
  ])('is refused %s', async (_, own, said) => {
    expect((await faultsOf(own)).join('\n')).toContain(said);
  });
});

describe('an entry that does not fit is refused at its place', () => {
  const LINE = 'overlay/changes.yaml:';
  it.each<[string, string, string]>([
    ['a rule that is not shipped', LIMIT_3_5.replace('pack/wbc-low', 'pack/wbc-lov'), `${LINE}7:11: there is no shipped "pack/wbc-lov" to replace; did you mean "pack/wbc-low"?`],
    ['no reason', LIMIT_3_5.replace(/ {4}reason.*\n/, ''), `${LINE}7:5: reason (why this centre has it otherwise) is missing`],
    ['a fact that the rule does not look at', LIMIT_3_5.replace('fact: wbc,', 'fact: rbc,'), `${LINE}10:16: no condition of the rule is about "rbc"; it has wbc lessThanInclusive`],
    ['a limit without its unit', LIMIT_3_5.replace(', unit: 10*9/L }]', ' }]'), 'needs its unit, even where it stays the same: unit: 10*9/L'],
    ['a unit that does not fit', LIMIT_3_5.replace('unit: 10*9/L', 'unit: mmol/L'), `${LINE}10:47: unit "mmol/L"`],
    ['a limit without examples', LIMIT_3_5.slice(0, LIMIT_3_5.indexOf('      examples:')), 'other limits need examples of their own'],
    ['an example that fails', LIMIT_3_5.replace('wbc: 3.6', 'wbc: 3.4'), `${LINE}13:11: example of "pack/wbc-low" is fires, expected silent`],
    ['a limit named twice', LIMIT_3_5.replace('limits: [', 'limits: [{ fact: wbc, value: 3.4, unit: 10*9/L }, '), 'is named twice'],
    ['an unknown part', LIMIT_3_5.replace('limits:', 'limit:'), 'unknown key "limit" in a change; did you mean "limits"?'],
    ['neither change nor off', '  - { rule: pack/wbc-low, reason: 无 }\n', 'either change or off: true'],
    ['change and off', `${LIMIT_3_5}    off: true\n`, 'either change or off: true'],
    ['off: false', '  - { rule: pack/wbc-low, reason: 无, off: false }\n', 'off can only be true'],
    ['the same rule twice', `${LIMIT_3_5}  - { rule: pack/wbc-low, reason: 无, off: true }\n`, 'the overlay speaks of "pack/wbc-low" twice'],
    ['a class that is none', '  - { rule: pack/wbc-low, reason: 无, change: { class: D } }\n', 'class "D" is unknown'],
    ['an empty change', '  - { rule: pack/wbc-low, reason: 无, change: {} }\n', 'a change needs limits, class or advice'],
  ])('%s', async (_, text, said) => {
    expect((await faultsOf(changed(text))).join('\n')).toContain(said);
  });

  it('without an owner, in the entry or the head', async () => {
    const { path, text } = changed(LIMIT_3_5);
    expect((await faultsOf({ path, text: text.replace(/owner.*\n/, '') })).join('\n')).toContain('6:5: owner is missing');
  });

  it('in the folder of the shipped rules', async () => {
    const { text } = changed(LIMIT_3_5);
    const faults = await faultsOf({ path: 'pack/changes.yaml', text });
    expect(faults.join('\n')).toContain('belongs in the overlay folder');
  });

  it('and what the shipped rule had wrong with it is told where the overlay names it', async () => {
    const faults = await faultsOf(changed('  - { rule: pack/wbc-low, reason: 无, change: { examples: [{ facts: {}, expect: unknown }] } }\n'));
    expect(faults).toEqual([expect.stringContaining('overlay/changes.yaml:7:5: no example on either side of "wbc')]);
  });
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
  expect(vague.faults[0]?.message).toContain('2 conditions of the rule are about "wbc": name the operator');
  const exact = await readRules(files('fact: wbc, operator: greaterThan, value: 0.5, unit: 10*9/L'), catalogue);
  expect(exact.faults).toEqual([]);
  expect(await fires(exact, '0.6')).toContain('pack/wbc-low');
});

it('the example of the documents is sound over the shipped packs, and changes what it says', async () => {
  const folders = { rulesDir: 'rules', shippedRulesDir: 'rules', overlayDir: 'docs/rules/overlay-example' };
  const { rules: files } = partFiles(await gatherFiles(folders, []));
  const { faults, overlay } = await readRules(files, catalogue);
  expect(faults).toEqual([]);
  expect(overlay.map(({ about, what }) => `${about} ${what}`)).toEqual([
    'important-results/hb-low changed',
    'important-results/stool-occult-blood off',
    'important-results/urine-wbc changed',
  ]);
});

it('an overlay is part of the version’s content', async () => {
  const [plain, one, other] = [await read(), await read(changed(LIMIT_3_5)), await read(changed(LIMIT_3_5.replace('偏低', '偏高')))];
  expect(new Set([plain.content, one.content, other.content]).size).toBe(3);
});
