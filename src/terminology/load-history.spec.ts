import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../kernel/index.js';
import { loadVocabulary } from './load-vocabulary.js';

const HB = `topic: { zh: 血, en: Blood }
analytes:
  - id: hb
    names: { zh: 血红蛋白, en: Haemoglobin }
    synonyms: [HGB]
    loinc: [718-7]
    unit: g/L
    plausible: [5, 350]
`;

describe('broken history terms are refused with the whole vocabulary, with file and line', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'vocabulary-'));
    writeFileSync(join(dir, 'a.yaml'), HB);
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  function faultsOf(history: string): string[] {
    writeFileSync(join(dir, 'b.yaml'), history);
    try {
      loadVocabulary(dir);
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return error.faults.map(({ path, message }) => `${path}: ${message}`);
    }
  }
  const conditions = (...lines: string[]) =>
    `kind: history\nconditions:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`;

  it('unbroken ones load', () => {
    expect(faultsOf(conditions('id: x, names: { zh: 甲, en: a }, icd10: [E10-E14, Z99.2]'))).toEqual([]);
    expect(loadVocabulary(dir).history.ids).toEqual(['history.x', 'family.x']);
  });

  it.each([
    ['an unknown kind', 'kind: histori', 'b.yaml:1: /kind must be equal to constant'],
    [
      'an id twice',
      conditions('id: x, names: { zh: 甲, en: a }', 'id: x, names: { zh: 乙, en: b }'),
      'b.yaml:4: duplicate condition "x"',
    ],
    [
      'a range that is none',
      conditions('id: x, names: { zh: 甲, en: a }, icd10: [E1-E2]'),
      'b.yaml:3: /conditions/0/icd10/0 must match pattern',
    ],
    [
      'a key that is not known',
      conditions('id: x, names: { zh: 甲, en: a }, atc: [A10]'),
      'b.yaml:3: /conditions/0 must NOT have additional properties "atc"',
    ],
  ])('%s', (_what, text, fault) => {
    expect(faultsOf(text).join('\n')).toContain(fault);
  });
});
