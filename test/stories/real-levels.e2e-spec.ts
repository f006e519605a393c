import { startApp, type TestApp } from '../support/app.js';
import { prepared, realDocuments } from '../support/real-documents.js';
import { describeWithData, testText } from '../support/test-data.js';

describeWithData('levels of the people of real data', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ env: { RULES_DIR: 'rules' } });
  });
  afterAll(() => app.close());

  it('everybody has a level or a range, with reasons, or what is missing', async () => {
    for (const path of realDocuments()) {
      const { type, bundle, body } = prepared(testText(path));
      await app.post(bundle ? '/fhir' : `/fhir/${type ?? 'Observation'}`, body);
    }
    const people = await app.search<fhir4.Patient>('Patient', { _count: '1000' });
    const levels = await app.search<fhir4.RiskAssessment>('RiskAssessment', { _count: '1000' });
    expect(levels.map(({ subject }) => subject.reference).sort()).toEqual(
      people.map(({ id }) => `Patient/${id}`).sort(),
    );
    const told = levels.map(({ prediction, basis = [], note = [] }) => {
      const risk = prediction![0]!.qualitativeRisk!;
      return { code: risk.coding![0]!.code!, text: risk.text!, basis, note: note.map(({ text }) => text) };
    });
    for (const { code, text, basis, note } of told) {
      expect(['1', '2', '3', '4', '5', 'unknown']).toContain(code);
      if (code === '5') continue;
      if (code !== 'unknown') expect(basis.length).toBeGreaterThan(0);
      // Below 18 there is no level, and nothing that would settle it.
      else if (text === 'unknown') expect(note.join(' ')).toContain('18');
      else expect(note[0]).toMatch(/缺：|missing/);
    }
    const count: Record<string, number> = {};
    for (const { code, text } of told) count[`${code} (${text})`] = (count[`${code} (${text})`] ?? 0) + 1;
    process.stdout.write(`levels of ${told.length} real people: ${JSON.stringify(count)}\n`);
    expect(new Set(told.map(({ code }) => code)).size).toBeGreaterThanOrEqual(4);
  }, 300_000);
});
