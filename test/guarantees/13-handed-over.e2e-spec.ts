import { AccountsService } from '../../src/accounts/index.js';
import { type ColleagueList } from '../../src/workbench/desk.dto.js';
import { type TaskDetail } from '../../src/workbench/task.dto.js';
import { type HttpAnswer } from '../support/app.js';
import { type BrowserSession, signedInAs } from '../support/browser-session.js';
import { limited, someone, type Someone } from '../support/centres.js';
import { Desk } from '../support/desk.js';

interface Problem {
  errors: { path?: string }[];
  detail: string;
}

describe('guarantee 13: a task goes to nobody who may not see its person', () => {
  let desk: Desk;
  const session: Record<string, BrowserSession> = {};
  const id: Record<string, string> = {};
  let ofWest: Someone, ofEast: Someone;
  beforeAll(async () => {
    desk = await Desk.open();
    const { app } = desk;
    session['west'] = await limited(app, 'west', ['nurse'], { centre: 'W' });
    session['westToo'] = await limited(app, 'west-too', ['nurse'], { centre: 'W' });
    session['east'] = await limited(app, 'east', ['nurse'], { centre: 'E' });
    session['doctor'] = await limited(app, 'doctor', ['attending-doctor'], { doctor: 'D1' });
    session['head'] = await signedInAs(app, 'head', 'head-nurse');
    await signedInAs(app, 'manager', 'manager');
    await signedInAs(app, 'gone', 'nurse');
    const accounts = app.nest.get(AccountsService);
    for (const { id: account, login } of await accounts.list()) id[login] = account;
    await accounts.setDisabled(id['gone']!, true);
    ofWest = await someone(desk, '魏西城', { centre: 'W' });
    ofEast = await someone(desk, '董东城', { centre: 'E' });
  });
  afterAll(() => desk?.close());

  const give = async (who: string, whose: Someone, action: string, to: string | undefined) => {
    const path = `/api/tasks/${whose.task}`;
    const { version } = (await session['head']!.get<TaskDetail>(path)).body;
    return session[who]!.post<Problem>(`${path}/${action}`, { version, to });
  };
  const said = ({ status, body }: HttpAnswer<Problem>) => [status, body.errors[0]?.path, body.detail];

  it('is handed over and reassigned within the centre, and refused with the reason to any other', async () => {
    const claimed = await give('west', ofWest, 'claim', undefined);
    expect(claimed.status).toBe(200);
    for (const [to, why] of [
      [id['east'], 'work elsewhere'],
      [id['doctor'], 'work elsewhere'],
      [id['manager'], 'make no calls'],
      [id['gone'], 'locked out'],
      ['nobody-at-all', 'nobody by this id'],
    ] as const) {
      const refused = [400, 'to', expect.stringContaining(why)];
      expect([to, said(await give('west', ofWest, 'hand-over', to))]).toEqual([to, refused]);
      expect([to, said(await give('head', ofWest, 'reassign', to))]).toEqual([to, refused]);
    }
    const { body } = await session['head']!.get<TaskDetail>(`/api/tasks/${ofWest.task}`);
    expect([body.owner, body.life.handoverTo]).toEqual([id['west'], null]);
    expect((await give('west', ofWest, 'hand-over', id['west-too'])).status).toBe(200);
    expect((await give('westToo', ofWest, 'accept', undefined)).status).toBe(200);
    expect((await give('head', ofWest, 'reassign', id['west'])).status).toBe(200);
  });

  it('lets nobody give away, or take, what is another centre’s', async () => {
    for (const action of ['claim', 'hand-over', 'accept', 'decline', 'release', 'snooze'])
      expect([action, (await give('east', ofWest, action, id['east'])).status]).toEqual([action, 404]);
    expect((await session['east']!.get(`/api/tasks/${ofWest.task}/colleagues`)).status).toBe(404);
  });

  it('a person opened by break-glass for an hour is no reason to be given the task', async () => {
    const reason = '受检者在东院晕倒，急查既往结果';
    await session['east']!.post('/api/break-glass', { person: ofWest.person, reason });
    expect((await session['east']!.get(`/api/tasks/${ofWest.task}`)).status).toBe(200);
    expect(said(await give('head', ofWest, 'reassign', id['east']))[0]).toBe(400);
  });

  it('offers as colleagues exactly those to whom it may go', async () => {
    const names = async (who: string, whose: Someone) =>
      (await session[who]!.get<ColleagueList>(`/api/tasks/${whose.task}/colleagues`)).body.items.map(
        (one) => one.id,
      );
    expect((await names('west', ofWest)).sort()).toEqual([id['head'], id['west-too']].sort());
    expect((await names('head', ofEast)).sort()).toEqual([id['east']]);
  });
});
