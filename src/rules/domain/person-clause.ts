import { type AnalyteCatalogue, type Bilingual } from './catalogue.js';
import { type Language } from './leaf-in-words.js';
import { type LeafEvidence } from './rule.js';

const WORDS: Record<string, Record<string, Bilingual>> = {
  sex: { male: { zh: '男性', en: 'male' }, female: { zh: '女性', en: 'female' } },
  'care-setting': {
    inpatient: { zh: '住院', en: 'inpatient' },
    outpatient: { zh: '门诊', en: 'outpatient' },
    checkup: { zh: '体检', en: 'at a checkup' },
    emergency: { zh: '急诊', en: 'in the emergency department' },
    home: { zh: '居家', en: 'at home' },
  },
};

/** A fact of the person in words, `有糖尿病史`; null for one that is a number and is said like a value. */
export function personClause(
  { fact, converted }: Pick<LeafEvidence, 'fact' | 'converted'>,
  catalogue: AnalyteCatalogue,
  language: Language,
): string | null {
  const answer = catalogue.answer(fact);
  if (answer) return answerClause(fact, answer.names, converted === 'true')[language];
  return WORDS[fact]?.[converted ?? '']?.[language] ?? null;
}

function answerClause(fact: string, names: Bilingual, isSo: boolean): Bilingual {
  // `Type 2 diabetes` within a sentence, but `CKD`.
  const en = /^[A-Z][a-z]/.test(names.en) ? names.en[0]?.toLowerCase() + names.en.slice(1) : names.en;
  if (fact.startsWith('medication.')) {
    return isSo ? { zh: `正在使用${names.zh}`, en: `takes ${en}` } : { zh: `未使用${names.zh}`, en: `takes no ${en}` };
  }
  const kind = fact.startsWith('family.') ? { zh: '家族史', en: 'family history' } : { zh: '史', en: 'history' };
  return { zh: `${isSo ? '有' : '无'}${names.zh}${kind.zh}`, en: `${isSo ? '' : 'no '}${kind.en} of ${en}` };
}
