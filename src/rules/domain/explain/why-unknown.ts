import { type AnalyteCatalogue, type Bilingual } from '../catalogue.js';
import { type Leaf, type LeafEvidence } from '../rule.js';
import { nameIn } from './asked-in-words.js';
import { type Unknown } from './explanation.js';
import { type SeenLeaf } from './leaf-again.js';
import { factAgain, valuesSeen } from './seen-again.js';

type Why = Pick<Unknown, 'why' | 'settledBy'>;

/** Why a condition could not be decided, and what would decide it. */
export function whyUnknown({ leaf, seen }: SeenLeaf, isAssumed: boolean, catalogue: AnalyteCatalogue): Unknown {
  const name = nameIn(seen, catalogue);
  const { why, settledBy } = reasonOf(leaf, seen, catalogue);
  const taken: Bilingual = isAssumed ? { zh: '，按较严的一侧处理', en: ', taken on the stricter side' } : { zh: '', en: '' };
  return { condition: leaf.index, name, why: { zh: why.zh + taken.zh, en: why.en + taken.en }, settledBy };
}

function reasonOf(leaf: Leaf, seen: LeafEvidence, catalogue: AnalyteCatalogue): Why {
  if (leaf.analytes.size === 0) return REASONS.person;
  const values = valuesSeen(leaf, seen);
  const [first] = values;
  if (seen.asSent === null && !first) return leaf.over ? REASONS.noEarlier : REASONS.noResult;
  if (values.some(({ isUnitKnown, converted }) => !isUnitKnown && converted === '')) return REASONS.unreadable;
  if (values.some(({ isUnitKnown }) => !isUnitKnown)) return REASONS.unit;
  if (leaf.threshold.kind === 'own-limit' && seen.unit === null) return leaf.threshold.end === 'low' ? REASONS.noLowerLimit : REASONS.noLimit;
  if (first && factAgain(first, catalogue).measurement.value?.kind === 'implausible') return REASONS.implausible;
  if (first?.converted === null) return REASONS.unreadable;
  if (leaf.over) return seen.converted === null ? REASONS.noEarlier : REASONS.straddles;
  return leaf.threshold.kind === 'text' ? REASONS.text : REASONS.straddles;
}

const REASONS = {
  person: {
    why: { zh: '档案中没有记录', en: 'it is not on record' },
    settledBy: { zh: '把它记入档案', en: 'having it recorded' },
  },
  noResult: {
    why: { zh: '没有结果', en: 'there is no result' },
    settledBy: { zh: '做这项检验', en: 'a result of this test' },
  },
  noEarlier: {
    why: { zh: '没有足够的以前结果可比', en: 'there are not enough results before to compare with' },
    settledBy: { zh: '规定时间内的以前结果，或复查', en: 'a result of before within the window, or a repeat' },
  },
  unit: {
    why: { zh: '单位缺失或不明', en: 'the unit is missing or not understood' },
    settledBy: { zh: '由实验室补上单位', en: 'the unit, from the laboratory' },
  },
  noLimit: {
    why: { zh: '报告没有可用的参考上限', en: 'the report carries no upper limit that can be used' },
    settledBy: { zh: '报告补上参考上限', en: 'the upper limit of the report' },
  },
  noLowerLimit: {
    why: { zh: '报告没有可用的参考下限', en: 'the report carries no lower limit that can be used' },
    settledBy: { zh: '报告补上参考下限', en: 'the lower limit of the report' },
  },
  implausible: {
    why: { zh: '数值超出人体可能的范围', en: 'the number is beyond what is possible' },
    settledBy: { zh: '由实验室核实，或复查', en: 'a check by the laboratory, or a repeat' },
  },
  unreadable: {
    why: { zh: '结果读不懂', en: 'the result cannot be read' },
    settledBy: { zh: '由实验室更正', en: 'a correction by the laboratory' },
  },
  text: {
    why: { zh: '结论的意思不能确定', en: 'what the conclusion means is not certain' },
    settledBy: { zh: '由医生读原文判断', en: 'a doctor who reads the text' },
  },
  straddles: {
    why: { zh: '结果可能在界值的任一侧', en: 'the result may be on either side of the limit' },
    settledBy: { zh: '一个确定的数值', en: 'one definite value' },
  },
} as const satisfies Record<string, Why>;
