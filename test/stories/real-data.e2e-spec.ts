import { type DoubtReason } from '../../src/kernel/index.js';
import { DataSource } from 'typeorm';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { reconcile, rowCounts } from '../support/queue.js';
import { prepared, realDocuments } from '../support/real-documents.js';
import { describeWithData, testText } from '../support/test-data.js';

interface Sent {
  path: string;
  status: number;
  text: string;
  entries: string[];
}

describeWithData('real data', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule] });
  });
  afterAll(() => app.close());

  const files = realDocuments();

  /** The published document as it is; a lone resource by itself, a bundle that was an answer as a collection. */
  async function send(path: string): Promise<Sent> {
    const text = testText(path);
    const { type, bundle, body } = prepared(text);
    const answer = await app.post<fhir4.Bundle>(bundle ? '/fhir' : `/fhir/${type ?? 'Observation'}`, body);
    const entries = (answer.body?.entry ?? []).map(({ response }) => response?.status.slice(0, 3) ?? '');
    return { path, status: answer.status, text: answer.text, entries };
  }

  const first: Sent[] = [];

  it('is taken, or refused with the element named; nothing fails', async () => {
    for (const path of files) first.push(await send(path));
    const failed = first.filter(
      ({ status, text }) => status >= 500 || (status >= 400 && !text.includes('OperationOutcome')),
    );
    expect(failed.map(({ path, status }) => `${path}: ${status}`)).toEqual([]);
    const refused = first.filter(({ status }) => status >= 400);
    const entries = first.flatMap((one) => one.entries);
    process.stdout.write(
      `real data: ${files.length} documents, ${refused.length} refused, ${entries.length} entries, ${entries.filter((one) => one === '202').length} of them kept unused\n` +
        refused.map(({ path, text }) => `  ${path}: ${diagnostics(text)}\n`).join(''),
    );
  }, 300_000);

  it('every full record of a person is taken whole', () => {
    const whole = first.filter(({ path }) => path.startsWith('synthea'));
    expect(whole.length).toBeGreaterThan(5);
    for (const { path, status, entries } of whole) {
      expect(`${path} ${status}`).toBe(`${path} 200`);
      expect(entries.filter((one) => !['200', '201', '202'].includes(one))).toEqual([]);
    }
  });

  it('sent again it changes nothing: no entry is new, no row is added', async () => {
    const counts = await rowCounts(app);
    const again: Sent[] = [];
    for (const path of files) again.push(await send(path));
    expect(again.map(({ path, status }) => [path, status])).toEqual(
      first.map(({ path, status }) => [path, status === 201 ? 200 : status]),
    );
    const created = again.filter(({ entries }) => entries.includes('201'));
    expect(created.map(({ path }) => path)).toEqual([]);
    const { message: _before, ...before } = counts;
    const { message: _after, ...after } = await rowCounts(app);
    expect(after).toEqual(before);
  }, 300_000);

  it('what cannot be judged is counted by its reason', async () => {
    const rows = await app.nest
      .get(DataSource)
      .query<{ reason: DoubtReason; n: number }[]>(
        'SELECT reason, COUNT(*) AS n FROM data_quality GROUP BY reason ORDER BY n DESC',
      );
    process.stdout.write(
      `real data, not judged: ${rows.map(({ reason, n }) => `${reason} ${n}`).join(', ')}\n`,
    );
    expect(rows.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['unknown-code', 'unreadable']));
  });

  it('nobody is rung by records that are years old', async () => {
    const tasks = await app.search<fhir4.Task>('Task', { code: 'notify', _count: '1000' });
    const findings = await app.search<fhir4.DetectedIssue>('DetectedIssue', { _count: '1000' });
    process.stdout.write(`real data: ${findings.length} findings, ${tasks.length} calls\n`);
    const ids = new Set(
      tasks.flatMap(({ input = [] }) => input.map(({ valueReference }) => valueReference!.reference)),
    );
    const old = findings.filter(({ id }) => ids.has(`DetectedIssue/${id}`));
    for (const finding of old) {
      const [implicated] = finding.implicated!;
      const { body } = await app.get<fhir4.Observation>(`/fhir/${implicated!.reference}`, { key: 'read' });
      const time = body.issued ?? body.effectiveDateTime ?? body.effectivePeriod?.end;
      if (time) expect(Date.parse(time)).toBeGreaterThan(Date.parse('2026-01-30'));
    }
  });

  it('the second witness agrees', async () => {
    expect(await reconcile(app)).toEqual([]);
  }, 300_000);
});

function diagnostics(text: string): string {
  try {
    const { issue } = JSON.parse(text) as fhir4.OperationOutcome;
    return `${issue[0]?.diagnostics ?? ''}${issue.length > 1 ? ` (and ${issue.length - 1} more)` : ''}`;
  } catch {
    return text.slice(0, 100);
  }
}
