import { type QueueItem, type QueuePage } from '../../src/workbench/queue.dto.js';
import { TEST_NOW, type TestApp } from '../support/app.js';
import { Desk, potassium } from '../support/desk.js';
import { minutesAfter, observation } from '../support/messages.js';
import { type Nurse } from '../support/nurses.js';

describe('the order of the queue', () => {
  let desk: Desk;
  let app: TestApp;
  let wang: Nurse;
  let li: Nurse;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    desk = await Desk.open();
    ({ app, wang, li } = desk);
    const put = async (name: string, result: fhir4.Observation, patient = {}): Promise<void> => {
      ids[name] = (await desk.called([result], { name: [{ text: name }], ...patient })).id;
    };
    await put('早王', observation({ hb: 65 }));
    await put('急李', potassium(7));
    app.clock.advance({ minutes: 1 });
    await put('急赵', potassium(7.1, { issued: minutesAfter(1), effectiveDateTime: minutesAfter(1) }));
    await put('晚孙', observation({ wbc: 2.1 }));
    app.clock.set(TEST_NOW);
    await put('急钱', potassium(7.2));
  });
  afterAll(() => desk.close());

  const names = (items: readonly QueueItem[]): string[] => items.map(({ person }) => person!.name!);
  const state = async (wanted: string): Promise<string[]> => names(await wang.queue(`&state=${wanted}`));

  it('is class, then time left, then attempts, fewest first; and pages follow it', async () => {
    await wang.act(ids['急李']!, 'claim');
    await wang.call(ids['急李']!, { outcome: 'no-answer' });
    const all = await wang.queue();
    expect(names(all).slice(0, 3)).toEqual(['急钱', '急李', '急赵']);
    expect(names(all).slice(3).sort()).toEqual(['晚孙', '早王'].sort());
    expect(all[1]!.life).toMatchObject({ attempts: 1, claimedBy: null, notBefore: minutesAfter(15) });
    const walked: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page: QueuePage = (await wang.get<QueuePage>(`/api/queue?limit=1${after && `&after=${after}`}`))
        .body;
      walked.push(...names(page.items));
      after = page.next;
    }
    expect(walked).toEqual(names(all));
  });

  it('is narrowed to what is free, claimed, mine, waiting for its time, or late', async () => {
    expect(await state('waiting')).toEqual(['急李']);
    await li.act(ids['急赵']!, 'claim');
    expect(await state('claimed')).toEqual(['急赵']);
    expect(names(await li.queue('&owner=me'))).toEqual(['急赵']);
    expect(names(await wang.queue('&owner=me'))).toEqual([]);
    expect(names(await wang.queue(`&owner=${li.id}`))).toEqual(['急赵']);
    expect((await state('free'))[0]).toBe('急钱');
    expect(await state('free')).toHaveLength(3);
    expect(await state('overdue')).toEqual([]);
    app.clock.advance({ minutes: 15 });
    expect(await state('waiting')).toEqual([]);
    expect((await state('free')).slice(0, 2)).toEqual(['急钱', '急李']);
    app.clock.advance({ minutes: 15 });
    expect(await state('claimed')).toEqual([]);
    app.clock.advance({ minutes: 92 });
    expect((await state('overdue')).sort()).toEqual(['急李', '急赵', '急钱'].sort());
  });

  it('is searched by the beginning of a name, whatever is typed', async () => {
    const found = async (body: unknown): Promise<string[]> =>
      names((await wang.post<QueuePage>('/api/queue/search', body)).body.items);
    expect(await found({ q: '急' })).toHaveLength(3);
    expect(await found({ q: '急', limit: 2 })).toHaveLength(2);
    expect(await found({ q: '急', owner: 'me' })).toEqual([]);
    expect(await found({ q: '晚孙' })).toEqual(['晚孙']);
    for (const q of ['%', '_', '!', "'", '赵']) expect([q, await found({ q })]).toEqual([q, []]);
    for (const refused of [{}, { q: '' }, { q: 'x'.repeat(65) }, { q: '急', state: 'lost' }])
      expect((await wang.post('/api/queue/search', refused)).status).toBe(400);
  });

  it.each(['state=lost', 'owner=a b', 'q=name'])('refuses ?%s', async (query) => {
    expect((await wang.get(`/api/queue?${query}`)).status).toBe(400);
  });
});
