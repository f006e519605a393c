import { type Bilingual, type Rule } from '../../rules/index.js';
import { type LevelCause } from './level.js';
import { type Unsettled } from './level-assessment.js';

/** What stands in the way of judging one fact. */
const WHY: Readonly<Record<Unsettled['why'], (fact: Bilingual) => Bilingual>> = {
  'not-measured': ({ zh, en }) => ({ zh: `未查${zh}`, en: `${en} was not measured` }),
  ordered: ({ zh, en }) => ({ zh: `${zh}已开单，结果未回`, en: `${en} is ordered and not yet in` }),
  uncertain: ({ zh, en }) => ({ zh: `${zh}的结果不足以判断`, en: `${en} says too little` }),
  'no-limit': ({ zh, en }) => ({ zh: `${zh}没有参考限值`, en: `${en} came without its reference limit` }),
  'not-known': ({ zh, en }) => ({ zh: `${zh}不详`, en: `${en} is not on record` }),
};

/** `肾脏：未查肌酐，可能到 1 级` */
export function undecidedInWords(
  domain: Bilingual,
  could: number,
  missing: readonly { fact: Bilingual; why: Unsettled['why'] }[],
): Bilingual {
  const reasons = missing.map(({ fact, why }) => WHY[why](fact));
  return {
    zh: `${domain.zh}：${[...reasons.map(({ zh }) => zh), `可能到 ${could} 级`].join('，')}`,
    en: `${domain.en}: ${[...reasons.map(({ en }) => en), `could be level ${could}`].join(', ')}`,
  };
}

/** `乳腺：这次检查还不能下结论，请一个月内按报告建议补做检查` */
export function cannotBeJudgedInWords(
  domain: Bilingual,
  { title, event: { advice } }: Pick<Rule, 'title' | 'event'>,
): Bilingual {
  const zh = advice?.zh ?? title.zh;
  return { zh: `${domain.zh}：${zh}`, en: `${domain.en}: ${advice?.en ?? (advice ? zh : title.en)}` };
}

/** Domains of which nothing can be said. */
export function notEvaluableInWords(domains: readonly Bilingual[]): Bilingual {
  return {
    zh: `未评估：${domains.map(({ zh }) => zh).join('、')}`,
    en: `Not evaluated: ${domains.map(({ en }) => en).join(', ')}`,
  };
}

export function missingBasicInWords(items: readonly Bilingual[]): Bilingual {
  return {
    zh: `基本项目不全，缺：${items.map(({ zh }) => zh).join('、')}`,
    en: `The basic set is incomplete, without: ${items.map(({ en }) => en).join(', ')}`,
  };
}

export function notPredictedInWords(model: Bilingual, missing: Bilingual): Bilingual {
  return {
    zh: `${model.zh}未计算：缺${missing.zh}`,
    en: `${model.en} was not computed, without: ${missing.en}`,
  };
}

export const BELOW_AGE: Bilingual = {
  zh: '未满 18 岁，成人分层不适用',
  en: 'Below 18 years of age: the levels are for adults',
};

/** Whether a value of diagnostic size waits for a repeat, or repeats have confirmed it; null where it needs none. */
export function repeatsInWords({
  isSuspected,
  seenOn,
}: Pick<LevelCause, 'isSuspected' | 'seenOn'>): Bilingual | null {
  if (!seenOn) return isSuspected ? { zh: '待复查证实', en: 'to be confirmed' } : null;
  const { days, from, to } = seenOn;
  return isSuspected
    ? {
        zh: `已有 ${days} 天达到，${from} 至 ${to}，还需复查证实`,
        en: `reached on ${days} days, ${from} to ${to}; still to be confirmed`,
      }
    : { zh: `${days} 天复查证实，${from} 至 ${to}`, en: `confirmed on ${days} days, ${from} to ${to}` };
}
