import { inWords } from '../in-words.js';
import { CAN_MEET, CAN_MISS } from '../compare.js';
import { type Dimension, measureOf, measuresIn, reachOfMeasures } from './measures.js';

const given = (text: string, dimension: Dimension): string =>
  measuresIn(text, dimension)
    .map((interval) => inWords({ kind: 'number', interval, unit: '' }))
    .join(' ');

it.each<[string, Dimension, string]>([
  ['大小约12×10mm', 'length', '12 10'],
  ['大小约12mm×10mm', 'length', '12 10'],
  ['大小约1.2x0.9cm', 'length', '12 9'],
  ['大小约10.2*9.5*8cm', 'length', '102 95 80'],
  ['直径3.10cm', 'length', '31'],
  ['直径约10厘米', 'length', '100'],
  ['压缩约60%', 'share', '60'],
  ['狭窄50%-69%', 'share', '50–69'],
  ['狭窄50~69%', 'share', '50–69'],
  ['狭窄率>70%', 'share', '>70'],
  ['狭窄大于70%', 'share', '>70'],
  ['狭窄70%以上', 'share', '≥70'],
  ['狭窄不足50%', 'share', '<50'],
  ['狭窄≤50%', 'share', '≤50'],
  ['出血量约35ml', 'volume', '35'],
  ['停搏4.2秒', 'time', '4.2'],
  ['停搏4200ms', 'time', '4.2'],
  ['心室率38次/分', 'rate', '38'],
  ['心室率 38次/分钟', 'rate', '38'],
  ['HR 38 bpm', 'rate', '38'],
  ['HR 38/min', 'rate', '38'],
  ['抬高0.2mV', 'voltage', '0.2'],
  // Another dimension, no unit, a date, a level: no measure.
  ['大小约12×10mm', 'share', ''],
  ['BI-RADS 4类', 'length', ''],
  ['2024年3月', 'length', ''],
  ['L4-5椎间盘', 'length', ''],
  ['5s后', 'length', ''],
  ['12mmol', 'length', ''],
])('%s, %s: %s', (text, dimension, expected) => {
  expect(given(text, dimension)).toBe(expected);
});

it.each<[string, number | null]>([
  ['大小约9.9cm', CAN_MISS],
  ['大小约99×98mm', CAN_MISS],
  ['大小约10cm', CAN_MEET],
  ['大小约100×20mm', CAN_MEET],
  ['大小约9-11cm', CAN_MEET | CAN_MISS],
  ['大小不明', null],
])('at least 10 cm: %s', (text, expected) => {
  const measure = measureOf('greaterThanInclusive', '10', 'cm')!;
  expect(reachOfMeasures(measuresIn(text, 'length'), measure)).toBe(expected);
});

it('a limit in a unit that no report measures findings in is none', () => {
  expect(measureOf('greaterThan', '10', 'mmol/L')).toBeNull();
});
