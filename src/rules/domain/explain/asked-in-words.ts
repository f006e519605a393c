import { printUnit } from '../../../terminology/domain/units/unit-spelling.js';
import { type AnalyteCatalogue, type Bilingual } from '../catalogue.js';
import { comparison, type Language, nameOf } from '../leaf-in-words.js';
import { type OverEvidence } from '../over.js';
import { windowInWords } from '../over-time-clause.js';
import { personClause } from '../person-clause.js';
import { type Leaf, type LeafEvidence } from '../rule.js';

const PERSON: Record<string, Bilingual> = {
  age: { zh: '年龄', en: 'age' },
  sex: { zh: '性别', en: 'sex' },
  pregnant: { zh: '妊娠', en: 'pregnancy' },
  'care-setting': { zh: '就诊类型', en: 'care setting' },
};
const AGE: Record<string, Bilingual> = { a: { zh: ' 岁', en: ' years' }, d: { zh: ' 天', en: ' days' } };
const PREGNANT: Record<string, Bilingual> = {
  true: { zh: '妊娠', en: 'pregnant' },
  false: { zh: '未妊娠', en: 'not pregnant' },
};

/** What a condition looks at is called; of a group the analyte that decided. */
export function nameIn({ analyte, fact }: Pick<LeafEvidence, 'analyte' | 'fact'>, catalogue: AnalyteCatalogue): Bilingual {
  const answer = catalogue.answer(fact);
  const known = PERSON[fact] ?? answer?.names;
  return known ?? { zh: nameOf({ analyte, fact }, catalogue, 'zh'), en: nameOf({ analyte, fact }, catalogue, 'en') };
}

/** A fact of the person in words: `女性`, `有糖尿病史`; a number with its unit. */
export function personInWords(fact: string, word: string, unit: string | null, catalogue: AnalyteCatalogue): Bilingual {
  if (fact === 'age') {
    const age = AGE[unit ?? 'a'];
    return { zh: `${word}${age?.zh ?? ''}`, en: `${word}${age?.en ?? ''}` };
  }
  if (fact === 'pregnant') return PREGNANT[word] ?? { zh: word, en: word };
  const said = (language: Language) => personClause({ fact, converted: word }, catalogue, language) ?? word;
  return { zh: said('zh'), en: said('en') };
}

/** A condition as it is asked, without the `not` before it: `血红蛋白 低于 60 g/L`. */
export function askedInWords(leaf: Leaf, seen: LeafEvidence, catalogue: AnalyteCatalogue): Bilingual {
  const name = nameIn(seen, catalogue);
  return { zh: asked(leaf, seen, name.zh, catalogue, 'zh'), en: asked(leaf, seen, name.en, catalogue, 'en') };
}

function asked(leaf: Leaf, seen: LeafEvidence, name: string, catalogue: AnalyteCatalogue, language: Language): string {
  const { threshold } = leaf;
  if (threshold.kind === 'text') return `${name} ${comparison({ ...seen, negated: false, threshold: threshold.lexicon.title[language] }, language)}`;
  if (threshold.kind === 'person-word') {
    const words = [...threshold.words].map((word) => personInWords(leaf.fact, word, null, catalogue)[language]);
    const not = threshold.inside ? '' : { zh: '不是', en: 'not ' }[language];
    return `${name}${language === 'zh' ? '：' : ': '}${not}${words.join(language === 'zh' ? '或' : ' or ')}`;
  }
  if (leaf.fact === 'age') {
    const limit = personInWords('age', seen.threshold, seen.unit, catalogue)[language];
    return `${name} ${comparison({ ...seen, negated: false, threshold: limit }, language)}`;
  }
  const compared = comparison({ ...seen, negated: false }, language);
  const unit = seen.unit === null ? '' : printUnit(seen.unit);
  const limit = `${compared}${seen.over?.relative ? '%' : unit && ` ${unit}`}`;
  return seen.over ? `${name} ${overInWords(seen.over, language)} ${limit}` : `${name} ${limit}`;
}

/** How a condition looks back: `90天内较最低值的上升`. */
function overInWords(over: OverEvidence, language: Language): string {
  const within = over.within === undefined ? '' : windowInWords(over.within, language);
  const per = over.per === undefined ? '' : windowInWords(over.per.includes(' ') ? over.per : `1 ${over.per}`, language);
  const held = over.when ? comparison({ ...over.when, threshold: over.when.written, negated: false }, language) : '';
  const zh: Record<OverEvidence['kind'], string> = {
    latest: '最近一次',
    previous: '上一次',
    change: '较上一次的变化',
    rise: '较其间最低值的上升',
    fall: '较其间最高值的下降',
    rate: `平均每${per}的变化`,
    count: `最近${over.visits}次就诊中「${held}」的次数`,
    confirmed: '本次与另一天复查均',
    'ever-before': '此前曾经',
  };
  const en: Record<OverEvidence['kind'], string> = {
    latest: 'latest',
    previous: 'last time',
    change: 'change since the last time',
    rise: 'rise from the lowest',
    fall: 'fall from the highest',
    rate: `change per ${per}`,
    count: `times "${held}" in the last ${over.visits} visits`,
    confirmed: 'now and on another day',
    'ever-before': 'ever before',
  };
  if (language === 'zh') return `${within && `${within}内`}${zh[over.kind]}`;
  return `${en[over.kind]}${within && ` within ${within}`}`;
}
