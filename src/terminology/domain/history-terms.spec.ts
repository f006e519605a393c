import { loadVocabulary } from '../load-vocabulary.js';

const { history } = loadVocabulary('vocabulary');
const ICD10 = 'http://hl7.org/fhir/sid/icd-10';
const SCT = 'http://snomed.info/sct';
const ATC = 'http://www.whocc.no/atc';

it('every condition is a fact of the person and of the family, every medication one of medication', () => {
  for (const id of [
    'history.diabetes',
    'family.diabetes',
    'history.dialysis',
    'family.crc',
    'medication.anticoagulant',
  ])
    expect(history.get(id)?.names.zh).toBeTruthy();
  expect(history.get('medication.diabetes')).toBeUndefined();
  expect(history.get('history.anticoagulant')).toBeUndefined();
  expect(history.ids).toContain('family.hypertension');
});

describe('conditions', () => {
  const meant = (codes: string[], texts: string[] = []) =>
    history.conditions(codes, texts).map(({ id, isDenied }) => (isDenied ? `no ${id}` : id));

  it.each<[string, string[], string[], string[]]>([
    ['a code within a range', [`${ICD10}|I11.9`], [], ['hypertension']],
    ['the first of a range', [`${ICD10}|E10`], [], ['diabetes']],
    ['the last of a range', [`${ICD10}|E14.5`], [], ['diabetes', 'diabetic-complication']],
    ['beyond it', [`${ICD10}|E15`], [], []],
    ['two terms', [`${ICD10}|E11.900`], [], ['type-2-diabetes', 'diabetes']],
    ['the American edition', ['http://hl7.org/fhir/sid/icd-10-cm|I10'], [], ['hypertension']],
    ['by object identifier', ['urn:oid:2.16.840.1.113883.6.3|N18.3'], [], ['ckd']],
    ['one code with all below it', [`${ICD10}|Z99.2`], [], ['dialysis']],
    ['its neighbour', [`${ICD10}|Z99.3`], [], []],
    ['without the dot', [`${ICD10}|Z992`], [], ['dialysis']],
    ['SNOMED CT', [`${SCT}|38341003`], [], ['hypertension']],
    ['a code of another system', ['urn:lis|I10'], [], []],
    ['a whole name', [], ['2型糖尿病'], ['type-2-diabetes', 'diabetes']],
    ['with the word for history', [], ['高血压病史'], ['hypertension']],
    ['stated', [], ['有高血压史'], ['hypertension']],
    ['several', [], ['高血压、糖尿病'], ['hypertension', 'diabetes']],
    ['denied', [], ['否认高血压、糖尿病史'], ['no hypertension', 'no diabetes']],
    ['some denied, some not', [], ['否认高血压，有糖尿病史'], ['no hypertension', 'diabetes']],
    ['a part of a name', [], ['妊娠期糖尿病'], []],
    ['a question', [], ['糖尿病?'], []],
    ['the name in English', [], ['hypertension'], ['hypertension']],
    ['an infarction by its short name', [], ['心梗史'], ['myocardial-infarction']],
    ['an acute one', [], ['急性心肌梗死'], ['myocardial-infarction']],
    ['an old one', [], ['陈旧性心肌梗死'], ['myocardial-infarction']],
    ['an old one, coded', [`${ICD10}|I25.2`], [], ['coronary-heart-disease', 'myocardial-infarction']],
    ['coronary disease without one', [`${ICD10}|I25.1`], [], ['coronary-heart-disease']],
    ['a history of one, by SNOMED CT', [`${SCT}|399211009`], [], ['myocardial-infarction']],
    ['no infarction', [], ['否认心梗史'], ['no myocardial-infarction']],
    ['the code goes before the text', [`${ICD10}|I10`], ['糖尿病'], ['hypertension']],
  ])('%s', (_name, codes, texts, expected) => expect(meant(codes, texts)).toEqual(expected));
});

it.each<[string, string[], string[], string[]]>([
  ['a class', [`${ATC}|B01AA03`], [], ['anticoagulant']],
  ['an antiplatelet drug is none', [`${ATC}|B01AC06`], [], []],
  ['a name within a name', [], ['盐酸二甲双胍片 0.5g'], ['glucose-lowering']],
  ['in English', [], ['Metformin hydrochloride 500 MG'], ['glucose-lowering']],
  ['what is named as not taken', [], ['未服用华法林'], []],
  ['another', [], ['阿司匹林'], []],
])('medication: %s', (_name, codes, texts, expected) => {
  expect(history.medications(codes, texts)).toEqual(expected);
});
