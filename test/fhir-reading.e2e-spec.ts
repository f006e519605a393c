import { Reader } from '../src/database/index.js';
import { type HttpAnswer, startApp, TEST_NOW, type TestApp } from './support/app.js';

const MRN = 'urn:reading:mrn';
const PHONE = '13800004471';
const IDENTITY = '110101197506011235';
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });

/** A person with an encounter, a low and a normal haemoglobin, and a panel that refers to them. */
function checkup(mrn: string): fhir4.Bundle {
  const [patient, encounter, low, panel] = ['p', 'e', 'low', 'panel'].map(
    (name) => `urn:uuid:${name}-${mrn}`,
  );
  const subject = { reference: patient! };
  const haemoglobin = (id: string, value: number, effectiveDateTime: string) => ({
    resourceType: 'Observation' as const,
    status: 'final' as const,
    identifier: [{ system: 'urn:reading:obs', value: `${mrn}-${id}` }],
    code: loinc('718-7'),
    subject,
    encounter: { reference: encounter! },
    effectiveDateTime,
    valueQuantity: { value, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' },
  });
  const resources: [string, fhir4.FhirResource][] = [
    [
      patient!,
      {
        resourceType: 'Patient',
        identifier: [
          { system: MRN, value: mrn },
          { system: 'urn:oid:2.16.156.10011.1.3', value: mrn === 'R1' ? IDENTITY : '' },
        ].filter(({ value }) => value !== ''),
        name: [{ text: '张三' }],
        gender: 'female',
        birthDate: '1975-06-01',
        telecom: [{ system: 'phone', value: PHONE }],
        address: [{ line: ['东单1号'], city: '北京市' }],
      },
    ],
    [
      encounter!,
      {
        resourceType: 'Encounter',
        identifier: [{ system: 'urn:reading:visit', value: `V-${mrn}` }],
        status: 'finished',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
        subject,
      },
    ],
    [low!, haemoglobin('low', 62, TEST_NOW)],
    [`urn:uuid:normal-${mrn}`, haemoglobin('normal', 140, '2020-01-01T00:00:00Z')],
    [
      panel!,
      {
        resourceType: 'DiagnosticReport',
        identifier: [{ system: 'urn:reading:report', value: `D-${mrn}` }],
        status: 'final',
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB' }] }],
        code: loinc('58410-2'),
        subject,
        result: [{ reference: low! }],
      },
    ],
  ];
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map(([fullUrl, resource]) => ({
      fullUrl,
      resource,
      request: { method: 'POST', url: resource.resourceType },
    })),
  };
}

