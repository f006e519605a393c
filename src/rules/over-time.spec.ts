import { type FileFault } from '../kernel/index.js';
import { loadVocabulary } from '../terminology/index.js';
import { readRules } from './domain/files/read-rules.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));

async function faultsOf(conditions: string, examples: string, kind = 'critical'): Promise<FileFault[]> {
  const text = `{ kind: ${kind}, title: t, source: s, owner: o, review-by: 2027-01-01, population: any, rules: [{ id: one, title: { zh: 甲, en: a },
    conditions: ${conditions}, event: { type: notify, params: { class: B, advice: { zh: 复查 } } }, examples: [${examples}] }] }`;
  const { faults } = await readRules([{ path: 'pack/one.yaml', text }], catalogue);
  return faults;
}

/** What a rule of one condition says of an example: `fires`, `silent`, `unknown` or `review`. */
async function verdict(conditions: string, example: string, kind = 'critical'): Promise<string> {
  const faults = await faultsOf(conditions, `{ ${example}, expect: unknown }`, kind);
  const refused = faults.filter(({ kind: of }) => of !== 'untested-side' && of !== 'example-fails');
  if (refused.length > 0) throw new Error(refused.map(({ message }) => message).join('\n'));
  return faults.find(({ kind: of }) => of === 'example-fails')?.found ?? 'unknown';
}

const hb = (operator: string, value: string, params: string, unit = 'g/L') =>
  `{ all: [{ fact: hb, operator: ${operator}, value: ${value}, unit: '${unit}', params: { ${params} } }] }`;
const not = (condition: string) => `{ not: ${condition} }`;
/** `80 < 30:120 90:60` is 80 now, 120 thirty days ago and 60 ninety days ago. */
function results(written: string, fact = 'hb'): string {
  const [now = '', before = ''] = written.split(' < ');
  const days = before.split(' ').filter(Boolean).map((one) => one.split(':'));
  const earlier = days.map(([day, value]) => `{ days: ${day}, facts: { ${fact}: '${value}' } }`);
  return `facts: { ${now === '-' ? '' : `${fact}: '${now}'`} }, earlier: [${earlier.join(', ')}]`;
}

const FALL_30 = hb('greaterThanInclusive', '30', 'over: fall, within: 90 d');
const RISE_50_PERCENT = hb('greaterThanInclusive', '50', 'over: rise, within: 7 d', '%');
const DOWN_20 = hb('lessThanInclusive', '-20', 'over: change');
const DOWN_20_SOON = hb('lessThanInclusive', '-20', 'over: change, within: 30 d');
const DOWN_25_PERCENT = hb('lessThanInclusive', '-25', 'over: change', '%');
const DOWN_2_A_DAY = hb('lessThanInclusive', '-2', 'over: rate, within: 30 d', 'g/L/d');
const LOW_BEFORE = hb('lessThan', '90', 'over: previous');
const LOW_BEFORE_SOON = hb('lessThan', '90', 'over: previous, within: 30 d');
const LOW_CONFIRMED = hb('lessThan', '90', 'over: confirmed, within: 30 d');
const LOW_THIS_DAY = hb('lessThan', '90', 'over: latest, within: 1 d');
const EVER_LOW = hb('lessThan', '90', 'over: ever-before');
const EVER_LOW_THIS_YEAR = hb('lessThan', '90', 'over: ever-before, within: 1 a');
const TWICE_IN_THREE = `{ all: [{ fact: hb, operator: greaterThanInclusive, value: 2, params: { over: count, visits: 3, when: { operator: lessThan, value: 90, unit: g/L } } }] }`;
const NEVER_IN_TWO = `{ all: [{ fact: hb, operator: equal, value: 0, params: { over: count, visits: 2, when: { operator: lessThan, value: 90, unit: g/L } } }] }`;

