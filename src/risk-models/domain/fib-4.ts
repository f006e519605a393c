import { Decimal } from 'decimal.js';
import { aged, positive } from './inputs.js';
import { defineModel, type Digits } from './model.js';

export interface Fib4Input {
  /** Completed years. */
  age: number;
  /** U/L. */
  ast: Digits;
  /** U/L. */
  alt: Digits;
  /** Platelets, 10⁹/L. */
  plt: Digits;
}

function exactIndex({ age, ast, alt, plt }: Fib4Input): Decimal {
  return new Decimal(ast).times(age).div(new Decimal(alt).sqrt().times(plt));
}

/** Far more than doubles err by below `LARGEST`, and far less than a digit that is printed. */
const NEAR = 1e-6;
const LARGEST = 1e5;

/** Neither a number that is printed nor halfway between two: digits beyond those of a double decide nothing. */
function isClear(index: number): boolean {
  const halves = index * 200;
  return index < LARGEST && Math.abs(halves - Math.round(halves)) > NEAR;
}

/** From this age on more is needed to be more than low. */
const OLDER = 65;

/**
 * Fibrosis of the liver: age · AST / (PLT · √ALT). Below 1.3 (2.0 from 65 years on) low, above 2.67 high. Unreliable below
 * 35 years, and in acute hepatitis, which this does not see.
 */
export const FIB_4 = defineModel<Fib4Input>({
  id: 'fib-4',
  title: { zh: '肝纤维化指数(FIB-4)', en: 'Fibrosis-4 index (FIB-4)' },
  version: '1',
  source: 'FIB-4 (domain notes 06 §6, found R11)',
  unit: '1',
  decimals: 2,
  inputs: { age: aged(35), ast: positive('U/L'), alt: positive('U/L'), plt: positive('10*9/L') },
  classes: {
    low: { zh: '低', en: 'low' },
    indeterminate: { zh: '不确定', en: 'indeterminate' },
    high: { zh: '高', en: 'high' },
  },
  uncertainty: {
    zh: '急性肝炎时不可用；35岁以下不可靠；65岁及以上下限为2.0',
    en: 'not in acute hepatitis; unreliable below 35 years; the lower limit is 2.0 from 65 years on',
  },
  compute: (input) => {
    const index = (Number(input.ast) * input.age) / (Math.sqrt(Number(input.alt)) * Number(input.plt));
    return isClear(index) ? index : exactIndex(input);
  },
  classOf: (index, { age }) => {
    if (index > 2.67) return 'high';
    return index < (age >= OLDER ? 2 : 1.3) ? 'low' : 'indeterminate';
  },
});