describe('reading', () => {
  let app: TestApp;
  let patientId: string;
  beforeAll(async () => {
    app = await startApp();
    for (const mrn of ['R1', 'R2']) {
      const { status, text } = await app.post('/fhir', checkup(mrn));
      if (status !== 200) throw new Error(text);
    }
    const [patient] = await app.search('Patient', { identifier: `${MRN}|R1` });
    patientId = patient!.id!;
  });
  afterAll(() => app?.close());

  const r1 = { 'patient.identifier': `${MRN}|R1` };
  const bundleOf = (query: string, headers: Record<string, string> = {}): Promise<HttpAnswer<fhir4.Bundle>> =>
    app.get<fhir4.Bundle>(`/fhir/${query}`, { key: 'read', headers });

  it.each([
    ['patient.identifier', () => `${MRN}|R1`],
    ['patient', () => patientId],
    ['patient', () => `Patient/${patientId}`],
    ['subject', () => `Patient/${patientId}`],
    ['subject:Patient', () => patientId],
    ['subject.identifier', () => `${MRN}|R1`],
  ])("finds one person's results by %s", async (name, value) => {
    const found = await app.search<fhir4.Observation>('Observation', { [name]: value() });
    expect(found.map((one) => one.valueQuantity?.value).sort()).toEqual([140, 62]);
    expect(found.map((one) => one.subject?.reference)).toEqual(Array(2).fill(`Patient/${patientId}`));
  });

  it.each([
    ['Observation', { code: 'http://loinc.org|718-7' }, 2],
    ['Observation', { code: '718-7' }, 2],
    ['Observation', { code: 'http://loinc.org|' }, 2],
    ['Observation', { code: '|718-7' }, 0],
    ['Observation', { code: 'http://LOINC.org|718-7' }, 0],
    ['Observation', { code: '8-7' }, 0],
    ['Observation', { code: '718-7,6690-2' }, 2],
    ['Observation', { status: 'final' }, 2],
    ['Observation', { status: 'amended,final' }, 2],
    ['Observation', { status: 'amended' }, 0],
    ['Observation', { identifier: 'urn:reading:obs|R1-low' }, 1],
    ['Observation', { identifier: 'urn:reading:obs|R2-low' }, 0],
    ['Observation', { _lastUpdated: 'ge2026-03-02' }, 2],
    ['Observation', { _lastUpdated: 'lt2026-03-02' }, 0],
    ['Observation', { _lastUpdated: 'gt2026-03-02' }, 0],
    ['DiagnosticReport', { code: '58410-2' }, 1],
    ['Encounter', { status: 'finished', identifier: 'urn:reading:visit|V-R1' }, 1],
    ['DetectedIssue', { code: 'urn:firstcall:rule|important-results/hb-low', status: 'final' }, 1],
    ['DetectedIssue', { code: 'important-results/hb-low' }, 1],
    ['DetectedIssue', { code: 'urn:other|important-results/hb-low' }, 0],
    ['DetectedIssue', { status: 'entered-in-error' }, 0],
    ['DetectedIssue', { status: 'nonsense' }, 0],
    ['Task', { code: 'urn:firstcall:task|notify', status: 'requested' }, 1],
    ['Task', { status: 'completed,cancelled' }, 0],
    ['RiskAssessment', {}, 0],
    ['CarePlan', {}, 0],
    ['Communication', {}, 0],
  ])('%s of the person with %j: %i', async (type, parameters, count) => {
    expect(await app.search(type, { ...r1, ...(parameters as Record<string, string>) })).toHaveLength(count);
  });

  it('an unknown person or code gives an empty searchset', async () => {
    for (const query of [
      'Task?patient.identifier=urn:x|nobody',
      'Task?patient=nobody',
      'Observation?code=nothing',
      'Patient?identifier=urn:x|nobody',
    ]) {
      const { status, body } = await bundleOf(query);
      expect([query, status, body.type, body.total]).toEqual([query, 200, 'searchset', 0]);
      expect(body).not.toHaveProperty('entry');
    }
  });

  it('a malformed value is refused and named; an unknown parameter only when the caller insists', async () => {
    const wrong = await app.get<fhir4.OperationOutcome>('/fhir/Task?_lastUpdated=yesterday&_count=x');
    expect(wrong.status).toBe(400);
    expect(wrong.body.issue.map(({ expression }) => expression?.[0])).toEqual(['_lastUpdated', '_count']);
    expect((await bundleOf('Task?colour=red')).status).toBe(200);
    expect((await bundleOf('Task?colour=red', { prefer: 'handling=strict' })).status).toBe(400);
  });

  it('pages by links through every entry once, in order, whatever the order', async () => {
    for (const _sort of ['_id', '-_id', '_lastUpdated', '-_lastUpdated', 'date', '-date']) {
      const found = await app.search<fhir4.Observation>('Observation', { _sort, _count: '1', code: '718-7' });
      expect([_sort, new Set(found.map(({ id }) => id)).size, found.length]).toEqual([_sort, 4, 4]);
      if (_sort.endsWith('date')) {
        const dates = found.map(({ effectiveDateTime }) => Date.parse(effectiveDateTime!));
        expect(dates).toEqual([...dates].sort((a, b) => (_sort === 'date' ? a - b : b - a)));
      }
    }
  });

  it('links under the address that the caller used, with the other parameters', async () => {
    const { body } = await bundleOf('Observation?_count=1&code=718-7', {
      'x-forwarded-host': 'fhir.example',
      'x-forwarded-proto': 'https',
    });
    const next = body.link?.find(({ relation }) => relation === 'next')?.url;
    expect(next).toMatch(/^https:\/\/fhir\.example\/fhir\/Observation\?_count=1&code=718-7&_after=/);
    expect(body.entry?.[0]?.fullUrl).toMatch(/^https:\/\/fhir\.example\/fhir\/Observation\//);
  });

  it('counts when asked to', async () => {
    expect((await bundleOf('Observation?_count=1&_total=accurate')).body.total).toBe(4);
    expect((await bundleOf('Observation?_count=1')).body).not.toHaveProperty('total');
    const counted = (await bundleOf('Observation?_summary=count')).body;
    expect([counted.total, counted.entry]).toEqual([4, undefined]);
  });

  it('takes a search as a form', async () => {
    const { status, body } = await app.http<fhir4.Bundle>(
      'POST',
      '/fhir/Observation/_search',
      `patient=${patientId}`,
      {
        key: 'read',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    );
    expect([status, body.entry?.length]).toEqual([200, 2]);
  });

  it('follows from task to finding to result to encounter, and no reference leads nowhere', async () => {
    const [task] = await app.search<fhir4.Task>('Task', r1);
    expect(task).toMatchObject({
      intent: 'order',
      priority: 'asap',
      for: { reference: `Patient/${patientId}` },
    });
    expect(task!.restriction?.period?.end).toBeDefined();
    const read = async <T>(reference: string | undefined) => {
      const { status, body } = await app.get<T>(`/fhir/${reference}`, { key: 'read' });
      expect([reference, status]).toEqual([reference, 200]);
      return body;
    };
    const finding = await read<fhir4.DetectedIssue>(task!.reasonReference?.reference);
    expect(finding.detail).toContain('62');
    const result = await read<fhir4.Observation>(finding.implicated?.[0]?.reference);
    expect(result.valueQuantity?.value).toBe(62);
    const encounter = await read<fhir4.Encounter>(result.encounter?.reference);
    expect(encounter.subject?.reference).toBe(`Patient/${patientId}`);
    const [report] = await app.search<fhir4.DiagnosticReport>('DiagnosticReport', r1);
    expect(report?.result).toEqual([{ reference: `Observation/${result.id}` }]);
    for (const one of [task, finding, result, encounter, report])
      expect(JSON.stringify(one)).not.toMatch(/urn:uuid:(?:p|e|low|panel)-/);
  });

  it('a single read says its version', async () => {
    const { headers, body } = await app.get<fhir4.Patient>(`/fhir/Patient/${patientId}`, { key: 'read' });
    expect(headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
    expect(headers.get('etag')).toBe(`W/"${body.meta?.versionId}"`);
    expect(body.id).toBe(patientId);
  });

  it.each(['Patient/nobody', 'Observation/nothing', 'Task/1', 'RiskAssessment/1', 'Claim/1', 'Nope/1'])(
    '%s is not there',
    async (path) => {
      const { status, body } = await app.get<fhir4.OperationOutcome>(`/fhir/${path}`, { key: 'read' });
      expect([status, body.resourceType]).toEqual([404, 'OperationOutcome']);
    },
  );

  it('an Observation is not found among DiagnosticReports', async () => {
    const [observation] = await app.search('Observation', r1);
    expect((await app.get(`/fhir/DiagnosticReport/${observation!.id}`)).status).toBe(404);
  });

  it('shows a key of scope read no phone, address or identity number', async () => {
    const { text } = await app.get(`/fhir/Patient?identifier=${MRN}|R1`, { key: 'read' });
    expect(text).toContain('138****4471');
    expect(text).toContain('张三');
    for (const secret of [PHONE, IDENTITY, '东单']) expect(text).not.toContain(secret);
  });

  it.each(['read-contact', 'admin'])('shows scope %s the phone, and records it', async (key) => {
    const reader = app.nest.get(Reader);
    const recorded = async () =>
      (
        await reader.query<{ total: number }>(
          'SELECT COUNT(*) AS total FROM audit_event WHERE person_id = ?',
          [patientId],
        )
      )[0];
    const before = Number((await recorded())?.total);
    const { text } = await app.get(`/fhir/Patient/${patientId}`, { key });
    expect(text).toContain(PHONE);
    expect(Number((await recorded())?.total)).toBe(before + 1);
    await Promise.all(Array.from({ length: 10 }, () => app.get(`/fhir/Patient/${patientId}`, { key })));
    expect(Number((await recorded())?.total)).toBe(before + 11);
  });

  it('leaves no phone or identity number in the clear in the database', async () => {
    const reader = app.nest.get(Reader);
    const everything: unknown[] = [];
    for (const table of [
      'person',
      'person_key',
      'person_contact',
      'observation',
      'finding',
      'task',
      'audit_event',
      'data_quality',
    ]) {
      everything.push(...(await reader.query<Record<string, unknown>>(`SELECT * FROM ${table}`)));
    }
    const text = JSON.stringify(everything, (_key, value: unknown) =>
      value !== null && typeof value === 'object' && 'type' in value && value.type === 'Buffer'
        ? Buffer.from((value as unknown as { data: number[] }).data).toString('latin1')
        : value,
    );
    expect(text).toContain('张三');
    for (const secret of [PHONE, IDENTITY]) expect(text).not.toContain(secret);
  });
});
