import { DataSource } from 'typeorm';
import { AuditEventEntity } from '../../src/access/index.js';
import { LevelOverridesService } from '../../src/assessment/index.js';
import { type LevelHistory, type OverrideList, type PersonLevel } from '../../src/workbench/level.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { sendCheckup, type Values } from '../support/checkups.js';
import { MRN, mrnOf, person } from '../support/messages.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { RULES_DIR: 'rules' } });
});
afterAll(() => app.close());

const send = (patient: fhir4.Patient, but: Values, days = 0): Promise<string> =>
  sendCheckup(app, patient, but, { days });

async function level(id: string): Promise<PersonLevel> {
  const { status, body } = await app.get<PersonLevel>(`/api/people/${id}/level`, { key: 'read' });
  expect(status).toBe(200);
  return body;
}

const WISH = { level: '4', reason: '白大衣高血压，家庭自测正常', doctor: '王医生', until: '2026-06-01' };

function set(id: string, assessmentVersion: number, more: object = {}) {
  return app.post<PersonLevel>(
    `/api/people/${id}/level/override`,
    { ...WISH, assessmentVersion, ...more },
    { key: 'admin' },
  );
}

/** What `_history` serves, latest first: versions with the doctor's own level in each. */
async function versionsOf(id: string): Promise<string[]> {
  const { body } = await app.get<fhir4.Bundle>(`/fhir/RiskAssessment/${id}/_history`);
  const told = body.entry!.map(({ resource }) => {
    const { meta, prediction } = resource as fhir4.RiskAssessment;
    const codings = prediction!.flatMap(({ qualitativeRisk }) => qualitativeRisk?.coding ?? []);
    const own = codings.find(({ system }) => system === 'urn:firstcall:risk-level-override');
    return `${meta!.versionId}: ${own?.code ?? '-'}`;
  });
  const [latest] = body.entry!;
  const read = await app.get<fhir4.RiskAssessment>(`/fhir/RiskAssessment/${id}`);
  expect(read.body).toEqual(latest!.resource);
  return told;
}

