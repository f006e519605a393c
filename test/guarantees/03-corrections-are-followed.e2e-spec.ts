import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { bundleOf, minutesAfter, mrnOf, person, ORDER } from '../support/messages.js';
import { type Measured, versionsOf } from '../support/versions-of.js';
import { openTasks, reconcile, rowCounts, seen, tell } from '../support/queue.js';

describe('guarantee 3: corrections are followed', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule] });
  });
  afterAll(() => app.close());

  const series = (patient = person()) => versionsOf(app, patient);

  it('a corrected value retracts the finding and cancels the call that nobody made', async () => {
    const { send, see } = series();
    const first = await send({ wbc: 2.5 });
    expect(openTasks(await see())).toBe('notify');
    const second = await send({ wbc: 5.2 }, { status: 'corrected', issued: minutesAfter(5) });
    expect(first.status).toBe('201 Created');
    expect(second).toMatchObject({ status: '200 OK', etag: 'W/"2"' });
    expect(second.location).toBe(first.location!.replace(/1$/, '2'));
    const after = await see();
    expect(after).toMatchObject({
      findings: [],
      retracted: ['wbc-low'],
      notify: [],
      review: [],
      correction: [],
    });
    expect(after.all.tasks.map(({ status }) => status)).toEqual(['cancelled']);
    expect(after.all.observations).toHaveLength(1);
    expect((after.all.observations[0] as fhir4.Observation).valueQuantity!.value).toBe(5.2);
  });

  it.each(['entered-in-error', 'cancelled'] as const)('%s retracts', async (status) => {
    const { send, see } = series();
    await send({ wbc: 2.5 });
    await send({ wbc: 2.5 }, { status });
    expect(await see()).toMatchObject({ findings: [], retracted: ['wbc-low'], notify: [] });
  });

  it('a corrected value that is important makes a finding and a call', async () => {
    const { send, see } = series();
    await send({ wbc: 5 });
    expect(openTasks(await see())).toBe('');
    await send({ wbc: 2.8 }, { status: 'amended', issued: minutesAfter(1) });
    const after = await see();
    expect(after.findings).toEqual(['wbc-low']);
    expect(openTasks(after)).toBe('notify');
  });

  it('an uncalled task follows a value that stays important: same finding, new sentence', async () => {
    const { send, see } = series();
    await send({ wbc: 2.5 });
    const before = await see();
    await send({ wbc: 1.1 }, { status: 'corrected', issued: minutesAfter(1) });
    const after = await see();
    expect(after.notify[0]!.id).toBe(before.notify[0]!.id);
    expect(after.all.findings).toHaveLength(1);
    expect(after.all.findings[0]!.id).toBe(before.all.findings[0]!.id);
    expect(after.all.findings[0]!.detail).toContain('1.1');
    expect(after.all.findings[0]!.detail).not.toContain('2.5');
  });

  it('preliminary rings and becomes final without a second call', async () => {
    const { send, see } = series();
    await send({ wbc: 2.5 }, { status: 'preliminary' });
    const before = await see();
    expect(before.all.findings[0]!.status).toBe('preliminary');
    expect(openTasks(before)).toBe('notify');
    await send({ wbc: 2.5 }, { status: 'final', issued: minutesAfter(30) });
    const after = await see();
    expect(after.all.findings[0]!.status).toBe('final');
    expect(after.notify.map(({ id }) => id)).toEqual(before.notify.map(({ id }) => id));
  });

  it('a person told of a preliminary value that becomes final unchanged is not called again', async () => {
    const { send, see } = series();
    await send({ wbc: 2.5 }, { status: 'preliminary' });
    await tell(app, (await see()).notify[0]!);
    await send({ wbc: 2.5 }, { status: 'final', issued: minutesAfter(30) });
    expect(openTasks(await see())).toBe('');
  });

  describe('a person who was told', () => {
    async function told(measured: Measured) {
      const one = series();
      await one.send(measured);
      await tell(app, (await one.see()).notify[0]!);
      expect(openTasks(await one.see())).toBe('');
      return one;
    }

    it('gets a correction task when the value turns out normal', async () => {
      const { send, see } = await told({ wbc: 2.5 });
      await send({ wbc: 5.1 }, { status: 'corrected', issued: minutesAfter(1) });
      const after = await see();
      expect(openTasks(after)).toBe('correction');
      expect(after.correction[0]!.input).toHaveLength(1);
      expect(after.retracted).toEqual(['wbc-low']);
    });

    it('gets one when the result is withdrawn', async () => {
      const { send, see } = await told({ wbc: 2.5 });
      await send({ wbc: 2.5 }, { status: 'entered-in-error', issued: minutesAfter(1) });
      expect(openTasks(await see())).toBe('correction');
    });

    it('gets one when the value changes and stays important', async () => {
      const { send, see } = await told({ wbc: 2.5 });
      await send({ wbc: 0.5 }, { status: 'corrected', issued: minutesAfter(1) });
      expect(openTasks(await see())).toBe('correction');
    });

    it('gets none when the value comes back to what they were told before anyone called', async () => {
      const { send, see } = await told({ wbc: 2.5 });
      await send({ wbc: 5.1 }, { status: 'corrected', issued: minutesAfter(1) });
      await send({ wbc: 2.5 }, { status: 'corrected', issued: minutesAfter(2) });
      expect(await see()).toMatchObject({ findings: ['wbc-low'], notify: [], correction: [], review: [] });
    });

    it('who was corrected to normal is called again when it is important after all', async () => {
      const { send, see } = await told({ wbc: 2.5 });
      await send({ wbc: 5.1 }, { status: 'corrected', issued: minutesAfter(1) });
      await tell(app, (await see()).correction[0]!);
      expect(openTasks(await see())).toBe('');
      await send({ wbc: 2.5 }, { status: 'corrected', issued: minutesAfter(2) });
      expect(openTasks(await see())).toBe('notify');
    });

    it('who was corrected to another important value hears of the next change too', async () => {
      const { send, see } = await told({ wbc: 2.5 });
      await send({ wbc: 1.5 }, { status: 'corrected', issued: minutesAfter(1) });
      await tell(app, (await see()).correction[0]!);
      expect(openTasks(await see())).toBe('');
      await send({ wbc: 2.5 }, { status: 'corrected', issued: minutesAfter(2) });
      expect(openTasks(await see())).toBe('correction');
    });
  });

  it('a late version of lower rank is kept and changes nothing', async () => {
    const { send, see } = series();
    await send({ wbc: 5.1 }, { status: 'corrected', issued: minutesAfter(10) });
    const late = await send({ wbc: 2.5 }, { status: 'final', issued: minutesAfter(5) });
    expect(late.status).toBe('200 OK');
    expect(await see()).toMatchObject({ findings: [], retracted: [], notify: [] });
    const counts = await rowCounts(app);
    await send({ wbc: 2.5 }, { status: 'final', issued: minutesAfter(5) });
    expect(await rowCounts(app)).toEqual({ ...counts, message: counts.message + 1 });
  });

  it.each([
    ['issued', { issued: minutesAfter(1) }, { issued: minutesAfter(2), status: 'preliminary' as const }],
    [
      'meta.lastUpdated, where issued is the same',
      { meta: { lastUpdated: minutesAfter(1) }, status: 'corrected' as const },
      { meta: { lastUpdated: minutesAfter(2) } },
    ],
    ['status, where both are the same', { status: 'preliminary' as const }, { status: 'final' as const }],
    ['final below amended', { status: 'final' as const }, { status: 'amended' as const }],
    ['amended below corrected', { status: 'amended' as const }, { status: 'corrected' as const }],
    ['corrected below cancelled', { status: 'corrected' as const }, { status: 'cancelled' as const }],
    [
      'cancelled below entered-in-error',
      { status: 'cancelled' as const },
      { status: 'entered-in-error' as const },
    ],
    ['registered below preliminary', { status: 'registered' as const }, { status: 'preliminary' as const }],
  ])('versions rank by %s, in either order of arrival', async (_, low, high) => {
    const isEvidence = !['cancelled', 'entered-in-error'].includes(
      (high as { status?: string }).status ?? '',
    );
    for (const isLate of [false, true]) {
      const { send, see } = series();
      const versions = [() => send({ wbc: 5 }, low), () => send({ wbc: 2.5 }, high)];
      for (const version of isLate ? versions.reverse() : versions) await version();
      expect((await see()).findings).toEqual(isEvidence ? ['wbc-low'] : []);
    }
  });

  it('a version sent again with a later meta.lastUpdated counts from then on', async () => {
    const at = (minute: number) => ({ meta: { lastUpdated: minutesAfter(minute) } });
    const { send, see } = series();
    await send({ wbc: 2.5 }, at(1));
    await send({ wbc: 5 }, at(2));
    expect((await see()).findings).toEqual([]);
    await send({ wbc: 2.5 }, at(3));
    expect((await see()).findings).toEqual(['wbc-low']);
    await send({ wbc: 5 }, at(4));
    expect((await see()).findings).toEqual([]);
    await send({ wbc: 2.5 }, at(1));
    expect((await see()).findings).toEqual([]);
  });

  it('a repeat with a later meta.lastUpdated outranks a version in between that comes late', async () => {
    const at = (minute: number) => ({ meta: { lastUpdated: minutesAfter(minute) } });
    const { send, see } = series();
    await send({ wbc: 2.5 }, at(1));
    await send({ wbc: 2.5 }, at(3));
    await send({ wbc: 5 }, at(2));
    expect((await see()).findings).toEqual(['wbc-low']);
  });

  it('a delayed copy of the first version does not undo a correction of the same rank', async () => {
    const { send, see } = series();
    await send({ wbc: 2.5 });
    await send({ wbc: 5 });
    await send({ wbc: 2.5 });
    expect(await see()).toMatchObject({ findings: [], retracted: ['wbc-low'], notify: [] });
  });

  it('a stale telling after the value changed is refused, so that what was told is what was read', async () => {
    const { send, see } = series();
    await send({ wbc: 2.5 });
    const read = (await see()).notify[0]!;
    await send({ wbc: 1.1 }, { status: 'corrected', issued: minutesAfter(1) });
    await expect(tell(app, read)).rejects.toMatchObject({ code: 'conflict' });
    expect(openTasks(await see())).toBe('notify');
  });

  it('a diagnostic report that is amended is read anew', async () => {
    const patient = person();
    const report = (
      conclusion: string,
      more: Partial<fhir4.DiagnosticReport> = {},
    ): fhir4.DiagnosticReport => ({
      resourceType: 'DiagnosticReport',
      status: 'final',
      identifier: [{ system: ORDER, value: 'report-1' }],
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'RAD' }] }],
      code: { text: '腹部超声' },
      effectiveDateTime: minutesAfter(0),
      conclusion,
      ...more,
    });
    await app.post('/fhir', bundleOf(patient, [report('肝右叶占位,恶性不除外,建议增强CT')]));
    expect((await seen(app, mrnOf(patient))).findings).toEqual(['imaging-malignancy']);
    await app.post(
      '/fhir',
      bundleOf(patient, [report('肝右叶血管瘤', { status: 'amended', issued: minutesAfter(1) })]),
    );
    expect(await seen(app, mrnOf(patient))).toMatchObject({ findings: [], notify: [], review: [] });
  });

  it('the second witness agrees with all of this', async () => {
    expect(await reconcile(app)).toEqual([]);
  });
});
