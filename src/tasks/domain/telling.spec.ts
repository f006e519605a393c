import fc from 'fast-check';
import { loadVocabulary } from '../../terminology/load-vocabulary.js';
import { toCanonical } from '../../terminology/domain/to-canonical.js';
import { ATTEMPT_OUTCOMES, nextStep } from './attempt.js';
import { ANSWERERS, mayHear } from './hearing.js';
import { identify, isIdentified } from './identity.js';
import { isReadBack, type Understand } from './read-back.js';

const vocabulary = loadVocabulary('vocabulary');
const understand: Understand = (analyte, text, unit) => toCanonical(vocabulary, analyte, text, unit);

describe('two identifiers', () => {
  const known = {
    name: '阿卜杜热合曼·买买提',
    birthDate: '1968-03-14',
    phones: ['138 1234 4471', '010-88886666'],
  };
  it.each([
    ['name and birthday', { name: '阿卜杜热合曼买买提', birthDate: '0314' }, true],
    ['the whole birth date', { name: '阿卜杜热合曼 • 买买提', birthDate: '1968-03-14' }, true],
    ['a birthday in words', { name: '阿卜杜热合曼·买买提', birthDate: '3月14日' }, true],
    ['eight digits', { birthDate: '19680314', phone: '4471' }, true],
    ['full-width digits', { birthDate: '０３１４', phone: '４４７１' }, true],
    ['name and the other number', { name: '阿卜杜热合曼·买买提', phone: '6666' }, true],
    ['one alone', { name: '阿卜杜热合曼·买买提' }, false],
    ['nothing', {}, false],
    ['another day', { name: '阿卜杜热合曼·买买提', birthDate: '0315' }, false],
    ['day and month the other way round', { name: '阿卜杜热合曼·买买提', birthDate: '1403' }, false],
    ['another year', { name: '阿卜杜热合曼·买买提', birthDate: '1969-03-14' }, false],
    ['another name, though two agree', { name: '买买提', birthDate: '0314', phone: '4471' }, false],
    ['three digits of a number', { name: '阿卜杜热合曼·买买提', phone: '471' }, false],
    ['a year alone', { name: '阿卜杜热合曼·买买提', birthDate: '1968' }, false],
  ])('%s: %j', (_, heard, expected) => {
    expect(isIdentified(identify(heard, known))).toBe(expected);
  });

  it.each([
    ['李建国', 'ljg', true],
    ['李建国', 'ＬＪＧ', true],
    ['单雄信', 'sxx', true],
    ['单雄信', 'dxx', true],
    ['李建国', 'lj', false],
    ['李建国', 'l', false],
    ['李', 'l', false],
  ])('%s is known by %s: %s', (name, letters, expected) => {
    expect(isIdentified(identify({ name: letters, birthDate: '0314' }, { ...known, name }))).toBe(expected);
  });

  it('nothing on record agrees with nothing', () => {
    const nobody = { name: null, birthDate: '1968', phones: [] };
    expect(identify({ name: '', birthDate: '', phone: '' }, nobody).agreed).toEqual([]);
    expect(identify({ birthDate: '1968' }, nobody).agreed).toEqual([]);
  });
});

describe('who may hear', () => {
  const grown = { isDeceased: false, ageYears: 40, guardianBelow: 18 };
  const child = { ...grown, ageYears: 13 };
  it.each([
    ['self', true, grown, false, 'may-hear'],
    ['self', true, grown, true, 'may-hear'],
    ['self', true, child, false, 'guardian-only'],
    ['guardian', false, child, false, 'may-hear'],
    ['guardian', false, child, true, 'sensitive'],
    ['guardian', true, grown, false, 'not-a-minor'],
    ['relative', true, grown, false, 'may-hear'],
    ['relative', true, grown, true, 'sensitive'],
    ['relative', false, grown, false, 'no-consent'],
    ['relative', true, child, false, 'guardian-only'],
    ['other', true, grown, false, 'ring-the-centre'],
    ['self', true, { ...grown, ageYears: null }, false, 'may-hear'],
    ['self', true, { ...grown, isDeceased: true }, false, 'deceased'],
  ] as const)(
    '%s (consent %j) of %j, sensitive %j: %s',
    (answeredBy, hasConsent, about, isSensitive, expected) => {
      expect(mayHear({ answeredBy, hasConsent }, about, isSensitive)).toBe(expected);
    },
  );

  it('a sensitive result is never for anybody but the person', () => {
    for (const answeredBy of ANSWERERS)
      for (const ageYears of [0, 13, 17, 18, 90, null])
        if (mayHear({ answeredBy, hasConsent: true }, { ...grown, ageYears }, true) === 'may-hear')
          expect(answeredBy).toBe('self');
  });
});

