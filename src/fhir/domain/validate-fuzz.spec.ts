import fc from 'fast-check';
import { validateResource } from './validate.js';

/** A message as a laboratory sends it, valid, with most shapes that R4 has: choices, lists, siblings, contained. */
const VALID = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:0190a0c0-0000-7000-8000-000000000001',
      resource: {
        resourceType: 'Patient',
        identifier: [{ system: 'urn:mrn', value: '1' }],
        name: [
          {
            text: '欧阳芳',
            given: ['芳', null],
            _given: [null, { id: 'a', extension: [{ url: 'u', valueCode: 'x' }] }],
          },
        ],
        gender: 'female',
        birthDate: '1980-02-29',
      },
      request: { method: 'PUT', url: 'Patient?identifier=urn:mrn|1' },
    },
    {
      resource: {
        resourceType: 'Observation',
        contained: [{ resourceType: 'Specimen', id: 's', status: 'available' }],
        status: 'final',
        category: [
          {
            coding: [
              { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
            ],
          },
        ],
        code: { coding: [{ system: 'http://loinc.org', code: '6690-2' }], text: '白细胞' },
        subject: { reference: 'urn:uuid:0190a0c0-0000-7000-8000-000000000001' },
        effectiveDateTime: '2026-11-22T08:05:00+08:00',
        valueQuantity: {
          value: 2.9,
          comparator: '<',
          unit: '×10⁹/L',
          system: 'http://unitsofmeasure.org',
          code: '10*9/L',
        },
        referenceRange: [{ low: { value: 3.5 }, high: { value: 9.5 }, text: '3.5-9.5' }],
        component: [{ code: { text: '中性粒细胞' }, valueRange: { low: { value: 1 }, high: { value: 2 } } }],
      },
      request: { method: 'POST', url: 'Observation' },
    },
  ],
};

type Container = Record<string, unknown> | unknown[];
interface Place {
  path: (string | number)[];
  owner: Container;
}

const fresh = (): Container => structuredClone(VALID);

/** Every key and index of the message. */
function places(owner: Container, path: (string | number)[] = []): Place[] {
  const keys = Array.isArray(owner) ? owner.map((_, index) => index) : Object.keys(owner);
  return keys.flatMap((key) => {
    const at = [...path, key];
    const inner = (owner as Record<string | number, unknown>)[key];
    const below = typeof inner === 'object' && inner !== null ? places(inner as Container, at) : [];
    return [{ path: at, owner }, ...below];
  });
}

const ALL_PATHS = places(fresh()).map(({ path }) => path);
const samePath = (a: (string | number)[], b: (string | number)[]) => a.join('/') === b.join('/');

/** The message with one place changed. */
function changed(
  path: (string | number)[],
  change: (owner: Container, key: string | number) => void,
): Container {
  const message = fresh();
  const place = places(message).find((one) => samePath(one.path, path))!;
  change(place.owner, path.at(-1)!);
  return message;
}

const set = (value: unknown) => (owner: Container, key: string | number) => {
  (owner as Record<string | number, unknown>)[key] = value;
};

const anyPath = fc.constantFrom(...ALL_PATHS);
/** Where only an object or list may stand, or only one kind of primitive: anything but these kinds is wrong everywhere. */
const nowhereRight = fc.constantFrom<unknown>({}, [], '', { foo: 1 }, [[1]], Infinity);

describe('a message with one thing wrong', () => {
  it('was valid before', () => {
    expect(validateResource(VALID)).toEqual([]);
    expect(ALL_PATHS.length).toBeGreaterThan(60);
  });

  it('is refused when a value is of no kind that R4 has there', () => {
    fc.assert(
      fc.property(anyPath, nowhereRight, (path, value) => {
        const faults = validateResource(changed(path, set(value)));
        expect(faults.length).toBeGreaterThan(0);
        for (const fault of faults)
          expect(fault).toMatchObject({ path: expect.stringMatching(/^(Bundle|Resource)/) as string });
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused when anything is null that keeps no place', () => {
    const keepers = ['entry/0/resource/name/0/given/1', 'entry/0/resource/name/0/_given/0'];
    for (const path of ALL_PATHS) {
      const faults = validateResource(changed(path, set(null)));
      expect([path.join('/'), faults.length > 0]).toEqual([
        path.join('/'),
        !keepers.includes(path.join('/')),
      ]);
    }
  });

  it('is refused when an element has a name that R4 does not have', () => {
    fc.assert(
      fc.property(anyPath, fc.stringMatching(/^[a-z]{3,8}[0-9]$/), (path, name) => {
        fc.pre(typeof path.at(-1) === 'string');
        const faults = validateResource(changed(path, (owner) => set(1)(owner, name)));
        expect(faults.some((fault) => fault.path?.endsWith(`.${name}`))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused, with its name, when a required element is missing', () => {
    const required = [
      'type',
      'entry/1/request',
      'entry/1/request/method',
      'entry/1/request/url',
      'entry/1/resource/resourceType',
      'entry/1/resource/status',
      'entry/1/resource/code',
      'entry/1/resource/component/0/code',
      'entry/0/resource/name/0/_given/1/extension/0/url',
      'entry/1/resource/contained/0/resourceType',
    ];
    for (const name of required) {
      const path = ALL_PATHS.find((one) => one.join('/') === name)!;
      const faults = validateResource(
        changed(path, (owner, key) => delete (owner as Record<string, unknown>)[key]),
      );
      expect([name, faults.length, faults[0]?.path?.split('.').at(-1)]).toEqual([name, 1, path.at(-1)]);
    }
  });
});

describe('any input at all', () => {
  it('gets a verdict, never an exception', () => {
    fc.assert(
      fc.property(
        anyPath,
        fc.anything({ withBigInt: false, withNullPrototype: true, maxDepth: 4 }),
        (path, value) => {
          expect(validateResource(changed(path, set(value))).length).toBeLessThanOrEqual(20);
        },
      ),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(validateResource(value).length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('gets it soon, however large and wrong it is', () => {
    const keys = Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`a${index}`, 1]));
    const hostile = [
      { resourceType: 'Observation', ...keys },
      {
        resourceType: 'Observation',
        valueString: '',
        valueInteger: '',
        valueBoolean: '',
        valueTime: '',
        ...keys,
      },
      { resourceType: 'Observation', category: Array.from({ length: 500_000 }, () => null) },
      { resourceType: 'Bundle', type: 'batch', entry: Array.from({ length: 10_000 }, () => ({})) },
    ];
    const start = performance.now();
    for (const value of hostile) expect(validateResource(value).length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
