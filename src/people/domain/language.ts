/** What messages can be written in. */
export type Language = 'zh' | 'en';

interface Spoken {
  language: fhir4.CodeableConcept;
  preferred?: boolean;
}

const CHINESE = /^(?:zh|cmn|yue|wuu|nan|hak)\b|汉语|中文|普通话|粤语|国语|chinese|mandarin/i;

/**
 * The language in which somebody is written to (`communication` of their record): the one they prefer, else Chinese
 * where it is one of theirs. Whoever reads neither is written to in English. Null where the record says nothing.
 */
export function languageOf(spoken: readonly Spoken[] | undefined): Language | null {
  const known = (spoken ?? []).filter(({ language }) => wordsOf(language).length > 0);
  const preferred = known.filter((one) => one.preferred);
  const among = preferred.length > 0 ? preferred : known;
  if (among.length === 0) return null;
  return among.some(({ language }) => wordsOf(language).some((word) => CHINESE.test(word))) ? 'zh' : 'en';
}

function wordsOf({ coding = [], text }: fhir4.CodeableConcept): string[] {
  const words = [...coding.flatMap(({ code, display }) => [code, display]), text];
  return words.filter((word): word is string => word !== undefined && word !== '');
}
