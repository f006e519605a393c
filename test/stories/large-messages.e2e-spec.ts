import { startApp, type TestApp } from '../support/app.js';
import { loinc, person, result } from '../support/messages.js';

const RESULTS = 300;
const LONG = '未见上皮内病变'.repeat(3_500);

describe('messages as large as the door takes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.close());

  it('stores one whose rows are more than the database takes in a packet', async () => {
    const patient = person();
    const subject = { identifier: patient.identifier![0]! };
    const results = Array.from({ length: RESULTS }, (_, i) =>
      result({ code: loinc('47527-7'), subject, valueString: `${i} ${LONG}`, issued: minutesAfter(i) }),
    );
    const entry = [patient, ...results].map((resource) => ({ resource }));
    const bundle = { resourceType: 'Bundle', type: 'collection', entry };

    const { status, text } = await app.post('/fhir', bundle);

    expect(text).not.toContain('OperationOutcome');
    expect(status).toBe(200);
  }, 60_000);
});

function minutesAfter(minutes: number): string {
  return new Date(Date.parse('2025-01-01T00:00:00Z') + minutes * 60_000).toISOString();
}
