import { DataSource } from 'typeorm';
import { AccountsService } from '../../src/accounts/index.js';
import { PeopleFound } from '../../src/people/index.js';
import { type ColleagueList, type RecheckPage } from '../../src/workbench/desk.dto.js';
import { type PeopleFoundPage, type PersonPage, type Series } from '../../src/workbench/people.dto.js';
import { type QueuePage } from '../../src/workbench/queue.dto.js';
import { signedInAs } from '../support/browser-session.js';
import { Desk, hiv, potassium, RIGHT } from '../support/desk.js';
import { daysBefore, person } from '../support/messages.js';

const RANGE = { referenceRange: [{ low: { value: 3.5 }, high: { value: 5.3 } }] };

describe('people are found, and seen whole', () => {
  let desk: Desk;
  let li: string;
  beforeAll(async () => {
    desk = await Desk.open();
    const earlier = potassium(4.2, { ...RANGE, effectiveDateTime: daysBefore(300), issued: daysBefore(300) });
    const { id } = await desk.called([earlier, potassium(6.8, RANGE)]);
    li = (await desk.wang.task(id)).person!.id;
    for (const [name, phone] of [
      ['单雄信', '13900005678'],
      ['李军歌', '010-6555 4471'],
      ['Lin Jie Gao', '13800000001'],
    ]) {
      const patient = person(undefined, {
        name: [{ text: name! }],
        telecom: [{ system: 'phone', value: phone! }],
      });
      await desk.send(patient, [potassium(7.1)]);
    }
  });
  afterAll(() => desk?.close());

  const find = async (q: string): Promise<string[]> => {
    const { body } = await desk.wang.post<PeopleFoundPage>('/api/people/search', { q });
    return body.items.map(({ name }) => name!).sort();
  };
  const inQueue = async (q: string): Promise<string[]> => {
    const { body } = await desk.wang.post<QueuePage>('/api/queue/search', { q });
    return body.items.map((item) => item.person!.name!).sort();
  };

  it.each([
    ['李', ['李军歌', '李建国']],
    ['ljg', ['Lin Jie Gao', '李军歌', '李建国']],
    ['LJ', ['Lin Jie Gao', '李军歌', '李建国']],
    ['sxx', ['单雄信']],
    ['dxx', ['单雄信']],
    ['lin', ['Lin Jie Gao']],
    ['4471', ['李军歌', '李建国']],
    ['１２３４', []],
    ['5678', ['单雄信']],
    ['%', []],
    ['建', []],
  ])('“%s” finds the same among all people and in the queue', async (q, names) => {
    expect([...(await find(q))].sort()).toEqual([...names].sort());
    expect([...(await inQueue(q))].sort()).toEqual([...names].sort());
  });

  it('a task by the reference that messages carry, and by that of nobody else’s', async () => {
    const { body } = await desk.wang.post<QueuePage>('/api/queue/search', { q: '单雄信' });
    const [task] = body.items;
    const byReference = await desk.wang.post<QueuePage>('/api/queue/search', {
      q: ` ${task!.id.slice(-8).toUpperCase()} `,
    });
    expect(byReference.body.items.map(({ id }) => id)).toEqual([task!.id]);
    expect((await desk.wang.post<QueuePage>('/api/queue/search', { q: '0000ffff' })).body.items).toEqual([]);
  });

  it('finds those who were stored before there was anything to find them by', async () => {
    const database = desk.app.nest.get(DataSource);
    await database.query('UPDATE person SET initials = NULL');
    await database.query('UPDATE person_contact SET tail_hash = NULL');
    expect([await find('ljg'), await find('4471')]).toEqual([[], []]);
    await desk.app.nest.get(PeopleFound).onApplicationBootstrap();
    expect([(await find('sxx')).length, (await find('4471')).length]).toEqual([1, 2]);
  });

  it('never stores the end of a number that can be read', async () => {
    const rows = await desk.app.nest
      .get(DataSource)
      .query<{ tail_hash: string }[]>('SELECT tail_hash FROM person_contact');
    for (const { tail_hash: hash } of rows) expect(hash).toMatch(/^[\w-]{27}$/);
    expect(JSON.stringify(rows)).not.toMatch(/4471|5678/);
  });

  it('shows findings, tasks, and the course of a value with the interval of its report', async () => {
    const { body } = await desk.wang.get<PersonPage>(`/api/people/${li}`);
    expect(body.person).toMatchObject({ name: '李建国', birthDate: '1968-03-14' });
    expect(body.person.contacts.map(({ value }) => value)).toEqual(['138****4471']);
    expect(body.findings.length).toBeGreaterThan(0);
    expect(body.tasks).toEqual([expect.objectContaining({ code: 'notify', class: 'A', closedAt: null })]);
    const [measured] = body.measured;
    expect(measured).toMatchObject({ analyte: 'potassium', count: 2 });
    const { body: series } = await desk.wang.get<Series>(`/api/people/${li}/series?analyte=potassium`);
    expect(series).toMatchObject({ unit: 'mmol/L', band: { low: '3.5', high: '5.3' } });
    expect(series.points.map(({ value, kind }) => [value, kind])).toEqual([
      ['4.2', 'exact'],
      ['6.8', 'exact'],
    ]);
  });

  it('reveals numbers only when asked, and writes down who asked', async () => {
    const { body } = await desk.wang.post<{ items: { value: string }[] }>(`/api/people/${li}/contacts`, {});
    expect(body.items.map(({ value }) => value)).toEqual(['13812344471']);
    const rows = await desk.app.nest
      .get(DataSource)
      .query<unknown[]>(
        "SELECT action FROM audit_event WHERE action IN ('contacts revealed', 'read person', 'find people')",
      );
    expect(rows.length).toBeGreaterThan(2);
  });

  it('says nothing of a confidential result to whoever is not named for it', async () => {
    const { id } = await desk.called([hiv()], { name: [{ text: '保密的人' }] });
    const { person: someone } = await desk.wang.task(id);
    const nurse = await signedInAs(desk.app, 'nurse-of-people', 'nurse');
    const { body, text } = await nurse.get<PersonPage>(`/api/people/${someone!.id}`);
    expect(body.findings[0]).toMatchObject({ isConfidential: true, rule: null, leaves: [] });
    expect(text).not.toMatch(/HIV|hiv|阳性/);
    expect((await nurse.get(`/api/people/${someone!.id}?reveal=true`)).status).toBe(403);
  });

  it.each(['/api/people/none', '/api/people/none/series?analyte=potassium'])('%s is nobody', async (path) => {
    expect((await desk.wang.get(path)).status).toBe(404);
  });

  it.each([{ q: '' }, { q: 'x'.repeat(65) }, { q: 'x', limit: 51 }, {}])(
    'refuses to look for %j',
    async (body) => {
      expect((await desk.wang.post('/api/people/search', body)).status).toBe(400);
    },
  );

  it('lists to whom a task may be handed over, and nobody else', async () => {
    const accounts = desk.app.nest.get(AccountsService);
    const { id } = await accounts.create({ login: 'zhao', name: '赵静', roles: ['head-nurse'] });
    await accounts.create({ login: 'shen', name: '沈计', roles: ['auditor'] });
    const gone = await accounts.create({ login: 'gone', name: '已离职', roles: ['nurse'] });
    await accounts.setDisabled(gone.id, true);
    const task = await desk.called([potassium(6.7)], { name: [{ text: '许交接' }] });
    const { body } = await desk.wang.get<ColleagueList>(`/api/tasks/${task.id}/colleagues`);
    expect(body.items.find((one) => one.id === id)).toMatchObject({ name: '赵静', initials: 'zj' });
    expect(body.items.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['沈计']));
    expect(body.items.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['已离职']));
  });

  it('lists what was told and not yet settled, with the day agreed on', async () => {
    const { id } = await desk.called([potassium(6.9)], { name: [{ text: '李建国' }] });
    await desk.wang.act(id, 'claim');
    const recheckAt = '2026-03-05T02:00:00.000Z';
    const readBack = await desk.readBack(id, '6.9', 'mmol/L');
    const { body: called } = await desk.wang.call(id, { outcome: 'told', ...RIGHT, readBack, recheckAt });
    expect(called.outcome).toBe('told');
    const { body } = await desk.wang.get<RecheckPage>('/api/rechecks');
    expect(body.total).toBe(body.items.length);
    expect(body.items[0]).toMatchObject({
      taskId: id,
      recheckAt,
      isOverdue: false,
      person: { name: '李建国' },
    });
    desk.app.clock.set('2026-03-06T02:00:00.000Z');
    const later = await desk.wang.get<RecheckPage>('/api/rechecks');
    expect(later.body.items[0]).toMatchObject({ isOverdue: true });
  });
});
