import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { bundleOf, loinc, MRN, mrnOf, observation, person, quantity, result } from '../support/messages.js';
import { reconcile, seen } from '../support/queue.js';

describe('hostile content of good messages', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule] });
  });
  afterAll(() => app.close());

  /** Refused or taken, but never a failure. */
  async function survives(bundle: unknown) {
    const answer = await app.post<fhir4.Bundle>('/fhir', bundle);
    expect([200, 400, 412, 413]).toContain(answer.status);
    return answer;
  }
  const good = () => bundleOf(person(), [observation({ wbc: 2.5 }), observation({ hb: 60 })]);
  const withValue = (digits: string) => JSON.stringify(good()).replace('"value":2.5', `"value":${digits}`);

  describe('texts', () => {
    it.each([
      ['NUL', 'a\u0000b'],
      ['a lone surrogate', 'a\ud800b'],
      ['control characters', 'a\u0001\u001bb'],
      ['a full-width space', '张\u3000三'],
      ['right-to-left marks', '\u202e三张'],
      ['a name of 100,000 characters', '长'.repeat(100_000)],
      ['SQL', "'; DROP TABLE person; --"],
      ['characters beyond the basic plane', '𠮷野家😀'],
    ])('%s, wherever a text may stand, is refused or kept', async (_, words) => {
      const patient = person(undefined, {
        name: [{ text: words, family: words }],
        telecom: [{ system: 'phone', value: words }],
        address: [{ text: words }],
      });
      const results = [
        result({ code: { text: words }, valueString: words, note: [{ text: words }] }),
        observation({ wbc: 2.5 }, { interpretation: [{ text: words }] }),
        {
          resourceType: 'DiagnosticReport',
          status: 'final',
          code: { text: words },
          conclusion: words,
        } as fhir4.DiagnosticReport,
        {
          resourceType: 'Encounter',
          status: 'finished',
          class: { code: 'AMB', display: words },
        } as fhir4.Encounter,
      ];
      const { status } = await survives(bundleOf(patient, results));
      if (status === 200) expect((await seen(app, mrnOf(patient))).findings).toEqual(['wbc-low']);
    });

    it.each(['张\u3000三', '𠮷野家😀', '"\\/\b\f\n\r\t'])('%j comes back as it was sent', async (words) => {
      const patient = person(undefined, { name: [{ text: words }] });
      await app.post('/fhir', bundleOf(patient, []));
      const [kept] = await app.search<fhir4.Patient>('Patient', {
        identifier: `urn:test:mrn|${mrnOf(patient)}`,
      });
      expect(kept!.name![0]!.text).toBe(words);
    });

    it.each([
      [
        'codes',
        {
          code: {
            coding: Array.from({ length: 200 }, (_, i) => ({
              system: `urn:${'s'.repeat(50)}`,
              code: `c${i}`,
            })),
          },
        },
      ],
      ['a unit of 5,000 characters', { valueQuantity: { value: 1, unit: 'x'.repeat(5000) } }],
      ['an identifier of 5,000 characters', { identifier: [{ system: 'urn:x', value: 'v'.repeat(5000) }] }],
      ['5,000 reference ranges', { referenceRange: Array.from({ length: 5000 }, () => ({ text: '0-5' })) }],
      ['a status of the wrong length', { issued: '2026-03-02T02:00:00.123456789Z' }],
    ])('long things: %s', async (_, more) => {
      await survives(bundleOf(person(), [observation({ wbc: 2.5 }, more)]));
    });

    it('33,000 components of one observation, 9,000 of them grave, are one call', async () => {
      const patient = person();
      const part = (wbc: number) => ({ code: loinc('6690-2'), valueQuantity: quantity(wbc, '10*9/L') });
      const component = Array.from({ length: 33_000 }, (_, i) => part(i < 24_000 ? 5 : 2));
      const { status } = await survives(bundleOf(patient, [result({ code: { text: '很多' }, component })]));
      expect(status).toBe(200);
      const by = { 'patient.identifier': `${MRN}|${mrnOf(patient)}` };
      const [task] = await app.search<fhir4.Task>('Task', by);
      expect(task!.input).toHaveLength(9_000);
    }, 120_000);
  });

  describe('numbers and times', () => {
    it.each([
      '-0',
      '0',
      '1E-7',
      '1e-300',
      '1e300',
      '2.50',
      '2.5e0',
      '3.0000000000000000001',
      '99999999999999999999',
      '-2.5',
    ])('a white count of %s', async (digits) => {
      expect([200, 400]).toContain((await app.post('/fhir', withValue(digits))).status);
    });

    it.each([
      '0001-01-01',
      '9999-12-31',
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59-14:00',
      '1582-10-10',
      '1900-01-01T00:00:00+08:05',
    ])('effective, issued, updated and born on %s', async (time) => {
      const at = {
        effectiveDateTime: time,
        ...(time.includes('T') && { issued: time, meta: { lastUpdated: time } }),
      };
      const patient = person(undefined, { birthDate: time.slice(0, 10) });
      const answer = await survives(bundleOf(patient, [observation({ wbc: 2.5 }, at)]));
      if (answer.status === 200) expect((await seen(app, mrnOf(patient))).all.observations).toHaveLength(1);
    });
  });

  describe('people', () => {
    it('two Patients with one identifier in one bundle are one person or refused', async () => {
      const [one, other] = [person(), observation({ wbc: 2.5 })];
      const bundle = bundleOf(one, [other]);
      bundle.entry!.unshift({
        ...bundle.entry![0]!,
        fullUrl: 'urn:uuid:11111111-1111-4111-8111-111111111111',
      });
      expect((await survives(bundle)).status).toBe(200);
      expect(await app.search('Patient', { identifier: `urn:test:mrn|${mrnOf(one)}` })).toHaveLength(1);
    });

    it('fullUrls that are the same, empty, or point at themselves', async () => {
      for (const fullUrl of ['urn:uuid:same', '', 'Patient/1', '#', 'urn:uuid:']) {
        const bundle = good();
        for (const entry of bundle.entry!) entry.fullUrl = fullUrl;
        await survives(bundle);
      }
    });

    it('a result about itself, about a device, about a group, about a contained person', async () => {
      for (const subject of [
        { reference: '#' },
        { reference: '#p' },
        { reference: 'Device/1' },
        { reference: 'Group/1' },
        { reference: 'Observation/1' },
        { reference: 'http://[::1' },
        { reference: 'Patient/' },
        { reference: `Patient/${'x'.repeat(64)}` },
        { display: 'someone' },
        { identifier: { value: 'only a value' } },
      ])
        await survives(bundleOf(person(), [observation({ wbc: 2.5 }, { subject })]));
    });

    it('ids that are no ids, in bundles and addresses', async () => {
      for (const id of ['a b', '../../etc/passwd', 'x'.repeat(65), '%00', '😀', '__proto__']) {
        const address = await app.http('PUT', `/fhir/Patient/${encodeURIComponent(id)}`, person());
        expect(address.status).toBeGreaterThanOrEqual(400);
        expect(address.status).toBeLessThan(500);
        await survives({
          ...good(),
          entry: [{ resource: person(undefined, { id }), request: { method: 'PUT', url: `Patient/${id}` } }],
        });
      }
    });

    it('conditions that are no conditions', async () => {
      for (const ifNoneExist of [
        '',
        'identifier',
        'identifier=',
        'identifier=|',
        'name=x',
        'identifier=a|b&identifier=c|d',
        '?',
        '%ff',
        'identifier=urn%',
      ]) {
        const bundle = good();
        bundle.entry![0]!.request!.ifNoneExist = ifNoneExist;
        await survives(bundle);
      }
    });
  });

  it('the second witness finds everything that was taken in order', async () => {
    expect(await reconcile(app)).toEqual([]);
  }, 120_000);
});
