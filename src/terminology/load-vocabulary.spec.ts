import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../kernel/index.js';
import { loadVocabulary } from './load-vocabulary.js';

describe('the shipped vocabulary', () => {
  const vocabulary = loadVocabulary('vocabulary');

  it('knows far more than 120 analytes', () => {
    expect(vocabulary.analytes.length).toBeGreaterThan(200);
  });

  it('every analyte has a printed Chinese and English name', () => {
    expect(
      vocabulary.analytes.filter(({ names }) => !/\p{Script=Han}|[A-Z]/u.test(names.zh) || names.en === ''),
    ).toEqual([]);
  });

  /** Each LOINC code of the code table, with the analyte that its values count as. */
  it.each([
    ['wbc', '6690-2 26464-8'],
    ['rbc', '789-8 26453-1'],
    ['hb', '718-7'],
    ['hct', '4544-3'],
    ['mcv', '787-2'],
    ['mch', '785-6'],
    ['mchc', '786-4'],
    ['plt', '777-3 26515-7'],
    ['neutrophils', '751-8 26499-4'],
    ['neutrophils-percent', '770-8'],
    ['lymphocytes-percent', '736-9'],
    ['eosinophils-percent', '713-8'],
    ['lymphocytes', '731-0'],
    ['reticulocytes-percent', '4679-7'],
    ['esr', '4537-7 30341-2'],
    ['glucose', '14749-6 2345-7 15074-8 2339-0'],
    ['glucose-fasting', '14771-0 1558-6'],
    ['glucose-2h', '14756-1 1521-4 14995-5 1518-0'],
    ['glucose-meter', '14743-9 41653-7'],
    ['hba1c', '4548-4 59261-8 17856-6'],
    ['creatinine', '14682-9 2160-0 38483-4'],
    ['urea', '22664-7 14937-7 3091-6 3094-0 6299-2'],
    ['urate', '14933-6 3084-1'],
    ['cystatin-c', '33863-2'],
    ['egfr', '98979-8 98980-6 62238-1 33914-3'],
    ['acr', '14959-1 9318-7'],
    ['acr-molar', '32294-1'],
    ['alt', '1742-6'],
    ['ast', '1920-8'],
    ['ggt', '2324-2'],
    ['alp', '6768-6'],
    ['bilirubin-total', '14631-6 1975-2'],
    ['bilirubin-direct', '14629-0 1968-7'],
    ['total-protein', '2885-2'],
    ['albumin', '1751-7'],
    ['ck', '2157-6'],
    ['ck-mb-mass', '13969-1'],
    ['amylase', '1798-8'],
    ['lipase', '3040-3'],
    ['ldh', '14804-9 2532-0'],
    ['cholesterol-total', '14647-2 2093-3'],
    ['triglycerides', '14927-8 2571-8'],
    ['hdl-c', '14646-4 2085-9'],
    ['ldl-c', '22748-8 2089-1 39469-2 13457-7 69419-0 18262-6'],
    ['non-hdl-c', '70204-3 43396-1'],
    ['apo-a1', '1869-7'],
    ['apo-b', '1884-6'],
    ['lpa-molar', '43583-4'],
    ['lpa', '10835-7'],
    ['homocysteine', '13965-9'],
    ['potassium', '2823-3 6298-4'],
    ['sodium', '2951-2 2947-0'],
    ['chloride', '2075-0 2069-3'],
    ['calcium', '2000-8 17861-6 49765-1'],
    ['calcium-ionised', '1995-0'],
    ['magnesium', '2601-3 19123-9'],
    ['phosphate', '14879-1 2777-1'],
    ['bicarbonate', '1963-8 2028-9'],
    ['arterial-ph', '2744-1'],
    ['arterial-pco2', '2019-8'],
    ['arterial-po2', '2703-7'],
    ['lactate', '2524-7 32693-4'],
    ['troponin-i', '10839-9'],
    ['troponin-t', '6598-7'],
    ['troponin-i-hs', '89579-7'],
    ['troponin-t-hs', '67151-1'],
    ['nt-probnp', '33762-6'],
    ['bnp', '30934-4 42637-9'],
    ['pt', '5902-2'],
    ['inr', '6301-6'],
    ['aptt', '14979-9'],
    ['fibrinogen', '3255-7'],
    ['d-dimer', '48065-7'],
    ['crp', '1988-5'],
    ['hs-crp', '30522-7'],
    ['procalcitonin', '33959-8'],
    ['tsh', '3016-3 11579-0'],
    ['ft4', '14920-3 3024-7'],
    ['ft3', '14928-6 3051-0'],
    ['vitamin-d', '62292-8 14635-7 1989-3'],
    ['ferritin', '2276-4'],
    ['iron', '14798-3 2498-4'],
    ['vitamin-b12', '14685-2 2132-9'],
    ['folate', '14732-2 2284-8'],
    ['afp', '1834-1'],
    ['cea', '2039-6'],
    ['ca19-9', '24108-3'],
    ['ca125', '10334-1'],
    ['ca15-3', '6875-9'],
    ['psa-total', '2857-1'],
    ['psa-free', '10886-0'],
    ['psa-free-ratio', '12841-3'],
    ['hbsag', '5196-1'],
    ['hbsab', '16935-9'],
    ['hcv-antibody', '13955-0'],
    ['hiv', '56888-1'],
    ['syphilis', '20507-0'],
    ['h-pylori-breath-test', '29891-9'],
    ['h-pylori-dob', '29892-7'],
    ['urine-protein', '20454-5'],
    ['urine-protein-mass', '5804-0'],
    ['urine-glucose', '25428-4'],
    ['urine-glucose-mass', '5792-7'],
    ['urine-ketones', '2514-8'],
    ['urine-ketones-mass', '5797-6'],
    ['urine-blood', '5794-3'],
    ['urine-leukocyte-esterase', '5799-2'],
    ['urine-ph', '5803-2'],
    ['urine-specific-gravity', '5811-5'],
    ['urine-rbc', '13945-1'],
    ['urine-wbc', '5821-4'],
    ['stool-occult-blood', '2335-8 29771-3 80372-6'],
    ['stool-haemoglobin', '58453-2'],
    ['stool-haemoglobin-content', '27396-1'],
    ['cytology', '47527-7 10524-7'],
    ['hpv-high-risk', '59420-0 21440-3 77379-6'],
    ['hpv-16', '77399-4 61372-9'],
    ['hpv-18', '77400-0 61373-7'],
    ['bone-t-score', '38267-1 38263-0 38264-8 38265-5'],
    ['imaging-conclusion', '11524-6 24627-2 36643-5 18748-4'],
    ['qtc', '8636-3'],
    ['systolic-bp', '8480-6'],
    ['diastolic-bp', '8462-4'],
    ['heart-rate', '8867-4 8889-8'],
    ['heart-rate-resting', '40443-4'],
    ['spo2', '2708-6 59408-5'],
    ['body-temperature', '8310-5'],
    ['respiratory-rate', '9279-1'],
    ['body-weight', '29463-7'],
    ['body-height', '8302-2'],
    ['bmi', '39156-5'],
    ['waist', '8280-0'],
    ['steps', '55423-8'],
    ['steps-per-day', '41950-7'],
    ['sleep-duration', '93832-4'],
    ['sleep-deep', '93831-6'],
    ['sleep-light', '93830-8'],
    ['sleep-rem', '93829-0'],
    ['hrv-sdnn', '80404-7'],
    ['body-fat', '41982-0 77233-5'],
    ['glucose-interstitial', '99504-3 105272-9'],
    ['smoking-status', '72166-2'],
  ])('%s: %s', (analyte, codes) => {
    for (const code of codes.split(' ')) {
      expect([code, vocabulary.byCode('http://loinc.org', code)?.analyte.countsAs]).toEqual([code, analyte]);
    }
  });

  it('the members of the tumour-marker group are those that are judged by being above a limit', () => {
    expect(vocabulary.inGroup('tumour-marker')).toEqual(
      expect.arrayContaining([
        'afp',
        'cea',
        'ca19-9',
        'ca125',
        'ca15-3',
        'ca72-4',
        'ca242',
        'cyfra21-1',
        'scc',
        'nse',
        'psa-total',
        'psa-free',
        'he4',
        'progrp',
        'pivka-ii',
      ]),
    );
    expect(vocabulary.inGroup('tumour-marker')).not.toContain('psa-free-ratio');
    expect(vocabulary.inGroup('nothing')).toEqual([]);
  });

  it('keeps what only named staff may see in its compartment', () => {
    const compartments = new Set(vocabulary.analytes.map(({ sensitive }) => sensitive));
    expect([...compartments]).toEqual(
      expect.arrayContaining(['hiv', 'syphilis', 'hepatitis', 'pregnancy', 'psychiatric']),
    );
  });
});

