import { Client } from 'fhir-kit-client';
import { startApp, type TestApp } from '../support/app.js';
import {
  bundleOf,
  loinc,
  MRN,
  mrnOf,
  observation,
  person,
  quantity,
  result,
  unique,
} from '../support/messages.js';

type Failed = { response: { status: number; data: fhir4.OperationOutcome } };
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: Failed) => error.response,
  );

describe('a published FHIR client', () => {
  let app: TestApp;
  let feed: Client;
  let reader: Client;
  beforeAll(async () => {
    app = await startApp();
    const client = (key: string) => new Client({ baseUrl: `${app.base}/fhir`, bearerToken: key });
    feed = client(app.keys.feed);
    reader = client(app.keys['read-contact']);
  });
  afterAll(() => app.close());

  const create = (body: fhir4.FhirResource) =>
    feed.create({ resourceType: body.resourceType, body: body as never }) as Promise<fhir4.FhirResource>;
  const search = (resourceType: string, searchParams: Record<string, string | number>) =>
    reader.search({ resourceType, searchParams }) as unknown as Promise<fhir4.Bundle>;

  it('learns what is served', async () => {
    const statement = (await reader.capabilityStatement()) as unknown as fhir4.CapabilityStatement;
    expect(statement).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    const types = statement.rest![0]!.resource!.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['Patient', 'Observation', 'Task', 'DetectedIssue']));
  });

  it('creates and reads', async () => {
    const patient = person();
    const created = await create(patient);
    const read = (await reader.read({ resourceType: 'Patient', id: created.id! })) as fhir4.Patient;
    expect(read).toMatchObject({ ...patient, id: created.id, meta: { versionId: '1' } });
    const one = await create({
      ...observation({ wbc: 2.5 }),
      subject: { reference: `Patient/${created.id}` },
    });
    const back = (await reader.read({
      resourceType: 'Observation',
      id: one.id!,
    })) as unknown as fhir4.Observation;
    expect(back).toMatchObject({
      valueQuantity: { value: 2.5, code: '10*9/L' },
      subject: { reference: `Patient/${created.id}` },
    });
  });

  it('updates what it created, and the version rises', async () => {
    const patient = person();
    const created = await create(patient);
    const body = { ...patient, id: created.id!, birthDate: '1979-09-09' };
    const updated = await feed.update({ resourceType: 'Patient', id: created.id!, body: body });
    expect(updated).toMatchObject({ id: created.id, meta: { versionId: '2' } });
    const one = { ...observation({ hb: 130 }), subject: { reference: `Patient/${created.id}` } };
    const { id } = await create(one);
    const corrected = { ...one, id: id!, status: 'corrected', valueQuantity: quantity(60, 'g/L') };
    await feed.update({ resourceType: 'Observation', id: id!, body: corrected });
    const read = (await reader.read({
      resourceType: 'Observation',
      id: id!,
    })) as unknown as fhir4.Observation;
    expect(read).toMatchObject({
      status: 'corrected',
      valueQuantity: { value: 60 },
      meta: { versionId: '2' },
    });
    const found = await search('DetectedIssue', { patient: created.id! });
    expect(found.entry).toHaveLength(1);
  });

  it('creates under an id of its own by PUT', async () => {
    const id = unique('own');
    const body = person(undefined, { id });
    await feed.update({ resourceType: 'Patient', id, body: body as never });
    expect(await reader.read({ resourceType: 'Patient', id })).toMatchObject({
      id,
      meta: { versionId: '1' },
    });
  });

  it('creates on a condition once', async () => {
    const patient = person();
    const options = { headers: { 'If-None-Exist': `identifier=${MRN}|${mrnOf(patient)}` } };
    const send = () =>
      feed.create({ resourceType: 'Patient', body: patient as never, options }) as Promise<fhir4.Patient>;
    const [first, second] = [await send(), await send()];
    expect(second.id).toBe(first.id);
    const found = await search('Patient', { identifier: `${MRN}|${mrnOf(patient)}` });
    expect(found.entry).toHaveLength(1);
  });

  it('searches by person, code and status, pages forward, and finds every result once', async () => {
    const patient = person();
    const results = Array.from({ length: 25 }, (_, i) =>
      result({ code: loinc('8867-4'), valueQuantity: quantity(60 + i, '/min') }),
    );
    await app.post('/fhir', bundleOf(patient, [...results, observation({ wbc: 2.5 })]));
    const by = {
      'patient.identifier': `${MRN}|${mrnOf(patient)}`,
      code: 'http://loinc.org|8867-4',
      status: 'final',
    };
    const seen: string[] = [];
    let page: fhir4.Bundle | undefined = await search('Observation', { ...by, _count: 7 });
    for (let pages = 0; page && pages < 10; pages++) {
      expect(page.entry!.length).toBeLessThanOrEqual(7);
      seen.push(...page.entry!.map(({ resource }) => resource!.id!));
      page = (await reader.nextPage({ bundle: page as never })) as unknown as fhir4.Bundle | undefined;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  it('sends a transaction and a batch', async () => {
    const transaction = (await feed.transaction({
      body: bundleOf(person(), [observation({ wbc: 2.5 })]) as never,
    })) as unknown as fhir4.Bundle;
    expect(transaction).toMatchObject({ type: 'transaction-response' });
    expect(transaction.entry!.map(({ response }) => response!.status)).toEqual([
      '201 Created',
      '201 Created',
    ]);
    const batch = (await feed.batch({
      body: bundleOf(person(), [], 'batch') as never,
    })) as unknown as fhir4.Bundle;
    expect(batch).toMatchObject({ type: 'batch-response' });
  });

  it('reads the findings and the call that follow, by the references in them', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 2.5 })]));
    const tasks = await search('Task', { 'patient.identifier': `${MRN}|${mrnOf(patient)}` });
    const task = tasks.entry![0]!.resource as fhir4.Task;
    const [type, id] = task.reasonReference!.reference!.split('/') as [string, string];
    const finding = (await reader.read({ resourceType: type, id })) as unknown as fhir4.DetectedIssue;
    expect(finding).toMatchObject({ resourceType: 'DetectedIssue', patient: task.for });
    const [, resultId] = finding.implicated![0]!.reference!.split('/');
    expect(await reader.read({ resourceType: 'Observation', id: resultId! })).toMatchObject({
      status: 'final',
    });
    const [, personId] = task.for!.reference!.split('/');
    expect(await reader.read({ resourceType: 'Patient', id: personId! })).toMatchObject({
      identifier: patient.identifier,
    });
  });

  it('is told what it may not do, in FHIR’s words', async () => {
    const missing = await refusal(reader.read({ resourceType: 'Patient', id: 'nobody' }));
    expect(missing).toMatchObject({ status: 404, data: { resourceType: 'OperationOutcome' } });
    const forbidden = await refusal(feed.search({ resourceType: 'Task' }));
    expect(forbidden).toMatchObject({ status: 403, data: { resourceType: 'OperationOutcome' } });
    const deleted = await refusal(feed.delete({ resourceType: 'Observation', id: 'x' }));
    expect(deleted).toMatchObject({ status: 405, data: { resourceType: 'OperationOutcome' } });
    const nameless = { resourceType: 'Observation', code: { text: 'x' } } as fhir4.Observation;
    const invalid = await refusal(create(nameless));
    expect(invalid).toMatchObject({ status: 400, data: { issue: [{ expression: ['Observation.status'] }] } });
    const nobody = await search('Task', { 'patient.identifier': `${MRN}|nobody-at-all` });
    expect(nobody).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
    expect(nobody.entry ?? []).toEqual([]);
  });
});
