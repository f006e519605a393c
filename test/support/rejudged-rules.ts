import { above, below, type TestRule } from './test-rules.js';

/** Three versions of the rules that differ on the sample: limits, classes, conditions, rules that come and go. */
export const OLD: TestRule[] = [
  { id: 'wbc', when: [below('wbc', 5, '10*9/L')] },
  { id: 'hb', when: [below('hb', 130, 'g/L')] },
  { id: 'alt', when: [above('alt', 30, 'U/L')] },
];
export const NEW: TestRule[] = [
  { id: 'wbc', when: [below('wbc', 6, '10*9/L')] },
  { id: 'hb', when: [below('hb', 120, 'g/L'), above('plt', 200, '10*9/L')], class: 'A' },
  { id: 'urate', when: [above('urate', 350, 'umol/L')], type: 'review' },
];
export const NEWER: TestRule[] = [
  { id: 'wbc', when: [below('wbc', 5.5, '10*9/L')], class: 'C' },
  { id: 'alt', when: [above('alt', 20, 'U/L')] },
];
