import { validateResource } from './validate.js';
import { MOST_FAULTS } from './validate-walk.js';

const code = { coding: [{ system: 'http://loinc.org', code: '6690-2' }], text: `白细胞${'\u3000'}计数` };
const observation = (more: object = {}) => ({ resourceType: 'Observation', status: 'final', code, ...more });
const extension = [{ url: 'urn:x', valueString: 'y' }];
const bundle = (entry: unknown, type = 'transaction') => ({ resourceType: 'Bundle', type, entry });
const post = (resource: unknown) => ({ resource, request: { method: 'POST', url: 'Observation' } });

describe('a valid resource has no faults', () => {
  it.each<[string, unknown]>([
    ['a bare observation', observation()],
    ['every kind of value', observation({ valueQuantity: { value: 2.9, unit: '×10⁹/L', comparator: '<' } })],
    ['a status given by extension alone', { ...observation(), status: undefined, _status: { extension } }],
    ['a value with its extensions', observation({ valueString: 'x', _valueString: { extension } })],
    ['an extension in place of a value', observation({ _valueString: { extension } })],
    [
      'nulls that keep the place of an extension',
      { resourceType: 'Patient', name: [{ given: ['a', null], _given: [null, { extension }] }] },
    ],
    [
      'extensions of any type, nested',
      observation({
        extension: [
          {
            url: 'u',
            extension: [{ url: 'v', valueTiming: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } } }],
          },
        ],
      }),
    ],
    [
      'a contained resource that is not used',
      observation({ contained: [{ resourceType: 'Location', anything: 1 }] }),
    ],
    ['a resource that is not used', { resourceType: 'Claim', nonsense: { deep: [null] } }],
    ['an empty patient', { resourceType: 'Patient' }],
    ['a collection without requests', bundle([{ resource: observation() }], 'collection')],
    ['a bundle without entries', { resourceType: 'Bundle', type: 'collection' }],
  ])('%s', (_what, resource) => {
    expect(validateResource(JSON.parse(JSON.stringify(resource)))).toEqual([]);
  });
});

