import { type AnalyteCatalogue, type Bilingual } from './catalogue.js';

const OF_THE_PERSON: Readonly<Record<string, Bilingual>> = {
  age: { zh: '年龄', en: 'age' },
  sex: { zh: '性别', en: 'sex' },
  pregnant: { zh: '是否妊娠', en: 'pregnancy' },
  'care-setting': { zh: '就诊类别', en: 'care setting' },
};
const GROUPS: Readonly<Record<string, Bilingual>> = {
  'tumour-marker': { zh: '肿瘤标志物', en: 'tumour markers' },
  'solid-tumour-marker': { zh: '实体瘤标志物', en: 'markers of solid tumours' },
};
const KIND: Readonly<Record<string, Bilingual>> = {
  history: { zh: '病史', en: 'history of' },
  family: { zh: '家族史', en: 'family history of' },
  medication: { zh: '用药', en: 'medication:' },
};

/** What a fact is called: an analyte, a group of them, a derived value, or something of the person. */
export function nameOfFact(fact: string, catalogue: AnalyteCatalogue): Bilingual {
  const analyte = catalogue.get(fact);
  if (analyte) return analyte.names;
  const answer = catalogue.answer(fact);
  const kind = KIND[fact.slice(0, fact.indexOf('.'))];
  if (answer && kind) return { zh: `${answer.names.zh}${kind.zh}`, en: `${kind.en} ${answer.names.en}` };
  return OF_THE_PERSON[fact] ?? GROUPS[fact] ?? { zh: fact, en: fact };
}
