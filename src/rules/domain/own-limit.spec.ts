import { exactly, type MeasuredValue, type OwnLimit, type OwnLowerLimit } from '../../kernel/index.js';
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
  const asked = { end: 'high', times } as const;
  expect(reachOfOwnLimit({ value: number(value), ownLimit: limit }, { ...asked, inclusive: false })).toBe(above);
  expect(reachOfOwnLimit({ value: number(value), ownLimit: limit }, { ...asked, inclusive: true })).toBe(atLeast);
});

const from = (low: string, lowInclusive = true): OwnLowerLimit => ({ from: 'range', low, lowInclusive, unit: 'U/L' });
const marked = (flag: 'below' | 'within'): OwnLowerLimit => ({ from: 'interpretation', flag });

it.each<[string, string, OwnLowerLimit | undefined, string, number, number]>([
  ['at the lower limit', '12', from('12'), '1', CAN_MISS, CAN_MEET],
  ['at a limit printed as >12', '12', from('12', false), '1', CAN_MEET, CAN_MEET],
  ['above half the limit', '6.1', from('12'), '0.5', CAN_MISS, CAN_MISS],
  ['at half the limit', '6', from('12'), '0.5', CAN_MISS, CAN_MEET],
  ['below it', '5.9', from('12'), '0.5', CAN_MEET, CAN_MEET],
  ['marked as not below', '13', marked('within'), '1', CAN_MISS, EITHER],
  ['marked as not below, half of it', '13', marked('within'), '0.5', CAN_MISS, CAN_MISS],
  ['marked as below', '11', marked('below'), '1', CAN_MEET, CAN_MEET],
  ['marked as below, by how much is not said', '11', marked('below'), '0.5', EITHER, EITHER],
  ['without a lower limit, whatever the upper one', '11', undefined, '1', EITHER, EITHER],
])('%s: below, and at most', (_case, value, ownLower, times, below, atMost) => {
  const measurement = { value: number(value), ownLimit: upTo('40'), ownLower };
  expect(reachOfOwnLimit(measurement, { end: 'low', times, inclusive: false })).toBe(below);
  expect(reachOfOwnLimit(measurement, { end: 'low', times, inclusive: true })).toBe(atMost);
});