describe('a broken vocabulary is refused whole, with file and line', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'vocabulary-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  const entry = (changes: Record<string, string> = {}): string => {
    const fields = {
      id: 'hb',
      names: '{ zh: 血红蛋白, en: Haemoglobin }',
      synonyms: '[HGB]',
      loinc: '[718-7]',
      unit: 'g/L',
      plausible: '[5, 350]',
      ...changes,
    };
    return `  - ${Object.entries(fields)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n    ')}\n`;
  };
  const other = (changes: Record<string, string> = {}): string =>
    entry({
      id: 'wbc',
      names: '{ zh: 白细胞, en: White cells }',
      synonyms: '[WBC]',
      loinc: '[6690-2]',
      unit: '10*9/L',
      ...changes,
    });

  function faultsOf(...entries: string[]): string[] {
    writeFileSync(join(dir, 'a.yaml'), `topic: { zh: 血, en: Blood }\nanalytes:\n${entries.join('')}`);
    try {
      loadVocabulary(dir);
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return error.faults.map(({ path, message }) => `${path}: ${message}`);
    }
  }

  it('the unbroken one loads', () => {
    expect(faultsOf(entry(), other())).toEqual([]);
  });

  it.each<[string, string[], string]>([
    ['a duplicate id', [entry(), other({ id: 'hb' })], 'a.yaml:9: hb: duplicate id "hb"'],
    [
      'a code that two claim',
      [entry(), other({ loinc: '[718-7]' })],
      'a.yaml:9: wbc: LOINC code "718-7" belongs to "hb" already',
    ],
    [
      'a name that two claim, whatever its width',
      [entry(), other({ synonyms: '[ＨＧＢ]' })],
      'a.yaml:9: wbc: name "hgb" belongs to "hb" already',
    ],
    [
      'a wrong check digit',
      [entry({ loinc: '[718-8]' })],
      'a.yaml:3: hb: LOINC code "718-8" has a wrong check digit',
    ],
    ['a unit that is not UCUM', [entry({ unit: 'gram/L' })], 'a.yaml:3: hb: unit "gram/L" is not UCUM'],
    [
      'a reported unit that does not convert',
      [entry({ reported: '[mmol/L]' })],
      'a.yaml:3: hb: reported unit "mmol/L" does not convert to g/L',
    ],
    [
      'a reference to nothing',
      [entry({ siblings: '[hgb]' })],
      'a.yaml:3: hb: refers to "hgb", which is not there',
    ],
    [
      'ranges upside down',
      [entry({ plausible: '[350, 5]' })],
      'a.yaml:3: hb: plausible: low is not below high',
    ],
    [
      'a key that is not known',
      [entry({ molarmass: '64500' })],
      'a.yaml:3: /analytes/0 must NOT have additional properties "molarmass"',
    ],
    ['a wrong type', [entry({ decimals: 'one' })], 'a.yaml:9: /analytes/0/decimals must be integer'],
    [
      'a compartment that is not known',
      [entry({ sensitive: 'money' })],
      'a.yaml:9: /analytes/0/sensitive must be equal to one of the allowed values',
    ],
    ['broken YAML', ['  - id: [hb\n'], 'a.yaml:4: '],
    ['a key twice', [entry({ 'unit ': 'g/L' })], 'a.yaml:9: Map keys must be unique'],
  ])('%s', (_what, entries, fault) => {
    expect(faultsOf(...entries).join('\n')).toContain(fault);
  });

  it('an empty folder is no vocabulary', () => {
    expect(() => loadVocabulary(dir)).toThrow('no vocabulary files found');
  });
});
