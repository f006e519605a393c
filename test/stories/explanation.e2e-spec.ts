import { DataSource } from 'typeorm';
import { AuditEventEntity } from '../../src/access/index.js';
import { FindingEntity } from '../../src/assessment/finding.entity.js';
import { type FindingExplanation } from '../../src/workbench/explanation.dto.js';
import { type TaskDetail } from '../../src/workbench/task.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { bundleOf, loinc, minutesAfter, mrnOf, observation, person, result } from '../support/messages.js';
import { type OwnRules, ownRules } from '../support/own-rules.js';
import { seen } from '../support/queue.js';

/** A rule of a sensitive compartment and one that asks for the sex; their limits are made for tests and are no clinical ones. */
const OWN_RULES = `
kind: critical
title: { zh: 测试规则, en: Rules for tests }
source: made for tests, no clinical limit
owner: nobody
review-by: 2999-12-31
rules:
  - id: hiv-screen
    title: { zh: 艾滋病筛查阳性, en: HIV screen positive }
    conditions: { all: [{ fact: hiv, operator: greaterThanInclusive, value: '+' }] }
    event: { type: notify, params: { class: B, advice: { zh: 请到疾控中心确证, en: confirm at the CDC } } }
    examples: [{ facts: { hiv: '阴性' }, expect: silent }, { facts: { hiv: '阳性' }, expect: fires }]
  - id: hb-low
    title: { zh: 血红蛋白低, en: Low haemoglobin }
    conditions:
      all:
        - { fact: hb, operator: lessThan, value: 70, unit: g/L }
        - { fact: pregnant, operator: equal, value: true }
    event: { type: notify, params: { class: B, advice: { zh: 请复查, en: repeat it } } }
    examples:
      - { facts: { hb: 69, pregnant: true }, expect: fires }
      - { facts: { hb: 70, pregnant: true }, expect: silent }
      - { facts: { hb: 69, pregnant: false }, expect: silent }
  - id: egfr-low
    title: { zh: 肾小球滤过率低, en: Low filtration rate }
    conditions: { all: [{ fact: egfr, operator: lessThan, value: 45, unit: 'mL/min/{1.73_m2}' }] }
    event: { type: notify, params: { class: B, advice: { zh: 请复查, en: repeat it } } }
    examples:
      - { facts: { egfr: 44 }, expect: fires }
      - { facts: { egfr: 45 }, expect: silent }
`;

let app: TestApp;
let rules: OwnRules;
beforeAll(async () => {
  rules = ownRules(OWN_RULES, 'test-pack/test.yaml');
  app = await startApp({ env: { RULES_DIR: rules.folder } });
});
afterAll(async () => {
  await app.close();
  rules.remove();
});

/** The finding of a rule on these results of a new person. */
async function findingOf(
  rule: string,
  results: fhir4.Observation[],
): Promise<{ id: string; personId: string; taskId: string; patient: fhir4.Patient }> {
  const patient = person();
  const { status, text } = await app.post('/fhir', bundleOf(patient, results));
  if (status !== 200) throw new Error(text);
  const { all } = await seen(app, mrnOf(patient));
  const issue = all.findings.find(({ code }) => code?.coding?.[0]?.code === rule)!;
  const personId = issue.patient!.reference!.split('/')[1]!;
  return { id: issue.id!, personId, taskId: all.tasks[0]!.id!, patient };
}

const explanation = (id: string, query = '', key = 'read') =>
  app.get<FindingExplanation>(`/api/findings/${id}/explanation${query}`, { key });

