import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { ERROR_CODES } from '../../src/kernel/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { documentText } from '../support/documented.js';
import { documentedRequests, send } from '../support/documented-requests.js';

const CLIENT = 'https://lis.example.cn/checkup-client|TJ-20001';

/** Codes and statuses of a person's tasks and findings, as a reader sees them. */
async function standing(app: TestApp): Promise<{ tasks: string[]; findings: string[] }> {
  const by = { 'patient.identifier': CLIENT };
  const tasks = await app.search<fhir4.Task>('Task', by);
  const findings = await app.search<fhir4.DetectedIssue>('DetectedIssue', by);
  return {
    tasks: tasks.map(({ code, status }) => `${code!.coding![0]!.code} ${status}`).sort(),
    findings: findings.map(({ code, status }) => `${code!.coding![0]!.code} ${status}`).sort(),
  };
}

describe.each(['README.md', 'docs/fhir.md'])('the examples of %s', (document) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('are answered as it says, one after the other', async () => {
    const requests = documentedRequests(document);
    expect(requests.length).toBeGreaterThan(2);
    for (const request of requests) {
      const { status, text } = await send(app, request);
      expect({ request, status, text: status === request.status ? '' : text }).toMatchObject({
        status: request.status,
      });
      app.clock.advance({ seconds: 1 });
    }
  });
});

describe('docs/fhir.md', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const sent = async (file: string): Promise<fhir4.Bundle | fhir4.OperationOutcome> => {
    const request = documentedRequests('docs/fhir.md').find(({ sends }) => sends === file);
    if (!request) throw new Error(`docs/fhir.md sends no ${file}`);
    app.clock.advance({ seconds: 1 });
    return (await send<fhir4.Bundle | fhir4.OperationOutcome>(app, request)).body;
  };

  it('tells the story that the service tells', async () => {
    await sent('first-result.json');
    expect(await standing(app)).toEqual({
      tasks: ['notify requested'],
      findings: ['important-results/wbc-low final'],
    });
    await sent('without-unit.json');
    expect((await standing(app)).tasks).toEqual(['notify requested', 'review requested']);
    await sent('withdrawn-result.json');
    expect((await standing(app)).tasks).toEqual(['notify requested', 'review cancelled']);
    await sent('imaging-report.json');
    const joined = await standing(app);
    expect(joined.tasks).toEqual(['notify requested', 'review cancelled']);
    expect(joined.findings).toHaveLength(2);
    await sent('corrected-result.json');
    expect((await standing(app)).findings).toContain('important-results/wbc-low entered-in-error');
    expect((await standing(app)).tasks).toEqual(['notify requested', 'review cancelled']);
    const batch = (await sent('batch.json')) as fhir4.Bundle;
    expect(batch.entry!.map(({ response }) => response!.status.slice(0, 3))).toEqual(['201', '400', '202']);
    const refused = (await sent('invalid-result.json')) as fhir4.OperationOutcome;
    expect(refused.issue.flatMap(({ expression }) => expression)).toEqual([
      'Observation.status',
      'Observation.value.ofType(Quantity).value',
    ]);
  });

  it('sends every example that there is', () => {
    const files = readdirSync(resolve(import.meta.dirname, '../../docs/examples'));
    const used = new Set(documentedRequests('docs/fhir.md').map(({ sends }) => sends));
    expect(files.filter((name) => !used.has(name))).toEqual([]);
  });

  it('lists every refusal with its status', () => {
    const table = /<!-- errors -->([\s\S]*)<!-- \/errors -->/.exec(documentText('docs/fhir.md'))![1]!;
    const listed = [...table.matchAll(/^\| (`[^|]+) \| (\d{3}) \|/gm)].flatMap(([, codes, status]) =>
      [...codes!.matchAll(/`([\w-]+)`/g)].map(([, code]) => [code, Number(status)]),
    );
    const known = Object.entries(ERROR_CODES).map(([code, { status }]) => [code, status]);
    expect(listed.sort()).toEqual(known.sort());
  });
});
