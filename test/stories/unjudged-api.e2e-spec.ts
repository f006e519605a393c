import { type DataQualityPage } from '../../src/workbench/data-quality.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { bundleOf, loinc, MRN, mrnOf, observation, person, quantity, result } from '../support/messages.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

async function send(patient: fhir4.Patient, results: fhir4.FhirResource[]): Promise<void> {
  const { status, text } = await app.post('/fhir', bundleOf(patient, results));
  if (status !== 200) throw new Error(text);
}

describe('what could not be judged', () => {
  const unknown = (): fhir4.Observation =>
    result({
      code: { coding: [{ system: 'urn:lis', code: 'ZZZ' }], text: '未知项目' },
      valueQuantity: quantity(1, 'g/L'),
    });

  it('is listed and counted by reason, for one person too', async () => {
    const patient = person();
    await send(patient, [
      unknown(),
      result({ code: loinc('14682-9'), valueQuantity: { value: 900, unit: 'kg' } }),
    ]);
    const of = encodeURIComponent(`${MRN}|${mrnOf(patient)}`);
    const { body } = await app.get<DataQualityPage>(`/api/data-quality?person=${of}`);
    expect(body.counts).toEqual({ 'unknown-code': 1, 'unknown-unit': 1 });
    expect(body.items).toHaveLength(2);
    const byId = (await app.get<DataQualityPage>(`/api/data-quality?person=${body.items[0]!.personId}`)).body;
    expect(byId.items).toEqual(body.items);
    const one = (await app.get<DataQualityPage>(`/api/data-quality?person=${of}&reason=unknown-code`)).body;
    expect(one.items.map(({ reason }) => reason)).toEqual(['unknown-code']);
    expect(one.items[0]!.detail).toContain('ZZZ');
  });

  it('comes page by page', async () => {
    await send(person(), [unknown(), unknown(), unknown()]);
    const first = (await app.get<DataQualityPage>('/api/data-quality?limit=2')).body;
    const second = (await app.get<DataQualityPage>(`/api/data-quality?limit=2&after=${first.next}`)).body;
    expect(first.items).toHaveLength(2);
    expect(second.items[0]!.id < first.items[1]!.id).toBe(true);
  });

  it('of nobody is empty', async () => {
    expect((await app.get('/api/data-quality?person=urn:x%7Cnobody')).body).toEqual({
      items: [],
      counts: {},
      next: null,
    });
  });
});

describe('a record that could be two persons', () => {
  it('is refused, and listed for somebody to sort out', async () => {
    const [one, two] = [person(), person()];
    await send(one, []);
    await send(two, []);
    const both = { ...one, identifier: [...one.identifier!, ...two.identifier!] };
    const bundle = bundleOf(both, [observation({ hb: 65 })], 'collection');
    expect((await app.post('/fhir', bundle)).status).toBe(412);
    const { body } = await app.get<{ items: { path: string; personIds: string[] }[] }>(
      '/api/person-conflicts',
    );
    expect(body.items).toHaveLength(1);
    expect(body.items[0]!.path).toBe('Bundle.entry[0].resource');
    expect(body.items[0]!.personIds).toHaveLength(2);
  });
});