describe.each<[string, string, Record<string, string>]>([
  ['previous', LOW_BEFORE, { '100 < 30:80': 'fires', '80 < 30:90': 'silent', '80 < 30:100 60:80': 'silent', '80': 'unknown', '- < 30:80': 'fires', '- < 30:100 60:80': 'silent', '100 < 30:<100': 'review' }],
  ['latest', LOW_THIS_DAY, { '80': 'fires', '100': 'silent', '80 < 1:100': 'fires', '100 < 1:80': 'silent', '- < 0.5:80': 'fires', '- < 1:80': 'fires', '- < 1.1:80': 'unknown', '- < 30:80': 'unknown', '- < 0.5:100': 'silent' }],
  ['not latest', not(LOW_THIS_DAY), { '80': 'silent', '100': 'fires', '- < 0.5:100': 'fires', '- < 1.1:100': 'unknown' }],
  ['not previous', not(LOW_BEFORE), { '100 < 30:80': 'silent', '80 < 30:90': 'fires', '80': 'unknown' }],
  ['previous within 30 d', LOW_BEFORE_SOON, { '100 < 30:80': 'fires', '100 < 30.001:80': 'unknown' }],
  ['change', DOWN_20, { '100 < 30:120': 'fires', '100.1 < 30:120': 'silent', '130 < 30:120': 'silent', '100 < 5:110 30:120': 'silent', '80': 'unknown', '<100 < 30:120': 'fires', '<101 < 30:120': 'review', '100 < 30:<130': 'review', '100 < 30:<110': 'silent' }],
  ['change within 30 d', DOWN_20_SOON, { '100 < 30:120': 'fires', '100 < 31:120': 'unknown' }],
  ['change in percent', DOWN_25_PERCENT, { '90 < 30:120': 'fires', '90.1 < 30:120': 'silent', '60 < 30:90': 'fires', '<90 < 30:120': 'fires', '<90 < 30:<120': 'review' }],
  ['rise in percent', RISE_50_PERCENT, { '120 < 2:90 5:80': 'fires', '119.9 < 2:90 5:80': 'silent', '120 < 2:90 8:70': 'silent', '135 < 2:90 8:70': 'fires', '120': 'unknown', '120 < 8:80': 'unknown' }],
  ['fall', FALL_30, { '90 < 30:100 60:120': 'fires', '91 < 30:100 60:120': 'silent', '90 < 30:100 91:120': 'silent', '90': 'unknown', '<90 < 30:120': 'fires' }],
  ['rate', DOWN_2_A_DAY, { '100 < 10:120': 'fires', '100 < 10.1:120': 'silent', '100 < 20:140': 'fires', '100 < 31:200': 'unknown', '100': 'unknown' }],
  ['count', TWICE_IN_THREE, { '80 < 30:80 60:100': 'fires', '80 < 30:100 60:100': 'silent', '100 < 30:80 60:80': 'fires', '80 < 30:100 60:100 90:80': 'silent', '80': 'unknown', '80 < 30:80': 'fires', '100 < 30:100': 'silent', '100 < 30:80': 'unknown', '80 < 30:<100 60:100': 'review', '80 < 0.1:80': 'unknown', '80 < 0.1:100 30:80': 'fires' }],
  ['count of none', NEVER_IN_TWO, { '100 < 30:100': 'fires', '100 < 30:80': 'silent', '80': 'silent', '100': 'unknown' }],
  ['confirmed', LOW_CONFIRMED, { '80 < 7:85': 'fires', '80 < 7:95': 'silent', '95 < 7:80': 'silent', '80': 'unknown', '95': 'silent', '80 < 31:85': 'unknown', '80 < 0.2:85': 'unknown', '80 < 7:95 20:85': 'fires', '80 < 7:<100': 'review', '<100': 'unknown' }],
  ['not confirmed', not(LOW_CONFIRMED), { '80 < 7:85': 'silent', '80 < 7:95': 'fires', '80': 'unknown' }],
  ['ever before', EVER_LOW, { '80 < 400:85': 'fires', '80 < 400:95': 'silent', '80': 'silent', '80 < 1:100 400:85': 'fires', '80 < 400:<100': 'review', '- < 30:100': 'silent', '- < 30:80': 'fires' }],
  ['first ever', not(EVER_LOW), { '80 < 400:85': 'silent', '80 < 400:95': 'fires', '80': 'fires', '80 < 400:<100': 'review' }],
  ['ever before within a year', EVER_LOW_THIS_YEAR, { '80 < 365:85': 'fires', '80 < 366:85': 'silent' }],
])('%s', (_name, conditions, expected) => {
  it.each(Object.entries(expected))('%s → %s', async (written, wanted) => {
    // Where nothing was measured now the rule must still be asked about something.
    const together = `{ all: [{ fact: wbc, operator: greaterThan, value: 0, unit: 10*9/L }, ${conditions}] }`;
    const example = results(written).replace('facts: {', 'facts: { wbc: 5,');
    expect([await verdict(together, example)]).toEqual([wanted]);
    if (!written.startsWith('-')) expect([await verdict(conditions, results(written))]).toEqual([wanted]);
  });
});

