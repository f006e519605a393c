import { type Window } from '../over.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

/** UCUM units of time in milliseconds: `mo` is 30.4375 d and `a` 365.25 d, as UCUM defines them. */
export const TIME_UNITS: Readonly<Record<string, number>> = {
  s: SECOND_MS,
  min: 60 * SECOND_MS,
  h: 3600 * SECOND_MS,
  d: DAY_MS,
  wk: 7 * DAY_MS,
  mo: 30.4375 * DAY_MS,
  a: 365.25 * DAY_MS,
};

/** Longer than anybody lives; what lies further back has no date to compute with. */
const LONGEST_MS = 150 * 365.25 * DAY_MS;

/** `7 d`, `48 h`, `3 mo`, `1 a`. Null, with a fault, when it is none. */
export function readWindow(node: SourceNode, faults: FaultList): Window | null {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(String(node.value)) ?? [];
  const ms = unit === undefined ? undefined : TIME_UNITS[unit];
  const length = Number(amount) * (ms ?? Number.NaN);
  if (amount === undefined || unit === undefined || !(length > 0 && length <= LONGEST_MS)) {
    faults.add(node, 'bad-window', { found: asWritten(node), expected: '90 d' });
    return null;
  }
  return { written: `${amount} ${unit}`, ms: length };
}
