import { DataSource } from 'typeorm';
import { FindingRepository } from '../../src/assessment/index.js';
import { type MeasuredFact, NOTHING_EARLIER, UNKNOWN_PERSON } from '../../src/kernel/index.js';
import { ObservationRepository } from '../../src/people/index.js';
import { judge, RulesService, RuleSetRepository } from '../../src/rules/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { bundleOf, loinc, mrnOf, observation, person, quantity, result } from '../support/messages.js';
import { seen } from '../support/queue.js';

describe('guarantee 9: every decision can be explained and repeated', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const manager = () => app.nest.get(DataSource).manager;

  async function findingOf(one: fhir4.Observation) {
    const patient = person();
    const { text, status } = await app.post('/fhir', bundleOf(patient, [one]));
    if (status !== 200) throw new Error(text);
    const { all } = await seen(app, mrnOf(patient));
    const [finding] = await app.nest.get(FindingRepository).byIds(manager(), [all.findings[0]!.id!]);
    return { shown: all.findings[0]!, finding: finding!, observation: all.observations[0]! };
  }

  it('a finding names its rule, the version of the rules, the evidence as sent and as compared, the limit and the time', async () => {
    const {
      finding,
      shown,
      observation: sent,
    } = await findingOf(
      result({
        code: loinc('1558-6'),
        valueQuantity: { value: 126, unit: 'mg/dl' },
        effectiveDateTime: '2026-03-02T08:15:00+08:00',
      }),
    );
    expect(shown.code!.coding![0]).toMatchObject({
      system: 'urn:firstcall:rule',
      code: 'important-results/glucose-fasting',
    });
    expect(shown.implicated).toEqual([{ reference: `Observation/${sent.id}` }]);
    expect(shown.detail).toMatch(/126|7\.0/);
    expect(shown.identifiedDateTime).toBe('2026-03-02T02:00:00.000Z');
    const files = await app.nest.get(RuleSetRepository).files(finding.ruleSetVersion);
    expect(files!.map(({ text }) => text).join('\n')).toContain('id: glucose-fasting');
    const [leaf] = finding.evidence.leaves;
    expect(JSON.stringify(finding.evidence)).toContain('126 mg/dl');
    expect(leaf).toMatchObject({ fact: 'glucose-fasting' });
    const said = JSON.stringify(leaf);
    for (const part of ['7.0', 'mmol/L', '2026-03-02T00:15:00.000Z', sent.id!]) expect(said).toContain(part);
    expect(finding.evidence.sentence.zh).toMatch(/[一-鿿]/);
    expect(finding.evidence.sentence.en).toMatch(/[a-z]/);
    expect(finding.evidence.source).toMatch(/重要阳性结果/);
  });

  it.each([
    observation({ wbc: 2.5 }),
    observation({ plt: 400 }),
    result({ code: loinc('20454-5'), valueString: '++' }),
    result({ code: loinc('5821-4'), valueString: '15-30/HP' }),
    observation({ cea: 6 }, { referenceRange: [{ high: quantity(5, 'ng/mL') }] }),
  ])('the stored evidence, judged again by the stored version, says the same (%#)', async (one) => {
    const { finding } = await findingOf(one);
    const rules = app.nest.get(RulesService);
    expect(rules.current.version).toBe(finding.ruleSetVersion);
    const [stored] = await app.nest.get(ObservationRepository).byIds(manager(), [finding.observationId]);
    const measurement = stored!.measurements.find(({ component }) => component === finding.component)!;
    const anchor: MeasuredFact = {
      measurement: { ...measurement, analyte: measurement.analyte! },
      source: {
        observationId: stored!.id,
        component: finding.component,
        at: stored!.at.toISOString(),
        status: stored!.status,
      },
    };
    const facts = {
      person: { ...UNKNOWN_PERSON, ageYears: finding.evidence.ageYears },
      anchor,
      others: new Map(),
      earlier: NOTHING_EARLIER,
      zone: 'Asia/Shanghai',
    };
    const outcomes = await judge(rules.current, facts);
    const again = outcomes.find(({ rule }) => rule.id === finding.ruleId)!;
    expect(again.truth).toBe('fires');
    expect(JSON.parse(JSON.stringify(again.evidence))).toEqual(finding.evidence.leaves);
    expect(rules.current.sentence(again)).toEqual(finding.evidence.sentence);
  });

  it('the sentence says what was measured, how much, and when it was taken from a corrected value', async () => {
    const patient = person();
    const one = observation({ wbc: 2.5 });
    await app.post('/fhir', bundleOf(patient, [one]));
    await app.post(
      '/fhir',
      bundleOf(patient, [
        { ...one, ...observation({ wbc: 1.25 }), identifier: one.identifier, status: 'corrected' },
      ]),
    );
    const { all } = await seen(app, mrnOf(patient));
    expect(all.findings).toHaveLength(1);
    expect(all.findings[0]!.detail).toContain('白细胞');
    expect(all.findings[0]!.detail).toContain('1.25');
  });
});
