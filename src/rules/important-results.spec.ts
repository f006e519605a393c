import { type Facts, type Measurement, type MeasuredFact, NOTHING_EARLIER, UNKNOWN_PERSON } from '../kernel/index.js';
import {
  type DiagnosticReport,
  loadVocabulary,
  NO_CONTEXT,
  normalise,
  type Observation,
  type ResultContext,
} from '../terminology/index.js';
import { listRules } from './check-rules.js';
import { judge } from './domain/judge.js';
import { buildRuleSet, type RuleSet } from './domain/rule-set.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

const vocabulary = loadVocabulary('vocabulary');
let rules: RuleSet;
beforeAll(async () => {
  const all = await listRules('rules', catalogueOf(vocabulary));
  rules = buildRuleSet('v', all.filter(({ pack }) => pack === 'important-results'));
});

type Resource = Observation | DiagnosticReport;

/** What becomes of a resource: `rule`, `rule?` where the doctor must decide, `rule#` where it is only counted. */
async function outcomesOf(resource: Resource, context: Partial<ResultContext> = {}): Promise<string[]> {
  const found: string[] = [];
  for (const measurement of normalise(resource, { ...NO_CONTEXT, ...context }, vocabulary)) {
    if (measurement.analyte === null) continue;
    for (const outcome of await judge(rules, factsOf(measurement as Measurement & { analyte: string }))) {
      const id = outcome.rule.id.replace('important-results/', '');
      const { type } = outcome.rule.event;
      if (outcome.truth === 'fires') found.push(type === 'notify' ? id : `${id}${type === 'review' ? '?' : '#'}`);
      else if (outcome.couldFire && type !== 'count') found.push(`${id}?`);
    }
  }
  return found;
}

function factsOf(measurement: MeasuredFact['measurement']): Facts {
  const source = { observationId: 'o', component: 0, at: '2026-01-01T00:00:00.000Z', status: 'final' };
  const person = { ...UNKNOWN_PERSON, ageYears: 45, ageDays: 16_500 };
  return { person, anchor: { measurement, source }, others: new Map(), earlier: NOTHING_EARLIER, zone: 'UTC' };
}

function quantity(loinc: string, written: string, unit: string): Observation {
  const comparator = /^[<>]=?/.exec(written)?.[0];
  const value = Number(written.replace(/^[<>]=?/, ''));
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
    valueQuantity: { value, unit, ...(comparator && { comparator }) },
  };
}

function named(name: string, value: string): Observation {
  return { resourceType: 'Observation', status: 'final', code: { text: name }, valueString: value };
}

const TEN_9 = ['10*9/L', '10^9/L', '×10^9/L', 'x10^9/L', '×10⁹/L', '10E9/L', 'G/L', '10*3/uL', '10^3/μL', 'K/ul', '109/L'];
const TEN_12 = ['10*12/L', '10^12/L', '×10¹²/L', 'T/L', '10*6/uL', '10^6/µL', '1012/L'];

/** loinc, spellings of the unit, then value → what comes of it. */
const NUMBERS: [string, string, string[], Record<string, string[]>][] = [
  ['白细胞', '6690-2', TEN_9, { '2.9': ['wbc-low'], '3.0': ['wbc-low'], '3.01': [], '3.1': [], '<3': ['wbc-low'], '<4': ['wbc-low?'], '>100': [] }],
  ['红细胞', '789-8', TEN_12, { '2.99': ['rbc-low'], '3.0': [], '3.01': [], '6.99': [], '7.0': [], '7.01': ['rbc-high'] }],
  ['血小板', '777-3', TEN_9, { '89': ['plt-low'], '89.9': ['plt-low'], '90': [], '91': [], '399': [], '399.9': [], '400': ['plt-high'], '401': ['plt-high'] }],
  ['血红蛋白 g/L', '718-7', ['g/L', 'G/l'], { '89': ['hb-low'], '89.9': ['hb-low'], '90': [], '91': [] }],
  ['血红蛋白 g/dL', '718-7', ['g/dL'], { '8.9': ['hb-low'], '8.99': ['hb-low'], '9.0': [], '9.1': [] }],
  ['空腹血糖 mmol/L', '14771-0', ['mmol/L', 'mmol/l', 'mM', 'mmo1/L'], { '6.9': [], '6.99': [], '7': ['glucose-fasting'], '7.1': ['glucose-fasting'] }],
  ['空腹血糖 mg/dL', '1558-6', ['mg/dL', 'mg/dl'], { '125': [], '126': ['glucose-fasting'], '127': ['glucose-fasting'] }],
  ['餐后2h血糖 mmol/L', '14756-1', ['mmol/L'], { '11': [], '11.1': ['glucose-2h'], '11.2': ['glucose-2h'] }],
  ['餐后2h血糖 mg/dL', '1521-4', ['mg/dL'], { '199': [], '200': ['glucose-2h'], '201': ['glucose-2h'] }],
  ['OGTT 2h', '14995-5', ['mmol/L'], { '11': [], '11.1': ['glucose-2h'] }],
  ['血糖,空腹不明', '14749-6', ['mmol/L'], { '6.9': [], '7': ['glucose-fasting-unknown-count#'], '11': ['glucose-fasting-unknown-count#'], '11.1': ['glucose-fasting-unknown?'], '25': ['glucose-fasting-unknown?'] }],
  ['肌酸激酶', '2157-6', ['U/L', 'IU/L', 'u/l'], { '1999': [], '2000': [], '2001': ['ck-high'], '>1000': ['ck-high?'], '>2000': ['ck-high'] }],
  ['肌酐 umol/L', '14682-9', ['umol/L', 'μmol/L', 'µmol/L', 'umo1/L'], { '132': [], '133': [], '133.1': ['creatinine-high'], '134': ['creatinine-high'] }],
  ['肌酐 mg/dL', '2160-0', ['mg/dL'], { '1.5': [], '1.51': [], '1.52': ['creatinine-high'] }],
  ['肌酐,单位缺失或不可换算', '14682-9', ['', 'kg'], { '900': ['creatinine-high?'] }],
  ['尿白细胞镜检', '5821-4', ['/[HPF]', '/HP', '个/HP', '/HPF'], { '14': [], '15': [], '16': ['urine-wbc'], '>30': ['urine-wbc'], '>10': ['urine-wbc?'] }],
  ['尿红细胞镜检', '13945-1', ['/[HPF]', '个/高倍视野'], { '15': [], '16': ['urine-rbc'] }],
];

