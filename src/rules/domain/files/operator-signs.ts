import { type Comparison } from '../compare.js';

const SIGNS: Readonly<Record<Comparison, readonly string[]>> = {
  lessThan: ['<', '＜', '﹤', '小于', '低于', '少于'],
  lessThanInclusive: ['<=', '≤', '≦', '⩽', '＜=', '＜＝', '小于等于', '小于或等于', '不大于', '不高于', '不超过'],
  greaterThan: ['>', '＞', '﹥', '大于', '高于', '超过'],
  greaterThanInclusive: ['>=', '≥', '≧', '⩾', '＞=', '＞＝', '大于等于', '大于或等于', '不小于', '不低于', '达到', '达到或超过'],
  equal: ['=', '==', '＝', '等于', '是'],
  notEqual: ['!=', '<>', '≠', '不等于', '不是'],
};

/** The operator that a sign or word means. It is refused all the same: files read alike for everybody, and in every editor. */
export const OPERATOR_MEANT: ReadonlyMap<string, Comparison> = new Map(
  Object.entries(SIGNS).flatMap(([operator, signs]) => signs.map((sign) => [sign, operator as Comparison] as const)),
);
