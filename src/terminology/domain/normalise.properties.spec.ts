import fc from 'fast-check';
import { vocabulary } from '../../../test/support/measure.js';
import { compareDecimals, type Interval } from '../../kernel/index.js';
import { NO_CONTEXT } from './context.js';
import { type Observation } from './fhir-input.js';
import { normalise } from './normalise.js';

const codes = vocabulary.analytes.flatMap((analyte) => analyte.loinc);
const code = fc.oneof(
  fc.constantFrom(...codes).map((one) => ({ coding: [{ system: 'http://loinc.org', code: one }] })),
  fc.constantFrom(...vocabulary.analytes).map(({ names }) => ({ text: names.zh })),
  fc.record({ text: fc.string({ unit: 'binary' }) }),
);
const unit = fc.oneof(
  fc.constantFrom('mg/dL', 'mmol/L', '10^9/L', '/HP', '%', '1', '+', 'g/L', '{x}', '[pH]', 'K/uL', ''),
  fc.string({ unit: 'binary', maxLength: 80 }),
);
const quantity = fc.record(
  {
    value: fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -10, max: 5_000 }),
    ),
    comparator: fc.constantFrom('<', '<=', '>=', '>'),
    unit,
    code: unit,
    system: fc.constantFrom('http://unitsofmeasure.org', 'urn:other'),
  },
  { requiredKeys: [] },
);
const words = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom(...'0123456789.<>≤-~～+±()（）阴阳性弱强:/HPmgL↑ 未见'.split('')), {
      maxLength: 12,
    })
    .map((all) => all.join('')),
);
const value = fc.oneof(
  fc.record({ valueQuantity: quantity }),
  fc.record({ valueString: words }),
  fc.record({
    valueCodeableConcept: fc.record(
      { text: words, coding: fc.array(fc.record({ code: words, display: words }), { maxLength: 2 }) },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ valueRange: fc.record({ low: quantity, high: quantity }, { requiredKeys: [] }) }),
  fc.record({ valueRatio: fc.record({ numerator: quantity, denominator: quantity }, { requiredKeys: [] }) }),
  fc.record({ valueInteger: fc.integer() }),
  fc.record({ valueBoolean: fc.boolean() }),
);
const rest = fc.record(
  {
    referenceRange: fc.array(
      fc.record({ low: quantity, high: quantity, text: words }, { requiredKeys: [] }),
      { maxLength: 3 },
    ),
    interpretation: fc.constantFrom(
      [{ coding: [{ code: 'H' }] }],
      [{ text: '↑' }],
      [{ coding: [{ code: 'POS' }] }],
    ),
  },
  { requiredKeys: [] },
);

function expectOrdered({ low, high }: Interval): void {
  for (const end of [low, high]) if (end !== null) expect(end).toMatch(/^-?\d+(\.\d+)?$/);
  if (low !== null && high !== null) expect(compareDecimals(low, high)).toBeLessThanOrEqual(0);
}

describe('whatever a laboratory sends', () => {
  it('is read or doubted, never thrown at, and every interval is ordered decimal text', () => {
    fc.assert(
      fc.property(code, value, rest, (concept, valued, more) => {
        const observation = {
          resourceType: 'Observation',
          status: 'final',
          code: concept,
          ...valued,
          ...more,
        } as Observation;
        for (const one of normalise(observation, NO_CONTEXT, vocabulary)) {
          if (one.value && 'interval' in one.value) expectOrdered(one.value.interval);
          if (one.value?.kind === 'unit-unknown') one.value.readings.forEach(expectOrdered);
          if (one.ownLimit?.from === 'range') expect(one.ownLimit.high).toMatch(/^-?\d+(\.\d+)?$/);
          if (one.analyte !== null) expect(vocabulary.get(one.analyte)).toBeDefined();
          if (one.value === null && one.asSent !== '' && one.doubts.length === 0) expect(one.asSent).toBe('');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no longer for hostile texts', () => {
    const hostile = [
      '('.repeat(1e6),
      '+'.repeat(1e6),
      '1'.repeat(1e6),
      '~-'.repeat(5e5),
      ' '.repeat(1e6),
      '餐后'.repeat(5e5),
      '{'.repeat(1e6),
      '1/'.repeat(5e5),
    ];
    const started = performance.now();
    for (const text of hostile) {
      for (const observation of [
        { code: { text }, valueString: text },
        { code: { text: '血糖' }, valueString: text, referenceRange: [{ text }] },
        { code: { text: '血糖' }, valueQuantity: { value: 1, unit: text }, interpretation: [{ text }] },
        { code: { text: '尿蛋白' }, valueCodeableConcept: { text } },
      ]) {
        normalise({ resourceType: 'Observation', ...observation }, NO_CONTEXT, vocabulary);
      }
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