describe.each(NUMBERS)('%s', (_name, loinc, units, expected) => {
  it.each(units.flatMap((unit) => Object.entries(expected).map(([value, ids]) => [value, unit, ids] as const)))(
    '%s %s → %j',
    async (value, unit, ids) => expect(await outcomesOf(quantity(loinc, value, unit))).toEqual(ids),
  );
});

const WORDS: [string, Record<string, string[]>][] = [
  ['尿蛋白', { 阴性: [], '-': [], '±': [], '+': ['urine-protein'], '1+': ['urine-protein'], '(+)': ['urine-protein'], '++': ['urine-protein'], 阳性: ['urine-protein'] }],
  ['尿糖', { 阴性: [], '±': [], '+': [], '1+': [], '++': ['urine-glucose'], '2+': ['urine-glucose'], '+++': ['urine-glucose'], 阳性: ['urine-glucose?'] }],
  ['尿酮体', { 阴性: [], '±': [], '+': [], '++': ['urine-ketones'], '3+': ['urine-ketones'], '++++': ['urine-ketones'], 阳性: ['urine-ketones?'] }],
  ['便潜血', { 阴性: [], 阳性: ['stool-occult-blood'], '+': ['stool-occult-blood'], '++': ['stool-occult-blood'], '±': ['stool-occult-blood-weak?'] }],
  ['尿镜检白细胞', { '0-2': [], '10-15': [], '15-30': ['urine-wbc'], '15~30/HP': ['urine-wbc'], '5-20': ['urine-wbc?'], '+': [], '++': ['urine-wbc'], '+++': ['urine-wbc'] }],
  ['尿镜检红细胞', { '0-2/HP': [], '16-20': ['urine-rbc'], '5～20': ['urine-rbc?'], '++': ['urine-rbc'] }],
];

describe.each(WORDS)('%s', (name, expected) => {
  it.each(Object.entries(expected))('%s → %j', async (value, ids) => {
    expect(await outcomesOf(named(name, value), { specimen: name.startsWith('便') ? 'stool' : 'urine' })).toEqual(ids);
  });
});

describe('tumour markers, against the limit of their own report', () => {
  const marker = (loinc: string, value: string, rest: Partial<Observation>) => ({
    ...quantity(loinc, value, 'ng/mL'),
    ...rest,
  });
  const upTo = (high: number) => ({ referenceRange: [{ high: { value: high, unit: 'ng/mL' } }] });
  it.each<[string, Observation, string[]]>([
    ['below', marker('2039-6', '4.9', upTo(5)), []],
    ['at', marker('2039-6', '5', upTo(5)), []],
    ['above', marker('2039-6', '5.1', upTo(5)), ['tumour-marker-high']],
    ['text 0-7, at', marker('1834-1', '7', { referenceRange: [{ text: '0-7' }] }), []],
    ['text 0-7, above', marker('1834-1', '7.01', { referenceRange: [{ text: '0-7' }] }), ['tumour-marker-high']],
    ['text <35, at', marker('1834-1', '35', { referenceRange: [{ text: '<35' }] }), ['tumour-marker-high']],
    ['text ≤4.0, at', marker('2857-1', '4', { referenceRange: [{ text: '≤4.0' }] }), []],
    ['flag H alone', marker('2039-6', '9', { interpretation: [{ coding: [{ code: 'H' }] }] }), ['tumour-marker-high']],
    ['no limit', marker('2039-6', '9', {}), ['tumour-marker-high?']],
    ['>1000 against 5', marker('2039-6', '>1000', upTo(5)), ['tumour-marker-high']],
  ])('%s', async (_case, observation, ids) => expect(await outcomesOf(observation)).toEqual(ids));
});

describe('reports', () => {
  const report = (conclusion: string, code: string): DiagnosticReport => ({
    resourceType: 'DiagnosticReport',
    status: 'final',
    category: [{ coding: [{ code: 'RAD' }] }],
    code: { text: code },
    conclusion,
  });
  it.each<[string, string, string[]]>([
    ['腹部超声', '肝右叶占位，恶性不除外', ['imaging-malignancy']],
    ['腹部超声', '肝右叶占位', ['imaging-malignancy?']],
    ['腹部超声', '肝胆胰脾未见明显占位', []],
    ['TCT', '高级别鳞状上皮内病变(HSIL)', ['cytology-malignancy']],
    ['TCT', '非典型鳞状细胞，不除外高级别鳞状上皮内病变', ['cytology-malignancy']],
    ['TCT', '低级别鳞状上皮内病变(LSIL)', []],
    ['TCT', '未见上皮内病变或恶性细胞(NILM)', []],
    ['TCT', '见异常细胞，恶性待排', ['cytology-malignancy']],
  ])('%s: %s', async (code, conclusion, ids) => expect(await outcomesOf(report(conclusion, code))).toEqual(ids));
});