it('a value that cannot be trusted never fires, and asks the doctor where it could', async () => {
  const example = (now: string, before: string) => `facts: { creatinine: ${now} }, earlier: [{ days: 1, facts: { creatinine: ${before} } }]`;
  const rise = `{ all: [{ fact: creatinine, operator: greaterThanInclusive, value: 26.5, unit: umol/L, params: { over: rise, within: 48 h } }] }`;
  const unknown = '{ value: 900, unit: unknown }';
  expect(await verdict(rise, example('100', '73'))).toBe('fires');
  expect(await verdict(rise, example(unknown, '80'))).toBe('review');
  expect(await verdict(rise, example('80', unknown))).toBe('unknown');
  // Whatever the one without unit was: beside the other the creatinine has risen.
  const both = `facts: { creatinine: 150 }, earlier: [{ days: 1, facts: { creatinine: ${unknown} } }, { days: 2, facts: { creatinine: 100 } }]`;
  expect(await verdict(rise, both)).toBe('fires');
});

it('grades, categories and own limits are looked back upon as they are', async () => {
  const protein = '{ all: [{ fact: urine-protein, operator: greaterThanInclusive, value: +, params: { over: confirmed, within: 3 mo } }] }';
  expect(await verdict(protein, results('++ < 30:+', 'urine-protein'))).toBe('fires');
  expect(await verdict(protein, results('++ < 30:-', 'urine-protein'))).toBe('silent');
  const cea = '{ all: [{ fact: tumour-marker, operator: aboveOwnLimit, value: 1, params: { over: confirmed, within: 90 d } }] }';
  const twice = (before: string) => `facts: { cea: { value: 8, limit: 5 } }, earlier: [{ days: 30, facts: { cea: { value: ${before}, limit: 5 } } }]`;
  expect(await verdict(cea, twice('6'))).toBe('fires');
  expect(await verdict(cea, twice('4'))).toBe('silent');
  expect(await verdict(cea, `facts: { cea: { value: 8, limit: 5 } }, earlier: [{ days: 30, facts: { afp: { value: 8, limit: 5 } } }]`)).toBe('unknown');
});

const CKD = '{ all: [{ fact: creatinine, operator: greaterThan, value: 442, unit: umol/L }, { fact: history.ckd, operator: equal, value: false }] }';
it.each([
  ['critical', 'history.ckd: false', 'fires'],
  ['critical', 'history.ckd: true', 'silent'],
  ['critical', 'age: 50', 'fires'],
  ['vitals', 'history.ckd: false', 'fires'],
  ['vitals', 'age: 50', 'unknown'],
])('history in a rule of kind %s, %s: %s (what calls takes the stricter side)', async (kind, fact, wanted) => {
  expect(await verdict(CKD, `facts: { creatinine: 500, ${fact} }`, kind)).toBe(wanted);
});

const DIABETES_KNOWN = '{ all: [{ fact: glucose-fasting, operator: lessThanInclusive, value: 3.9, unit: mmol/L }, { fact: history.diabetes, operator: equal, value: true, params: { known: true } }] }';
it.each([
  ['critical', 'history.diabetes: true', 'fires'],
  ['critical', 'history.diabetes: false', 'silent'],
  ['critical', 'age: 50', 'unknown'],
  ['vitals', 'age: 50', 'unknown'],
])('what must be on record, in a rule of kind %s, %s: %s', async (kind, fact, wanted) => {
  expect(await verdict(DIABETES_KNOWN, `facts: { glucose-fasting: 3.5, ${fact} }`, kind)).toBe(wanted);
});

it.each([
  ['care-setting, operator: equal, value: inpatient', 'care-setting: inpatient', 'fires'],
  ['care-setting, operator: equal, value: inpatient', 'care-setting: checkup', 'silent'],
  ['care-setting, operator: in, value: [checkup, home]', 'care-setting: home', 'fires'],
  ['family.crc, operator: equal, value: true', 'family.crc: true', 'fires'],
  ['medication.anticoagulant, operator: equal, value: true', 'medication.anticoagulant: false', 'silent'],
])('fact: %s with %s', async (condition, fact, wanted) => {
  const conditions = `{ all: [{ fact: wbc, operator: greaterThan, value: 0, unit: 10*9/L }, { fact: ${condition} }] }`;
  expect(await verdict(conditions, `facts: { wbc: 5, ${fact} }`)).toBe(wanted);
});

it('each side of a limit needs an example, over time too', async () => {
  const faults = await faultsOf(FALL_30, `{ ${results('90 < 30:120')}, expect: fires }, { ${results('90')}, expect: unknown }`);
  expect(faults).toMatchObject([
    { kind: 'untested-side', en: expect.stringContaining('the side that misses of "hb fall greaterThanInclusive 30 g/L"') as string },
  ]);
});
