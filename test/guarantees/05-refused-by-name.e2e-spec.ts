import { startApp, type TestApp } from '../support/app.js';
import { about, bundleOf, mrnOf, observation, person, resultsOnly } from '../support/messages.js';
import { rowCounts, seen } from '../support/queue.js';

describe('guarantee 5: what is refused is refused by the name of the element', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it.each<[string, (bundle: fhir4.Bundle) => void, string]>([
    [
      'a status that R4 does not have',
      (b) => set(b, 1, { status: 'nonsense' }),
      'Bundle.entry[1].resource.status',
    ],
    ['a result without code', (b) => set(b, 1, { code: undefined }), 'Bundle.entry[1].resource.code'],
    ['two values at once', (b) => set(b, 1, { valueString: 'x' }), 'Bundle.entry[1].resource.value'],
    [
      'a date that is none',
      (b) => set(b, 1, { effectiveDateTime: '2026-02-30' }),
      'Bundle.entry[1].resource.effective.ofType(dateTime)',
    ],
    [
      'a number sent as text',
      (b) => set(b, 1, { valueQuantity: { value: '2.5' } }),
      'Bundle.entry[1].resource.value.ofType(Quantity).value',
    ],
    [
      'a type that R4 does not have',
      (b) => set(b, 1, { resourceType: 'Nope' }),
      'Bundle.entry[1].resource.resourceType',
    ],
    [
      'a person that the bundle does not hold',
      (b) => set(b, 1, { subject: { reference: 'urn:uuid:00000000-0000-4000-8000-000000000000' } }),
      'Bundle.entry[1].resource.subject.reference',
    ],
    [
      'a link to a record that the bundle does not hold',
      (b) =>
        set(b, 0, {
          link: [
            { type: 'replaced-by', other: { reference: 'urn:uuid:00000000-0000-4000-8000-000000000000' } },
          ],
        }),
      'Bundle.entry[0].resource.link[0].other.reference',
    ],
    [
      'a request for another type',
      (b) => (b.entry![1]!.request!.url = 'Patient'),
      'Bundle.entry[1].request.url',
    ],
    [
      'an element that R4 does not have',
      (b) => set(b, 1, { colour: 'red' }),
      'Bundle.entry[1].resource.colour',
    ],
  ])(
    '%s is refused, the element is named, and nothing of the message is stored',
    async (_, spoil, element) => {
      const bundle = bundleOf(person(), [observation({ wbc: 2.5 }), observation({ hb: 60 })]);
      spoil(bundle);
      const counts = await rowCounts(app);
      const { status, body } = await app.post<fhir4.OperationOutcome>('/fhir', bundle);
      expect(status).toBe(400);
      expect(body.resourceType).toBe('OperationOutcome');
      const named = body.issue.flatMap(({ expression = [] }) => expression);
      expect(named).toContain(element);
      expect(await rowCounts(app)).toEqual(counts);
    },
  );

  it('in a batch the wrong entry alone is refused', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, []));
    const [good, wrong] = [
      observation({ wbc: 2.5 }),
      { ...observation({ hb: 60 }), status: 'nonsense' as 'final' },
    ];
    const { status, body } = await app.post<fhir4.Bundle>(
      '/fhir',
      resultsOnly(
        [good, wrong].map((one) => ({ ...one, ...about(mrnOf(patient)) })),
        'batch',
      ),
    );
    expect(status).toBe(200);
    expect(body.entry!.map(({ response }) => response!.status.slice(0, 3))).toEqual(['201', '400']);
    expect(JSON.stringify(body.entry![1]!.response!.outcome)).toContain('Bundle.entry[1].resource.status');
    expect((await seen(app, mrnOf(patient))).findings).toEqual(['wbc-low']);
  });
});

function set(bundle: fhir4.Bundle, entry: number, change: object): void {
  Object.assign(bundle.entry![entry]!.resource!, change);
}