describe('a fault names the element and the cause', () => {
  it.each<[what: string, resource: unknown, path: string, cause: RegExp]>([
    ['no status', { resourceType: 'Observation', code }, 'Observation.status', /^status is required$/],
    ['status null', observation({ status: null }), 'Observation.status', /is null/],
    [
      'status of another word',
      observation({ status: 'nonsense' }),
      'Observation.status',
      /one of registered \| .* but is "nonsense"/,
    ],
    ['status as a list', observation({ status: ['final'] }), 'Observation.status', /is a list/],
    ['a code system in capitals', observation({ status: 'FINAL' }), 'Observation.status', /"FINAL"/],
    ['no code', { resourceType: 'Observation', status: 'final' }, 'Observation.code', /required/],
    ['an empty code', observation({ code: {} }), 'Observation.code', /empty/],
    ['a code that is only an id', observation({ code: { id: 'a' } }), 'Observation.code', /empty/],
    [
      'code as text',
      observation({ code: 'WBC' }),
      'Observation.code',
      /object of type CodeableConcept, but is a string/,
    ],
    [
      'coding as an object',
      observation({ code: { coding: {} } }),
      'Observation.code.coding',
      /must be a list/,
    ],
    ['an empty list', observation({ category: [] }), 'Observation.category', /empty list/],
    ['null in a list', observation({ category: [null] }), 'Observation.category[0]', /is null/],
    ['an unknown element', observation({ context: {} }), 'Observation.context', /no element context/],
    [
      'an unknown element within',
      observation({ referenceRange: [{ text: '3-9' }, { hi: 1 }] }),
      'Observation.referenceRange[1].hi',
      /Observation.referenceRange has no element hi/,
    ],
    [
      'a type the choice has not',
      observation({ valueDecimal: 3 }),
      'Observation.valueDecimal',
      /no element valueDecimal/,
    ],
    [
      'two values',
      observation({ valueString: 'a', valueInteger: 1 }),
      'Observation.value',
      /only one value\[x\].*valueString and valueInteger/,
    ],
    [
      'three values',
      observation({ valueString: 'a', valueInteger: 1, valueBoolean: true }),
      'Observation.value',
      /only one/,
    ],
    [
      'a value and an extension of another',
      observation({ valueString: 'a', _valueTime: { extension } }),
      'Observation.value',
      /only one/,
    ],
    [
      'a number as text',
      observation({ valueQuantity: { value: '2.9' } }),
      'Observation.value.ofType(Quantity).value',
      /a number, but is a string/,
    ],
    [
      'a comparator of another kind',
      observation({ valueQuantity: { value: 1, comparator: '≤' } }),
      'Observation.value.ofType(Quantity).comparator',
      /< \| <= \| >= \| >/,
    ],
    [
      'a day that does not exist',
      observation({ effectiveDateTime: '2026-02-30' }),
      'Observation.effective.ofType(dateTime)',
      /calendar/,
    ],
    [
      'an instant without a zone',
      observation({ issued: '2026-11-22T08:00:00' }),
      'Observation.issued',
      /zone/,
    ],
    [
      'a component without a code',
      observation({ component: [{ valueInteger: 1 }] }),
      'Observation.component[0].code',
      /required/,
    ],
    [
      'a fault in a contained resource',
      observation({ contained: [{ resourceType: 'Specimen', status: 'gone' }] }),
      'Observation.contained[0].status',
      /available/,
    ],
    [
      'a contained resource that contains',
      observation({ contained: [{ resourceType: 'Patient', contained: [{ resourceType: 'Patient' }] }] }),
      'Observation.contained[0].contained',
      /must not/,
    ],
    [
      'a contained resource of no R4 type',
      observation({ contained: [{ resourceType: 'Nope' }] }),
      'Observation.contained[0].resourceType',
      /"Nope" is no resource type/,
    ],
    [
      'an extension without url',
      observation({ extension: [{ valueString: 'a' }] }),
      'Observation.extension[0].url',
      /required/,
    ],
    [
      'an extension within a sibling',
      observation({ _status: { extension: [{ url: 5 }] } }),
      'Observation.status.extension[0].url',
      /is a number/,
    ],
    [
      'a sibling that is no object',
      observation({ _status: 'final' }),
      'Observation.status',
      /object of type Element/,
    ],
    [
      'an element that carries no extensions',
      observation({ _code: {} }),
      'Observation._code',
      /no element _code/,
    ],
    ['an id, which carries none', observation({ _id: { extension } }), 'Observation._id', /no element _id/],
    [
      'the id of an element',
      observation({ code: { text: 'a', _id: {} } }),
      'Observation.code._id',
      /no element _id/,
    ],
    [
      'the url of an extension',
      observation({ extension: [{ url: 'u', _url: {} }] }),
      'Observation.extension[0]._url',
      /no element _url/,
    ],
    ['an id with a slash', observation({ id: 'a/b' }), 'Observation.id', /1 to 64/],
    [
      'a resourceType in a data type',
      observation({ code: { resourceType: 'x' } }),
      'Observation.code.resourceType',
      /CodeableConcept has no/,
    ],
    ['no subject where R4 wants one', { resourceType: 'Condition', code }, 'Condition.subject', /required/],
    [
      'no medication at all',
      { resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: { display: 'x' } },
      'MedicationRequest.medication',
      /medication\[x\] is required/,
    ],
    [
      'two null in a row of names',
      { resourceType: 'Patient', name: [{ given: [null], _given: [null] }] },
      'Patient.name[0].given[0]',
      /is null/,
    ],
    ['a resource without a type', {}, 'Resource.resourceType', /required/],
    ['a type that R4 does not know', { resourceType: 'Nope' }, 'Resource.resourceType', /"Nope"/],
    ['a list', [], 'Resource', /must be a resource, but is a list/],
    ['null', null, 'Resource', /is null/],
    ['a text', 'Observation', 'Resource', /is a string/],
    ['a bundle type of its own', { resourceType: 'Bundle', type: 'mine' }, 'Bundle.type', /"mine"/],
    ['entries that are no list', bundle({}), 'Bundle.entry', /must be a list/],
    ['an empty list of entries', bundle([]), 'Bundle.entry', /empty list/],
    ['an entry that is null', bundle([null]), 'Bundle.entry[0]', /is null/],
    [
      'a transaction that does not say what to do',
      bundle([{ resource: observation() }]),
      'Bundle.entry[0].request',
      /required in a transaction/,
    ],
    [
      'a request without a url',
      bundle([{ resource: observation(), request: { method: 'POST' } }]),
      'Bundle.entry[0].request.url',
      /required/,
    ],
    [
      'an entry with nothing in it',
      bundle([{ fullUrl: 'urn:x' }], 'collection'),
      'Bundle.entry[0].resource',
      /required/,
    ],
    [
      'a fault in the third resource',
      bundle([post(observation()), post(observation()), post(observation({ status: 'x' }))]),
      'Bundle.entry[2].resource.status',
      /"x"/,
    ],
  ])('%s', (_what, resource, path, cause) => {
    const faults = validateResource(JSON.parse(JSON.stringify(resource)));
    expect(faults[0]).toMatchObject({ path, message: expect.stringMatching(cause) as string });
  });

  it('says of a type that R4 does not know that it is unsupported, of all else that it is invalid', () => {
    expect(validateResource({ resourceType: 'Nope' })[0]?.code).toBe('unsupported-resource');
    expect(validateResource(observation({ status: 'x' }))[0]?.code).toBe('invalid-resource');
  });

  it('names all faults of a resource, not the first alone', () => {
    const faults = validateResource({
      resourceType: 'Observation',
      issued: 1,
      valueQuantity: { value: 'a' },
      foo: 1,
    });
    expect(faults.map(({ path }) => path)).toEqual([
      'Observation.issued',
      'Observation.value.ofType(Quantity).value',
      'Observation.foo',
      'Observation.status',
      'Observation.code',
    ]);
  });

  it('stops at twenty', () => {
    const entry = Array.from({ length: 500 }, () => post({ resourceType: 'Observation', foo: 1 }));
    const keys = Object.fromEntries(entry.map((_, index) => [`foo${index}`, 1]));
    expect(validateResource(observation(keys))).toHaveLength(MOST_FAULTS);
    expect(validateResource(bundle(entry))).toHaveLength(MOST_FAULTS);
    expect(validateResource(observation({ category: Array.from({ length: 500 }, () => 1) }))).toHaveLength(
      MOST_FAULTS,
    );
  });

  it.each(['张三 13800000000', 'Zhang_138 San'])(
    'repeats no value that could be a person’s: %s',
    (secret) => {
      const faults = validateResource({
        resourceType: 'Patient',
        [secret]: 1,
        gender: secret,
        birthDate: secret,
        active: secret,
        name: secret,
        deceasedDateTime: secret,
        telecom: [{ value: 13800000000, system: secret, use: '13800000000' }],
      });
      expect(faults).toHaveLength(9);
      expect(JSON.stringify(faults)).not.toMatch(/张三|Zhang|138/);
    },
  );
});
