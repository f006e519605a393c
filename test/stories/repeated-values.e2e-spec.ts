import { ReconcileModule } from '../../src/reconcile/index.js';
import { type CauseShown, type PersonLevel } from '../../src/workbench/level.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { checkup, sendCheckup, type Values } from '../support/checkups.js';
import { bundleOf, loinc, mrnOf, person, quantity, result, unique } from '../support/messages.js';
import { reconcile } from '../support/queue.js';
import { condition } from '../support/records.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { RULES_DIR: 'rules' }, modules: [ReconcileModule] });
});
afterAll(() => app.close());

async function causes(id: string): Promise<CauseShown[]> {
  const { body } = await app.get<PersonLevel>(`/api/people/${id}/level`, { key: 'read' });
  return body.computed.reasons;
}

/** Rule, level and what is told of repeats. */
async function told(id: string): Promise<string[]> {
  return (await causes(id)).map(({ rule, level, isSuspected, repeats }) =>
    [rule!.split('/')[1], level, isSuspected ? 'suspected' : 'settled', repeats?.en ?? '-'].join(' | '),
  );
}

/** Checkups so many days ago, in this order. */
async function measured(but: Values, days: readonly number[], patient = person()): Promise<string> {
  let id = '';
  for (const ago of days) id = await sendCheckup(app, patient, but, { days: ago });
  return id;
}

const PRESSURE = 'sbp-grade-1-new | 3';

describe('a value of diagnostic size', () => {
  it('seen once is suspected; for a pressure it takes three days, whatever their order', async () => {
    expect(await told(await measured({ 'systolic-bp': 150 }, [0]))).toEqual([
      `${PRESSURE} | suspected | to be confirmed`,
    ]);
    const twice = await told(await measured({ 'systolic-bp': 150 }, [20, 0]));
    expect(twice).toEqual([
      expect.stringMatching(
        /^sbp-grade-1-new \| 3 \| suspected \| reached on 2 days, .*still to be confirmed$/,
      ),
    ]);
    for (const days of [
      [20, 10, 0],
      [0, 20, 10],
    ]) {
      const id = await measured({ 'systolic-bp': 150 }, days);
      expect(await told(id)).toEqual([
        expect.stringMatching(/^sbp-grade-1-new \| 3 \| settled \| confirmed on 3 days, /),
      ]);
      expect((await causes(id))[0]!.sentence.zh).toMatch(/：已在不同的三天达到高血压的诊断界值/);
    }
    expect(await reconcile(app)).toEqual([]);
  });

  it('of one day the last counts, and a withdrawn day counts no more', async () => {
    const patient = person();
    const days = [20, 10, 0].map((ago) => checkup({ 'systolic-bp': 150 }, ago));
    for (const one of days) await app.post('/fhir', bundleOf(patient, one));
    const id = await sendCheckup(app, patient, { 'systolic-bp': 150 });
    expect((await told(id))[0]).toMatch(/settled \| confirmed on 3 days/);
    await app.post('/fhir', bundleOf(patient, [{ ...days[1]![0]!, status: 'entered-in-error' }]));
    expect((await told(id))[0]).toMatch(/suspected \| reached on 2 days/);
    const calmer = result({
      code: loinc('8480-6'),
      valueQuantity: quantity(128, 'mm[Hg]'),
      effectiveDateTime: later(days[0]![0]!),
    });
    await app.post('/fhir', bundleOf(patient, [calmer]));
    expect((await told(id))[0]).toBe(`${PRESSURE} | suspected | to be confirmed`);
    expect(await reconcile(app)).toEqual([]);
  });

  it('glucose and HbA1c of different days bear each other out; the level stays', async () => {
    const patient = person();
    const hba1c = result({ code: loinc('4548-4'), valueQuantity: quantity(6.7, '%') });
    const id = await sendCheckup(app, patient, { 'glucose-fasting': 7.4 }, { days: 30 });
    expect(await told(id)).toContain('fpg-diabetic-new | 3 | suspected | to be confirmed');
    await app.post('/fhir', bundleOf(patient, [hba1c]));
    const after = await told(id);
    expect(after).toContainEqual(
      expect.stringMatching(/^fpg-diabetic-new \| 3 \| settled \| confirmed on 2 days, /),
    );
    expect(after).toContainEqual(
      expect.stringMatching(/^hba1c-diabetic-new \| 3 \| settled \| confirmed on 2 days, /),
    );
  });

  it('of the kidneys must last three months, and is no suspicion once the disease is on record', async () => {
    const low = { creatinine: 110 };
    expect(await told(await measured(low, [60, 0]))).toContainEqual(
      expect.stringMatching(/^egfr-mildly-low \| 3 \| suspected \| reached on 2 days/),
    );
    expect(await told(await measured(low, [100, 0]))).toContainEqual(
      expect.stringMatching(/^egfr-mildly-low \| 3 \| settled \| confirmed on 2 days/),
    );
    const patient = person();
    const id = await sendCheckup(app, patient, low, {
      more: [condition(unique('ckd'), mrnOf(patient), { code: 'N18.3' })],
    });
    expect(await told(id)).toContain('egfr-mildly-low | 3 | settled | -');
    expect(await reconcile(app)).toEqual([]);
  });
});

/** An hour later, in the same form. */
function later({ effectiveDateTime }: fhir4.Observation): string {
  return new Date(Date.parse(effectiveDateTime!) + 3_600_000).toISOString();
}