describe('the read-back', () => {
  it.each([
    ['potassium', '6.8 mmol/L', '6.8', 'mmol/L', true],
    ['potassium', '6.8 mmol/L', '6.80', 'mmol/L', true],
    ['potassium', '6.83 mmol/L', '6.8', 'mmol/L', true],
    ['potassium', '6.8 mmol/L', '8.6', 'mmol/L', false],
    ['potassium', '6.8 mmol/L', '6.9', 'mmol/L', false],
    ['potassium', '6.8 mmol/L', '7', 'mmol/L', false],
    ['potassium', '6.8 mmol/L', '6.8', undefined, false],
    ['potassium', '6.8 mmol/L', '6.8', 'g/L', false],
    ['potassium', '6.8 mmol/L', '', 'mmol/L', false],
    ['potassium', '6.8 mmol/L', '血钾高', 'mmol/L', false],
    ['potassium', '6.8 mmol/L', '６.８', 'mmol/l', true],
    ['hb', '48 g/L', '4.8', 'g/dL', true],
    ['hb', '48 g/L', '48', 'g/dL', false],
    ['hb', '65.4 g/L', '65', 'g/L', true],
    ['hb', '65.4 g/L', '66', 'g/L', false],
    ['glucose-fasting', '7.0 mmol/L', '126', 'mg/dL', true],
    ['glucose-fasting', '27.4 mmol/L', '27', 'mmol/L', true],
    ['glucose-fasting', '7.0 mmol/L', '136', 'mg/dL', false],
    ['creatinine', '158.4 umol/L', '158', 'μmol/L', true],
    ['wbc', '2.1 10*9/L', '2.1', '×10⁹/L', true],
    ['wbc', '2.1 10*9/L', '2100', '/uL', true],
    ['wbc', '2.1 10*9/L', '2.1', '10*12/L', false],
    ['creatinine', '>1000 umol/L', '>1000', 'umol/L', true],
    ['creatinine', '>1000 umol/L', '1000', 'umol/L', false],
    ['hiv', '阳性', '阳性', undefined, true],
    ['hiv', '阳性', '阴性', undefined, false],
  ])('of %s %s: “%s %s” is %j', (analyte, asSent, value, unit, expected) => {
    expect(isReadBack({ value, unit }, { analyte, asSent }, understand)).toBe(expected);
  });

  it('of a conclusion in words only asks that something was repeated', () => {
    expect(isReadBack({ value: '右肺占位' }, null, understand)).toBe(true);
    expect(isReadBack({ value: ' ' }, null, understand)).toBe(false);
  });

  it('never takes a value for one that is further off than its rounding', () => {
    const tenths = fc.integer({ min: 1, max: 400 }).map((n) => (n / 10).toFixed(1));
    fc.assert(
      fc.property(tenths, tenths, (stored, said) => {
        const spoken = { analyte: 'potassium', asSent: `${stored} mmol/L` };
        expect(isReadBack({ value: said, unit: 'mmol/L' }, spoken, understand)).toBe(stored === said);
      }),
    );
  });
});

describe('after a call', () => {
  const call = { attempts: 1, atLeast: 3, numbersLeft: 1 };
  it.each([
    ['told', {}, 'ask-what-became-of-it'],
    ['reached', {}, 'go-on'],
    ['no-answer', {}, 'call-again'],
    ['busy', { attempts: 3 }, 'ask-the-doctor'],
    ['no-answer', { attempts: 3, numbersLeft: 2 }, 'other-number'],
    ['wrong-number', {}, 'other-number'],
    ['wrong-number', { numbersLeft: 0 }, 'find-a-number'],
    ['no-phone', {}, 'find-a-number'],
    ['refused', {}, 'ask-the-doctor'],
    ['other-answered', {}, 'call-again'],
    ['call-back', {}, 'call-again'],
  ] as const)('%s %j: %s', (outcome, more, expected) => {
    expect(nextStep({ ...call, ...more, outcome })).toBe(expected);
  });

  it('there is always a next step', () => {
    for (const outcome of ATTEMPT_OUTCOMES)
      for (const attempts of [1, 3, 9])
        for (const numbersLeft of [0, 1, 2])
          expect(nextStep({ outcome, attempts, atLeast: 3, numbersLeft })).toBeTruthy();
  });
});
