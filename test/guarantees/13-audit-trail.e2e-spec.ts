import { DataSource } from 'typeorm';
import { AuditEventEntity, AuditVerifier, Sealer } from '../../src/access/index.js';
import { linkOn } from '../../src/access/audit/domain/chain.js';
import { DIALECTS, insertRows, UnitOfWork } from '../../src/database/index.js';
import { newId } from '../../src/kernel/index.js';
import { Vault } from '../../src/secrets/index.js';
import { TaskWorkService } from '../../src/tasks/index.js';
import { type AuditPage, type AuditShown } from '../../src/workbench/audit.dto.js';
import { TEST_NOW } from '../support/app.js';
import { signedInAs } from '../support/browser-session.js';
import { Desk, potassium } from '../support/desk.js';

/** In parts, so that no statement is larger than any database takes. */
const PART = 1500;

describe('guarantee 13: who saw and changed what is kept, and nobody can change it unseen', () => {
  let desk: Desk;
  let task: { id: string; mrn: string };
  let personId: string;
  const trail = async (query = ''): Promise<AuditShown[]> =>
    (await desk.app.get<AuditPage>(`/api/audit?limit=500${query}`)).body.items;
  const verify = () => desk.app.nest.get(AuditVerifier).verify();
  const sql = (text: string, values: unknown[] = []) => desk.app.nest.get(DataSource).query(text, values);
  beforeAll(async () => {
    desk = await Desk.open();
    task = await desk.called([potassium(7.1)]);
    personId = (await desk.wang.task(task.id)).person!.id;
  });
  afterAll(() => desk?.close());

  it('a message leaves one record: which key, as what, from where, which message, about whom', async () => {
    const received = await trail('&action=message%20received');
    expect(received).toEqual([
      expect.objectContaining({
        actorName: 'feed',
        role: 'feed',
        from: expect.stringMatching(/127\.0\.0\.1/) as string,
        subject: expect.stringMatching(/^message\//) as string,
        personId,
        at: TEST_NOW,
      }),
    ]);
  });

  it('reads, acts and refusals are told by person, actor and kind, and nothing in them names the person', async () => {
    await desk.wang.act(task.id, 'claim');
    await desk.wang.post(`/api/tasks/${task.id}/contacts`, {});
    await desk.app.get(`/fhir/Patient/${personId}`, { key: 'read' });
    await desk.app.get('/api/users', { key: 'read' });
    const about = await trail(`&person=${personId}`);
    const actions = about.map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['contacts revealed', 'task claim', 'read task', 'read Patient']),
    );
    const mine = await trail(`&actor=key:${desk.wang.id}&subject=task/${task.id}`);
    expect(new Set(mine.map(({ actorName }) => actorName))).toEqual(new Set(['wang']));
    expect(await trail('&action=refused')).toEqual([
      expect.objectContaining({ role: 'read', detail: 'needs manage-accounts' }),
    ]);
    for (const secret of ['李建国', '13812344471', '4471', task.mrn])
      expect(JSON.stringify(about)).not.toContain(secret);
  });

  it('a page follows another, and a period is kept to', async () => {
    const all = await trail();
    const first = await desk.app.get<AuditPage>('/api/audit?limit=3');
    const second = await desk.app.get<AuditPage>(`/api/audit?limit=3&after=${first.body.next}`);
    const ids = [...first.body.items, ...second.body.items].map(({ id }) => id);
    // Looking was recorded meanwhile, before the first page.
    expect(ids.slice(1, 4)).toEqual(all.slice(0, 3).map(({ id }) => id));
    expect(await trail(`&until=${TEST_NOW}`)).toEqual([]);
    expect((await desk.app.get('/api/audit?after=x')).status).toBe(400);
    expect((await desk.app.get('/api/audit?actor=somebody')).status).toBe(400);
  });

  it('an auditor reads it as FHIR too, and nobody else does', async () => {
    const auditor = await signedInAs(desk.app, 'auditor', 'auditor');
    const nurse = await signedInAs(desk.app, 'nurse', 'nurse');
    const { body } = await auditor.get<fhir4.Bundle>(`/fhir/AuditEvent?patient=${personId}&_count=2`);
    const event = body.entry![0]!.resource as fhir4.AuditEvent;
    expect(event).toMatchObject({ resourceType: 'AuditEvent', recorded: TEST_NOW, outcome: '0' });
    expect(event.entity![0]).toEqual({ what: { reference: `Patient/${personId}` } });
    const next = body.link!.find(({ relation }) => relation === 'next')!.url;
    const more = await auditor.get<fhir4.Bundle>(next);
    expect(more.body.entry).toHaveLength(2);
    expect((await auditor.get<fhir4.AuditEvent>(`/fhir/AuditEvent/${event.id}`)).body).toEqual(event);
    expect((await auditor.get('/fhir/AuditEvent/none')).status).toBe(404);
    expect((await auditor.get(`/fhir/Patient/${personId}`)).status).toBe(403);
    expect((await nurse.get('/fhir/AuditEvent')).status).toBe(403);
    expect((await desk.app.get('/fhir/AuditEvent', { key: 'read' })).status).toBe(403);
  });

  it('a change that can’t be recorded is not made', async () => {
    const before = await desk.wang.task(task.id);
    const failing = () => Promise.reject(new Error('disk full'));
    const act = { taskId: task.id, version: before.version, action: 'release' as const, reason: null };
    const who = { actor: desk.wang.id, by: `key:${desk.wang.id}`, witness: failing };
    await expect(desk.app.nest.get(TaskWorkService).act({ ...act, ...who })).rejects.toThrow('disk full');
    expect((await desk.wang.task(task.id)).version).toBe(before.version);
  });

  it('is sealed by several at once into one chain, which holds', async () => {
    const sealer = desk.app.nest.get(Sealer);
    await Promise.all([sealer.seal(), sealer.seal(), sealer.seal()]);
    const total = await desk.app.nest.get(DataSource).manager.count(AuditEventEntity);
    expect(await verify()).toMatchObject({
      broken: null,
      head: { seq: total },
      unsealed: { count: 0 },
      missingGuards: [],
    });
    await desk.wang.task(task.id);
    expect((await verify()).unsealed).toMatchObject({ count: 1, since: new Date(TEST_NOW) });
  });

  it('is neither changed nor taken away in the database', async () => {
    for (const statement of [
      `UPDATE audit_event SET actor = 'nobody'`,
      'UPDATE audit_event SET seq = NULL, hash = NULL',
      `UPDATE audit_event SET seq = 1000000, hash = '', detail = 'x' WHERE seq IS NULL`,
      'DELETE FROM audit_event',
    ])
      await expect(sql(statement)).rejects.toThrow('append-only');
  });

  describe('by somebody who can take the guards away', () => {
    beforeAll(async () => {
      await desk.app.nest.get(Sealer).seal();
      for (const guard of ['audit_event_unchanged', 'audit_event_kept']) await sql(`DROP TRIGGER ${guard}`);
    });

    interface Row {
      id: string;
      hash: string;
    }
    const rowAt = async (seq: number): Promise<Row> => {
      const [row] = (await sql('SELECT id, hash FROM audit_event WHERE seq = ?', [seq])) as Row[];
      return row!;
    };

    it.each([
      ['what was done', `detail = '2 shown.'`],
      ['who did it', `actor = 'nobody'`],
      ['the instant, by a millisecond', `at = '2026-03-02 02:00:00.001'`],
      ['from where', 'source = NULL'],
      ['a hash', `hash = 'AAAAAAAAAAAAAAAAAAAAAAAAAAA'`],
    ])('a change of %s is found, at its place', async (_, change) => {
      const seq = 2;
      const { id } = await rowAt(seq);
      const [kept] = (await sql('SELECT at, actor, detail, source, hash FROM audit_event WHERE seq = ?', [
        seq,
      ])) as Record<string, unknown>[];
      await sql(`UPDATE audit_event SET ${change} WHERE seq = ?`, [seq]);
      expect((await verify()).broken).toEqual({ seq, why: 'changed', id });
      await sql('UPDATE audit_event SET at = ?, actor = ?, detail = ?, source = ?, hash = ? WHERE seq = ?', [
        ...Object.values(kept!),
        seq,
      ]);
      expect((await verify()).broken).toBeNull();
    });

    it('one flipped byte is found among 100,000 events', async () => {
      await addSealed(100_000);
      const seq = 70_001;
      const { id } = await rowAt(seq);
      await sql(`UPDATE audit_event SET detail = 'shoxn' WHERE seq = ? AND detail = 'shown'`, [seq]);
      const { broken, head } = await verify();
      expect(broken).toEqual({ seq, why: 'changed', id });
      // As far as it holds.
      expect(head.seq).toBeLessThan(seq);
    });

    it('events that are missing are found, at the end too by whoever noted it', async () => {
      const end = { seq: 5, hash: (await rowAt(5)).hash };
      await sql('DELETE FROM audit_event WHERE seq >= 5');
      expect((await verify()).broken).toEqual({ seq: 5, why: 'missing', id: null });
      await sql('UPDATE audit_chain SET seq = 4, hash = ?', [(await rowAt(4)).hash]);
      expect((await verify()).broken).toBeNull();
      const noted = await desk.app.nest.get(AuditVerifier).verify(end);
      expect(noted.broken).toEqual({ seq: 5, why: 'missing', id: null });
      await sql('DELETE FROM audit_event WHERE seq = 2');
      expect((await verify()).broken).toEqual({ seq: 2, why: 'missing', id: null });
    });

    /** As the sealer links them. */
    async function addSealed(count: number): Promise<void> {
      const vault = desk.app.nest.get(Vault);
      const { head } = await verify();
      const at = new Date(TEST_NOW);
      const what = {
        actor: 'key:k',
        role: 'read',
        action: 'read Patient',
        source: '10.0.0.7',
        detail: 'shown',
      };
      const none = { personId: null, subject: null, reason: null };
      const events = Array.from({ length: count }, () => ({ id: newId(), at, ...what, ...none }));
      const links = linkOn(head, events, (text) => vault.hash(text));
      const columns = ['id', 'at', ...Object.keys(what), 'seq', 'hash'];
      const when = DIALECTS[desk.app.nest.get(UnitOfWork).kind].instant(at);
      await desk.app.nest.get(UnitOfWork).run(async (manager) => {
        for (let i = 0; i < links.length; i += PART) {
          const part = links.slice(i, i + PART);
          const rows = part.map((e) => [e.id, when, ...Object.values(what), e.seq, e.hash]);
          await insertRows(manager, 'audit_event', columns, rows);
        }
        const { seq, hash } = links.at(-1)!;
        await manager.query('UPDATE audit_chain SET seq = ?, hash = ?', [seq, hash]);
      });
    }
  });
});
