import { startApp, type TestApp } from '../support/app.js';
import { MRN, mrnOf, observation, person, unique } from '../support/messages.js';

describe('a result that names two persons', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.close());

  async function known(): Promise<{ id: string; patient: fhir4.Patient }> {
    const patient = person(undefined, { id: unique('p') });
    const { status } = await app.http('PUT', `/fhir/Patient/${patient.id}`, patient, { key: 'feed' });
    expect(status).toBe(201);
    return { id: patient.id!, patient };
  }
  const low = (id: string, mrn: string) =>
    observation(
      { wbc: 2.5 },
      { subject: { reference: `Patient/${id}`, identifier: { system: MRN, value: mrn } } },
    );

  it('is refused with the element, and kept for somebody to sort out', async () => {
    const [one, other] = [await known(), await known()];
    const answer = await app.post<fhir4.OperationOutcome>(
      '/fhir/Observation',
      low(one.id, mrnOf(other.patient)),
    );
    expect(answer.status).toBe(412);
    expect(answer.body.issue[0]?.expression).toEqual(['Observation.subject']);
    const conflicts = await app.get('/api/person-conflicts');
    expect(conflicts.text).toContain('Observation.subject');
    expect(await app.search('DetectedIssue')).toEqual([]);
  });

  it('in a batch keeps none of the others back', async () => {
    const [one, other] = [await known(), await known()];
    const entry = [low(one.id, mrnOf(other.patient)), low(one.id, mrnOf(one.patient))].map((resource) => ({
      resource,
      request: { method: 'POST', url: 'Observation' },
    }));
    const { body } = await app.post<fhir4.Bundle>('/fhir', { resourceType: 'Bundle', type: 'batch', entry });
    expect(body.entry!.map(({ response }) => response!.status.slice(0, 3))).toEqual(['412', '201']);
  });

  it('is taken when the two are one, or one of them is nobody yet', async () => {
    const one = await known();
    for (const mrn of [mrnOf(one.patient), unique('nobody')]) {
      const { status } = await app.post('/fhir/Observation', low(one.id, mrn));
      expect(status).toBe(201);
    }
  });
});