describe('a doctor’s override of a level', () => {
  it('stands beside the computed level, everywhere, and is not in its history', async () => {
    const patient = person();
    const id = await send(patient, { 'systolic-bp': 165 });
    const before = await level(id);
    expect(before).toMatchObject({
      level: { code: '2', text: '2', by: 'rules' },
      computed: {
        version: 1,
        reasons: [{ rule: 'consensus-ab/bp-systolic-grade-2' }, { rule: 'stratification/sbp-grade-2-new' }],
      },
      override: null,
    });
    const { status, body } = await set(id, 1);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      level: { code: '4', text: '4', by: 'doctor' },
      computed: before.computed,
      override: {
        level: '4',
        reason: WISH.reason,
        doctor: '王医生',
        state: 'in-force',
        until: '2026-06-01T16:00:00.000Z',
        computed: { code: '2', text: '2' },
      },
    });
    const [risk] = await app.search<fhir4.RiskAssessment>('RiskAssessment', { patient: id });
    expect(risk!.meta!.versionId).toBe('2');
    expect(risk!.prediction!.slice(0, 2)).toMatchObject([
      { qualitativeRisk: { coding: [{ system: 'urn:firstcall:risk-level', code: '2' }] } },
      {
        qualitativeRisk: { coding: [{ system: 'urn:firstcall:risk-level-override', code: '4' }] },
        whenPeriod: { end: '2026-06-01T16:00:00.000Z' },
      },
    ]);
    const history = await app.get<LevelHistory>(`/api/people/${id}/level/history`);
    expect(history.body).toEqual({ items: [], next: null });
  });

  it('is raised again by new results that prove graver, and stays so when later ones are better', async () => {
    const patient = person();
    const id = await send(patient, { 'systolic-bp': 165 }, 20);
    await set(id, 1);
    await send(patient, { 'systolic-bp': 130 }, 10);
    expect((await level(id)).level).toEqual({ code: '4', text: '4', by: 'doctor' });
    await send(patient, { 'systolic-bp': 150 }, 5);
    expect(await level(id)).toMatchObject({
      level: { code: '3', by: 'rules' },
      override: { state: 'raised-again', contrary: [{ rule: 'stratification/sbp-grade-1-new' }] },
    });
    await send(patient, {}, 1);
    expect(await level(id)).toMatchObject({
      level: { code: '5', by: 'rules' },
      override: { state: 'raised-again' },
    });
    const [risk] = await app.search<fhir4.RiskAssessment>('RiskAssessment', { patient: id });
    expect(JSON.stringify(risk)).not.toContain('risk-level-override');
    const { version } = (await level(id)).computed;
    expect((await set(id, version)).status).toBe(201);
    expect(await versionsOf(risk!.id!)).toEqual(['6: 4', '5: -', '4: -', '3: 4', '2: 4', '1: -']);
    const list = await app.get<OverrideList>(`/api/people/${id}/level/override`);
    expect(list.body.items.map(({ state }) => state)).toEqual(['in-force', 'raised-again']);
  });

  it('ends with its day, by itself', async () => {
    const id = await send(person(), { 'systolic-bp': 165 });
    await set(id, 1, { until: '2026-03-03' });
    const now = app.clock.now();
    try {
      app.clock.set(new Date('2026-03-03T15:59:59.999Z'));
      expect((await level(id)).level.by).toBe('doctor');
      const [risk] = await app.search<fhir4.RiskAssessment>('RiskAssessment', { patient: id });
      expect(await versionsOf(risk!.id!)).toEqual(['2: 4', '1: -']);
      app.clock.set(new Date('2026-03-03T16:00:00.000Z'));
      expect(await level(id)).toMatchObject({ level: { by: 'rules' }, override: { state: 'expired' } });
      expect(await versionsOf(risk!.id!)).toEqual(['3: -', '2: 4', '1: -']);
      const { body } = await app.get<fhir4.RiskAssessment>(`/fhir/RiskAssessment/${risk!.id}`);
      expect(body.meta).toMatchObject({ versionId: '3', lastUpdated: '2026-03-03T16:00:00.000Z' });
      expect(body.occurrenceDateTime).toBe(risk!.occurrenceDateTime);
    } finally {
      app.clock.set(now);
    }
  });

  it('is found by when it began and ended: a search by time follows the versions that are served', async () => {
    const now = app.clock.now();
    const ids: string[] = [];
    try {
      app.clock.set('2026-11-24T01:00:00.000Z');
      for (let i = 0; i < 3; i++) ids.push(await send(person(), { 'systolic-bp': 165 }));
      const [made, withdrawn, untouched] = ids as [string, string, string];
      const since = async (query: string): Promise<string[]> => {
        const found = await app.search<fhir4.RiskAssessment>(
          'RiskAssessment',
          Object.fromEntries(new URLSearchParams(query)),
        );
        return found
          .map(({ subject }) => subject.reference!.slice('Patient/'.length))
          .filter((id) => ids.includes(id));
      };
      app.clock.set('2026-11-24T02:00:00.000Z');
      expect((await set(made, 1, { until: '2026-11-25' })).status).toBe(201);
      const { body } = await set(withdrawn, 1, { until: '2026-12-31' });
      expect(await since('_lastUpdated=ge2026-11-24T01:30:00Z')).toHaveLength(2);
      expect(await since('_lastUpdated=lt2026-11-24T01:30:00Z')).toEqual([untouched]);
      app.clock.set('2026-11-24T03:00:00.000Z');
      await app.http('DELETE', `/api/people/${withdrawn}/level/override?id=${body.override!.id}`);
      expect(await since('_lastUpdated=gt2026-11-24T02:30:00Z')).toEqual([withdrawn]);
      // Its last day ends the other by itself, at midnight of the centre.
      expect(await since('_lastUpdated=gt2026-11-25T15:00:00Z')).toEqual([]);
      app.clock.set('2026-11-26T00:00:00.000Z');
      expect(await since('_lastUpdated=gt2026-11-25T15:00:00Z')).toEqual([made]);
      expect(await since('_lastUpdated=ge2026-11-24T01:00:00Z&_sort=_lastUpdated')).toEqual([
        untouched,
        withdrawn,
        made,
      ]);
      expect(await since('_lastUpdated=ge2026-11-24T01:00:00Z&_sort=-_lastUpdated')).toEqual([
        made,
        withdrawn,
        untouched,
      ]);
      const paged = await app.search<fhir4.RiskAssessment>('RiskAssessment', {
        _sort: '-_lastUpdated',
        _count: '1',
      });
      expect(paged[0]!.subject.reference).toBe(`Patient/${made}`);
      expect(paged[0]!.meta!.lastUpdated).toBe('2026-11-25T16:00:00.000Z');
    } finally {
      app.clock.set(now);
    }
  });

  it('is refused on a level that has moved, beside another, and in the place of one that is not there', async () => {
    const patient = person();
    const id = await send(patient, { 'systolic-bp': 165 }, 9);
    await send(patient, { 'systolic-bp': 150 });
    expect(await set(id, 1)).toMatchObject({
      status: 409,
      body: { errors: [{ path: 'assessmentVersion' }] },
    });
    expect(await set(id, 2, { level: '3' })).toMatchObject({
      status: 409,
      body: { errors: [{ path: 'level' }] },
    });
    const first = (await set(id, 2)).body.override!;
    expect(await set(id, 2)).toMatchObject({ status: 409, body: { errors: [{ path: 'replaces' }] } });
    expect((await set(id, 2, { replaces: 'nobody' })).status).toBe(409);
    const next = await set(id, 2, { level: '5', replaces: first.id });
    expect(next).toMatchObject({ status: 201, body: { level: { code: '5', by: 'doctor' } } });
    const list = await app.get<OverrideList>(`/api/people/${id}/level/override`);
    expect(list.body.items.map(({ state }) => state)).toEqual(['in-force', 'replaced']);
  });

  it('of several doctors at once one is taken', async () => {
    const id = await send(person(), { 'systolic-bp': 165 });
    const answers = await Promise.all(['3', '4', '5', '1'].map((code) => set(id, 1, { level: code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('is withdrawn by its id; then the computed level counts', async () => {
    const id = await send(person(), { 'systolic-bp': 165 });
    const { override } = (await set(id, 1)).body;
    const path = `/api/people/${id}/level/override`;
    expect((await app.http('DELETE', `${path}?id=other`)).status).toBe(404);
    const withdrawn = await app.http<PersonLevel>('DELETE', `${path}?id=${override!.id}`);
    expect(withdrawn).toMatchObject({
      status: 200,
      body: { level: { code: '2', by: 'rules' }, override: null },
    });
    expect((await app.http('DELETE', `${path}?id=${override!.id}`)).status).toBe(404);
    const list = await app.get<OverrideList>(path);
    expect(list.body.items).toMatchObject([{ state: 'withdrawn' }]);
  });

  it.each<[string, object, string]>([
    ['no reason', { reason: ' ' }, 'reason'],
    ['too long a reason', { reason: 'x'.repeat(1001) }, 'reason'],
    ['nobody who decides', { doctor: '' }, 'doctor'],
    ['no end', { until: undefined }, 'until'],
    ['a day that is none', { until: '2026-02-30' }, 'until'],
    ['a day that is past', { until: '2026-03-01' }, 'until'],
    ['more than a year', { until: '2027-03-05' }, 'until'],
    ['a level that is none', { level: '6' }, 'level'],
    ['something else', { verdict: 'x' }, 'verdict'],
  ])('with %s is refused', async (_, more, path) => {
    const id = await send(person(), { 'systolic-bp': 165 });
    const { status, body } = await set(id, 1, more);
    expect(status).toBe(400);
    expect((body as unknown as { errors: { path: string }[] }).errors.map((one) => one.path)).toContain(path);
    expect((await level(id)).override).toBeNull();
  });

  it('is for those who may decide; of nobody, and under an identifier, there is nothing', async () => {
    const patient = person();
    const id = await send(patient, { 'systolic-bp': 165 });
    const path = `/api/people/${id}/level/override`;
    const wish = { ...WISH, assessmentVersion: 1 };
    for (const key of ['read', 'read-contact', 'feed'] as const)
      expect((await app.post(path, wish, { key })).status).toBe(403);
    expect((await app.get(path, { key: 'feed' })).status).toBe(403);
    expect((await app.get(path, { key: null })).status).toBe(401);
    expect((await app.get('/api/people/nobody/level')).status).toBe(404);
    expect(
      (await app.get(`/api/people/${encodeURIComponent(`${MRN}|${mrnOf(patient)}`)}/level`)).status,
    ).toBe(404);
  });

  it('is recorded with who did it, and so is who looked', async () => {
    const id = await send(person(), { 'systolic-bp': 165 });
    const { override } = (await set(id, 1)).body;
    await app.http('DELETE', `/api/people/${id}/level/override?id=${override!.id}`);
    await level(id);
    const events = await app.nest.get(DataSource).getRepository(AuditEventEntity).findBy({ personId: id });
    const ours = events.filter(({ action }) => /level|override/.test(action));
    expect(ours.map(({ action }) => action).sort()).toEqual([
      'level overridden',
      'override withdrawn',
      'read level',
    ]);
    expect(events.map(({ detail }) => detail).join()).not.toContain(WISH.reason);
  });

  it('is kept with its reason sealed; one that was stored in clear is sealed at the next start', async () => {
    const id = await send(person(), { 'systolic-bp': 165 });
    await set(id, 1);
    const data = app.nest.get(DataSource);
    const sql = 'SELECT reason FROM level_override WHERE person_id = ?';
    const reasonOf = async () => (await data.query<{ reason: string }[]>(sql, [id]))[0]!.reason;
    expect(await reasonOf()).toMatch(/^sealed:[A-Za-z0-9+/=]{40,}$/);
    await data.query('UPDATE level_override SET reason = ? WHERE person_id = ?', [WISH.reason, id]);
    expect((await level(id)).override).toMatchObject({ reason: WISH.reason });
    await app.nest.get(LevelOverridesService, { strict: false }).onApplicationBootstrap();
    expect(await reasonOf()).toMatch(/^sealed:/);
    expect((await level(id)).override).toMatchObject({ reason: WISH.reason });
  });

  it('ends when the record becomes part of another', async () => {
    const [one, other] = [person(), person()];
    const id = await send(one, { 'systolic-bp': 165 });
    const into = await send(other, {});
    await set(id, 1);
    const link = [{ type: 'replaced-by' as const, other: { reference: `Patient/${into}` } }];
    const merged = await app.http('PUT', `/fhir/Patient/${id}`, { ...one, id, link }, { key: 'feed' });
    expect(merged.status).toBeLessThan(300);
    const list = await app.get<OverrideList>(`/api/people/${into}/level/override`);
    expect(list.body.items.map(({ state }) => state)).toEqual(['merged']);
    expect((await level(into)).level.by).toBe('rules');
  });
});
