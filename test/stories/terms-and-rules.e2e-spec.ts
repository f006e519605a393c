import { type RuleDetail } from '../../src/workbench/rules.dto.js';
import { type AnalyteList, type MappedShown, type TermsPage } from '../../src/workbench/terms.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { type BrowserSession, signedInAs } from '../support/browser-session.js';
import { bundleOf, person, quantity, result } from '../support/messages.js';

const LIS = 'urn:test:lis';

describe('terms are mapped, and rules are read', () => {
  let app: TestApp;
  let doctor: BrowserSession;
  beforeAll(async () => {
    app = await startApp();
    doctor = await signedInAs(app, 'rules', 'rule-author');
    for (const value of [2.1, 2.4, 6.0]) {
      const sent = result({
        code: { coding: [{ system: LIS, code: 'WBC#' }] },
        valueQuantity: quantity(value, '10*9/L'),
      });
      const { status, text } = await app.post('/fhir', bundleOf(person(), [sent]));
      if (status !== 200) throw new Error(text);
    }
  });
  afterAll(() => app?.close());

  it('lists what nobody understands with how often it was sent', async () => {
    const { body } = await doctor.get<TermsPage>('/api/terms');
    expect(body.unmapped).toEqual([{ reason: 'unknown-code', detail: `${LIS}|WBC#`, count: 3 }]);
    expect(body.mappings).toEqual([]);
  });

  it.each([
    ['白细胞计数', 'wbc'],
    ['6690-2', 'wbc'],
    ['wbc', 'wbc'],
    ['bxb', 'wbc'],
  ])('finds an analyte by %s', async (q, id) => {
    const { body } = await doctor.get<AnalyteList>(`/api/analytes?q=${encodeURIComponent(q)}`);
    expect(body.items.slice(0, 8).map((one) => one.id)).toContain(id);
    expect(body.items.length).toBeLessThanOrEqual(20);
  });

  it.each([
    [{ kind: 'code', source: 'WBC#', target: 'wbc' }],
    [{ kind: 'code', source: `${LIS}|WBC#`, target: 'no-such-analyte' }],
    [{ kind: 'unit', source: 'hb: g%', target: 'mmol' }],
    [{ kind: 'word', source: 'x', target: 'wbc' }],
  ])('refuses %j', async (body) => {
    expect((await doctor.post('/api/terms', body)).status).toBe(400);
  });

  it('says what a mapping made of the results that waited for it', async () => {
    const { body, status } = await doctor.post<MappedShown>('/api/terms', {
      kind: 'code',
      source: `${LIS}|WBC#`,
      target: 'wbc',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      hasReplaced: false,
      results: 3,
      understood: 3,
      findings: 2,
      reviews: 0,
      tasks: 2,
    });
    const { body: after } = await doctor.get<TermsPage>('/api/terms');
    expect(after.unmapped).toEqual([]);
    expect(after.mappings).toEqual([expect.objectContaining({ source: `${LIS}|WBC#`, target: 'wbc' })]);
  });

  it('is not for nurses to map', async () => {
    const nurse = await signedInAs(app, 'nurse-of-terms', 'nurse');
    const body = { kind: 'name', source: '白球', target: 'wbc' };
    expect((await nurse.post('/api/terms', body)).status).toBe(403);
  });

  it('shows a rule in words, with its examples and as its file has it', async () => {
    const { body } = await doctor.get<RuleDetail>('/api/rules/rule/important-results/wbc-low');
    expect(body.condition).toEqual({
      kind: 'all',
      parts: [
        {
          kind: 'condition',
          fact: 'wbc',
          says: {
            zh: '白细胞计数 低于或等于 3.0 ×10⁹/L',
            en: 'White-cell count at or below 3.0 ×10⁹/L',
          },
        },
      ],
    });
    expect(body.examples).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          facts: [{ fact: 'wbc', value: '3.0', name: { zh: '白细胞计数', en: 'White-cell count' } }],
          expect: 'fires',
        }),
      ]),
    );
    expect(body.files[0]!.text).toContain('id: wbc-low');
    expect((await doctor.get('/api/rules/rule/important-results/none')).status).toBe(404);
  });
});
