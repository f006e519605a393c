import fc from 'fast-check';
import { packMeasurement, unpackMeasurement } from './packed-measurement.js';
import { type StoredMeasurement } from './stored-result.js';

const AT = '2026-03-02T02:00:00.000Z';
const decimal = fc.integer({ min: -9999, max: 99999 }).map((n) => String(n / 10));
const interval = fc.record({
  low: fc.option(decimal),
  high: fc.option(decimal),
  lowOpen: fc.boolean(),
  highOpen: fc.boolean(),
});
const exact = decimal.map((value) => ({ low: value, high: value, lowOpen: false, highOpen: false }));
const unit = fc.constantFrom('g/L', '10*9/L');
const value = fc.oneof(
  fc.record({ kind: fc.constant('number' as const), interval: fc.oneof(exact, interval), unit }),
  fc.record({ kind: fc.constant('ordinal' as const), interval: fc.oneof(exact, interval) }),
  fc.record({ kind: fc.constant('category' as const), category: fc.string() }),
  fc.record({ kind: fc.constant('text' as const), text: fc.string(), codings: fc.constant([{ code: 'x' }]) }),
  fc.record({ kind: fc.constant('unit-unknown' as const), readings: fc.array(interval), unit }),
  fc.record({ kind: fc.constant('implausible' as const), interval, unit }),
);
const measurement = fc.record(
  {
    component: fc.nat(40),
    analyte: fc.option(fc.constantFrom('wbc', 'hb')),
    value: fc.option(value),
    asSent: fc.string(),
    ownLimit: fc.option(
      fc.constantFrom(
        { from: 'interpretation' as const, flag: 'above' as const },
        { from: 'range' as const, high: '5', highInclusive: true, unit: 'ug/L' },
      ),
    ),
    ownLower: fc.constantFrom(
      { from: 'interpretation' as const, flag: 'below' as const },
      { from: 'range' as const, low: '4', lowInclusive: false, unit: 'g/L' },
      { from: 'range' as const, low: '4', lowInclusive: true, unit: 'g/L' },
    ),
    doubts: fc.array(fc.constant({ reason: 'no-limit' as const, detail: 'cea' })),
    freshFrom: fc.constantFrom(AT, '2026-03-01T00:00:00.000Z'),
    isHistory: fc.constant(true as const),
    contextKeys: fc.array(fc.string()),
    encounter: fc.string({ minLength: 1 }),
  },
  { requiredKeys: ['component', 'analyte', 'value', 'asSent', 'ownLimit', 'doubts', 'freshFrom'] },
) as fc.Arbitrary<StoredMeasurement>;

describe('a packed measurement', () => {
  it('unpacks to what was packed', () => {
    fc.assert(
      fc.property(measurement, (given) => {
        const { analyte, component } = given;
        expect(unpackMeasurement(packMeasurement(given, AT), { analyte, component, at: AT })).toEqual(given);
      }),
    );
  });

  it('is short for an exact number', () => {
    const given = unpackMeasurement(
      '{"asSent":"4.5 g/L","value":{"kind":"number","exact":"4.5","unit":"g/L"}}',
      {
        analyte: 'hb',
        component: 0,
        at: AT,
      },
    );
    expect(given.value).toEqual({
      kind: 'number',
      interval: { low: '4.5', high: '4.5', lowOpen: false, highOpen: false },
      unit: 'g/L',
    });
    expect(packMeasurement(given, AT)).toHaveLength(73);
    const ownLower = { from: 'range' as const, low: '4', lowInclusive: true, unit: 'g/L' };
    expect(packMeasurement({ ...given, ownLower }, AT)).toHaveLength(73 + ',"ownLower":"4"'.length);
  });
});
