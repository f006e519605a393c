import { exactly, type MeasuredValue, type OwnLimit } from '../../kernel/index.js';
import { CAN_MEET, CAN_MISS } from './compare.js';
import { reachOfOwnLimit } from './own-limit.js';

const EITHER = CAN_MEET | CAN_MISS;
const number = (text: string): MeasuredValue => ({ kind: 'number', interval: exactly(text), unit: 'U/L' });
const upTo = (high: string, highInclusive = true): OwnLimit => ({ from: 'range', high, highInclusive, unit: 'U/L' });
const flagged = (flag: 'above' | 'within'): OwnLimit => ({ from: 'interpretation', flag });

it.each<[string, string, OwnLimit | null, string, number, number]>([
  ['at the limit', '40', upTo('40'), '1', CAN_MISS, CAN_MEET],
  ['at a limit printed as <40', '40', upTo('40', false), '1', CAN_MEET, CAN_MEET],
  ['below fifteen times the limit', '599', upTo('40'), '15', CAN_MISS, CAN_MISS],
  ['at fifteen times the limit', '600', upTo('40'), '15', CAN_MISS, CAN_MEET],
  ['beyond it', '601', upTo('40'), '15', CAN_MEET, CAN_MEET],
  ['flagged within', '5', flagged('within'), '1', CAN_MISS, EITHER],
  ['flagged within, a multiple', '5', flagged('within'), '2', CAN_MISS, CAN_MISS],
  ['flagged above', '5', flagged('above'), '1', CAN_MEET, CAN_MEET],
  ['flagged above, by how much is not said', '5', flagged('above'), '2', EITHER, EITHER],
  ['without a limit', '5', null, '2', EITHER, EITHER],
])('%s: above, and at least', (_case, value, limit, times, above, atLeast) => {
  expect(reachOfOwnLimit(number(value), limit, times, false)).toBe(above);
  expect(reachOfOwnLimit(number(value), limit, times, true)).toBe(atLeast);
});