describe('GET /api/findings/:id/explanation', () => {
  it('tells the conditions, the rule as it stood and the smallest change in the unit as sent; who looked is recorded', async () => {
    const { id, personId } = await findingOf('important-results/glucose-fasting', [
      result({ code: loinc('1558-6'), valueQuantity: { value: 126, unit: 'mg/dL' } }),
    ]);
    const { status, body } = await explanation(id);
    expect(status).toBe(200);
    expect(body.smallestChange!.changes[0]).toMatchObject({
      from: '7.0',
      to: '6.9',
      unit: 'mmol/L',
      asSent: '125 mg/dL',
    });
    expect(body.condition).toMatchObject({
      parts: [
        {
          says: { zh: '空腹血糖 达到或超过 7.0 mmol/L' },
          truth: 'fires',
          value: { asSent: '126 mg/dL', converted: '7.0' },
        },
      ],
    });
    expect(body.rule).toMatchObject({
      owner: expect.any(String) as string,
      reviewBy: expect.stringMatching(/^\d{4}-/) as string,
    });
    expect(body.rule!.excerpts[0]!.text).toContain('- id: glucose-fasting');
    const events = await app.nest
      .get(DataSource)
      .manager.findBy(AuditEventEntity, { action: 'read explanation' });
    expect(JSON.stringify(events)).toContain(personId);
  });

  it('of a computed value tells what was sent would have to be; sent so, the finding is gone, and a last digit less it is not', async () => {
    const identifier = [{ system: 'urn:test:order', value: 'creatinine-as-sent' }];
    const creatinine = (value: number, minutes: number) =>
      result({
        identifier,
        code: loinc('2160-0'),
        valueQuantity: { value, unit: 'mg/dL' },
        status: 'corrected',
        issued: minutesAfter(minutes),
      });
    const { id, patient } = await findingOf('test-pack/egfr-low', [creatinine(1.86, 0)]);
    const [change] = (await explanation(id)).body.smallestChange!.changes;
    const [input] = change!.inputs;
    expect(change).toMatchObject({ to: '45', reaches: 'up' });
    expect(input).toMatchObject({ from: '1.86 mg/dL', reaches: 'down' });
    const to = Number(/^[\d.]+(?= mg\/dL$)/.exec(input!.to!)![0]);
    const standing = async (value: number, minutes: number) => {
      await app.post('/fhir', bundleOf(patient, [creatinine(value, minutes)]));
      return (await seen(app, mrnOf(patient))).findings.includes('test-pack/egfr-low');
    };
    expect(await standing(to, 1)).toBe(false);
    expect(await standing(Number((to + 0.01).toFixed(2)), 2)).toBe(true);
  });

  it('nothing of a confidential result is told until an administrator reveals it', async () => {
    const { id } = await findingOf('test-pack/hiv-screen', [
      result({ code: loinc('56888-1'), valueString: '阳性' }),
    ]);
    const { body, text } = await explanation(id);
    expect(body).toMatchObject({
      isConfidential: true,
      ruleId: null,
      rule: null,
      condition: null,
      smallestChange: null,
    });
    expect(text).not.toMatch(/hiv|艾滋/i);
    expect((await explanation(id, '?reveal=true')).status).toBe(403);
    expect((await explanation(id, '?reveal=true', 'admin')).body.condition).toMatchObject({ truth: 'fires' });
  });

  it('that nobody knows whether she is pregnant is not told either', async () => {
    const { id } = await findingOf('test-pack/hb-low', [observation({ hb: 65 })]);
    const { text, body } = await explanation(id);
    expect(text).not.toContain('妊娠');
    expect(body.unknown).toEqual([]);
    const revealed = (await explanation(id, '?reveal=true', 'admin')).body;
    expect(revealed.unknown).toMatchObject([{ name: { zh: '妊娠' }, settledBy: { zh: '把它记入档案' } }]);
  });

  it('of a merged record is that of the one who remains, who is named in the audit', async () => {
    const { id, patient } = await findingOf('important-results/wbc-low', [observation({ wbc: 2.5 })]);
    const kept = person();
    await app.post('/fhir', bundleOf(kept, []));
    const link: fhir4.PatientLink[] = [{ other: { identifier: kept.identifier![0]! }, type: 'replaced-by' }];
    await app.post('/fhir/Patient', { ...patient, link });
    const { all } = await seen(app, mrnOf(kept));
    const issue = all.findings.find(({ status }) => status !== 'entered-in-error')!;
    const { body } = await explanation(issue.id!);
    expect(body).toMatchObject({
      status: 'final',
      smallestChange: { changes: [{ from: '2.5', to: '3.1' }] },
    });
    const { manager } = app.nest.get(DataSource);
    const events = await manager.findBy(AuditEventEntity, { action: 'read explanation' });
    const own = events.find(({ subject }) => subject === `finding/${issue.id}`)!;
    expect(own.personId).toBe(issue.patient!.reference!.split('/')[1]);
    expect(issue.id).toBe(id);
  });

  it('by a version that is not kept any more tells what the finding itself keeps', async () => {
    const { id } = await findingOf('important-results/wbc-low', [observation({ wbc: 2.5 })]);
    const { manager } = app.nest.get(DataSource);
    await manager.update(FindingEntity, { id }, { ruleSetVersion: 'f'.repeat(64) });
    const { status, body } = await explanation(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      condition: null,
      smallestChange: null,
      rule: { owner: null, inForceSince: null, excerpts: [] },
      leaves: [{ fact: 'wbc', truth: 'fires', converted: '2.5' }],
    });
  });

  it('is not there for a finding that is not, and not for a feed', async () => {
    expect((await explanation('00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await explanation('x', '', 'feed')).status).toBe(403);
  });

  it('is linked from the finding in its task, a confidential one too', async () => {
    for (const [rule, sent] of [
      ['important-results/wbc-low', observation({ wbc: 2.5 })],
      ['test-pack/hiv-screen', result({ code: loinc('56888-1'), valueString: '阳性' })],
    ] as const) {
      const { id, taskId } = await findingOf(rule, [sent]);
      const { findings } = (await app.get<TaskDetail>(`/api/tasks/${taskId}`)).body;
      const finding = findings.find((one) => one.id === id)!;
      const { status, body } = await app.get<FindingExplanation>(finding.explanation, { key: 'admin' });
      expect(status).toBe(200);
      expect(body).toMatchObject({ id, isConfidential: finding.isConfidential });
    }
  });

  it('is described in the OpenAPI document, with the link to it', async () => {
    interface Described {
      paths: Record<string, unknown>;
      components: { schemas: Record<string, { required: string[]; properties: Record<string, unknown> }> };
    }
    const { body } = await app.get<Described>('/api/docs-json', { key: null });
    expect(Object.keys(body.paths)).toContain('/api/findings/{id}/explanation');
    const { required, properties } = body.components.schemas.FindingShown!;
    expect(required).toContain('explanation');
    expect(properties.explanation).toMatchObject({
      format: 'uri-reference',
      description: expect.stringContaining('/api/findings/{id}/explanation') as string,
    });
  });
});
