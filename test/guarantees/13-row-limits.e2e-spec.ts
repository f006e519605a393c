import { type AuditPage } from '../../src/workbench/audit.dto.js';
import { type QueuePage } from '../../src/workbench/queue.dto.js';
import { tableOfRoute } from '../../src/access/index.js';
import { ROLES } from '../../src/accounts/index.js';
import { type BrowserSession, signedInAs } from '../support/browser-session.js';
import { CENTRE, encounterOf, limited, someone, type Someone, STAFF } from '../support/centres.js';
import { Desk } from '../support/desk.js';
import { type Route, routesOf } from '../support/routes.js';

/** Routes with an id in them that are about nobody who is looked after. */
const ABOUT_NOBODY = [
  'GET /api/rules/versions/:version',
  'GET /api/rules/rule/:pack/:rule',
  ...['GET', 'PUT'].map((method) => `${method} /api/rules/drafts/:id/file`),
  ...['', '/diff', '/replay'].map((part) => `GET /api/rules/drafts/:id${part}`),
  ...['strength', 'check', 'seen', 'replay', 'send', 'take-up', 'withdraw', 'return', 'approve'].map(
    (act) => `POST /api/rules/drafts/:id/${act}`,
  ),
  'GET /api/set-up/:token',
  'POST /api/set-up/:token',
  'POST /api/keys/:id/revoke',
  'POST /api/messages/receipts/:channel',
  'DELETE /api/me/sessions/:id',
  /** Of machines: only keys use them. */
  'GET /fhir/:type/:id',
  'GET /fhir/:type/:id/_history',
  'GET /fhir/:type/:id/_history/:version',
  'GET /fhir/:type',
  'PUT /fhir/:type/:id',
  'PUT /fhir/:type',
  'POST /fhir/:type/_search',
  'POST /fhir/:type',
  'DELETE /fhir/:type/:id',
  'DELETE /fhir/:type',
  /** Of the trail; by whom it is about. */
  'GET /fhir/AuditEvent/:id',
];
/** Lists of people, of tasks of people, or of what was done with them; each with what it needs to be asked. */
const LISTS: [method: string, path: string, body?: object][] = [
  ['GET', '/api/queue?limit=200'],
  ['GET', '/api/queue/sheet'],
  ['GET', '/api/rechecks'],
  ['GET', '/api/register?from=2026-03-01&to=2026-03-03'],
  ['GET', '/api/register/csv?from=2026-03-01&to=2026-03-03'],
  ['GET', '/api/register/print?from=2026-03-01&to=2026-03-03'],
  ['GET', '/api/level-moves?since=2026-03-01&until=2026-03-03'],
  ['GET', '/api/data-quality?limit=200'],
  ['GET', '/api/person-conflicts'],
  ['GET', '/api/messages?limit=200'],
  ['GET', '/api/audit?limit=500'],
  ['GET', '/fhir/AuditEvent?_count=200'],
];

describe('guarantee 13: a nurse sees her own centre, an attending doctor their own inpatients', () => {
  let desk: Desk;
  let routes: Route[];
  let west: BrowserSession;
  let east: BrowserSession;
  let doctor: BrowserSession;
  let whole: BrowserSession;
  let ofWest: Someone, ofEast: Someone, ofNobody: Someone, ward: Someone, otherWard: Someone;
  beforeAll(async () => {
    desk = await Desk.open();
    const { app } = desk;
    routes = routesOf(app.nest);
    const every = ROLES.filter((role) => role !== 'attending-doctor');
    west = await limited(app, 'west', every, { centre: 'W' });
    east = await limited(app, 'east', every, { centre: 'E' });
    doctor = await limited(app, 'doctor', ['attending-doctor'], { doctor: 'D1' });
    whole = await signedInAs(app, 'whole', ...every);
    ofWest = await someone(desk, '魏西城', { centre: 'W' });
    ofEast = await someone(desk, '董东城', { centre: 'E' });
    ofNobody = await someone(desk, '吴无名', null);
    ward = await someone(desk, '柳病房', { centre: 'E', doctor: 'D1' });
    otherWard = await someone(desk, '梁病房', { centre: 'W', doctor: 'D2' });
  });
  afterAll(() => desk?.close());

  const tried = (session: BrowserSession, route: Route, whose: Someone | null) => {
    const table = tableOfRoute(route.path);
    const id = !whose ? 'none' : table === 'outbox' ? whose.message : whose[table as 'person'];
    const path = route.path.replace(':id', id).replace(/:\w+/, 'sms');
    const query = path.endsWith('/series') ? '?analyte=potassium' : '';
    return session.http(route.method, path + query, route.method === 'GET' ? undefined : {});
  };
  const about = (): Route[] => routes.filter(({ path }) => tableOfRoute(path) !== null);
  const known = (text: string): string[] =>
    [ofWest, ofEast, ofNobody, ward, otherWard]
      .filter(({ name, person, task }) => [name, person, task].some((one) => text.includes(one)))
      .map(({ name }) => name);

  it('every route with an id in it says whether it is about a person', () => {
    const unknown = routes
      .filter(({ path }) => path.includes(':') && tableOfRoute(path) === null)
      .filter(({ path, name }) => !path.startsWith('/api/users/') && !ABOUT_NOBODY.includes(name));
    expect(unknown.map(({ name }) => name)).toEqual([]);
    expect(about().length).toBeGreaterThan(30);
  });

  it('ids swapped between two centres, and between two wards, give nothing, and tell nothing', async () => {
    const wrong: string[] = [];
    const swaps: [string, BrowserSession, own: Someone, others: Someone[]][] = [
      ['west', west, ofWest, [ofEast, ward]],
      ['east', east, ofEast, [ofWest, otherWard]],
      ['doctor', doctor, ward, [otherWard, ofWest, ofEast, ofNobody]],
    ];
    for (const [who, session, own, others] of swaps) {
      for (const route of about()) {
        const none = await tried(session, route, null);
        if (none.status === 403) continue;
        if (none.status !== 404) wrong.push(`${who}: ${route.name} ${none.status} of nobody`);
        for (const other of others) {
          const { status, text } = await tried(session, route, other);
          if (status !== 404 || text !== none.text)
            wrong.push(`${who}: ${route.name} ${status} ${other.name}`);
        }
        const mine = await tried(session, route, own);
        if (mine.text === none.text) wrong.push(`${who}: ${route.name} ${mine.status} of their own`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('nobody reports by hand of somebody whom they may not see', async () => {
    const report = (whose: Someone) =>
      west.http(
        'POST',
        '/api/manual-reports',
        { person: whose.person, department: 'ecg', class: 'C', text: '频发室早' },
        { headers: { 'idempotency-key': `row-limits-${whose.person}` } },
      );
    expect((await report(ofEast)).status).toBe(404);
    expect((await report(ofWest)).status).toBe(201);
  });

  it('each list holds one’s own people and those of no centre, and nobody else', async () => {
    const everybody = [ofWest, ofEast, ofNobody, ward, otherWard].map(({ name }) => name).sort();
    const lists = [
      ...LISTS,
      ...everybody.flatMap((q): typeof LISTS => [
        ['POST', '/api/queue/search', { q, limit: 20 }],
        ['POST', '/api/people/search', { q, limit: 20 }],
      ]),
    ];
    for (const [method, path, body] of lists) {
      const of = async (session: BrowserSession): Promise<string[] | null> => {
        const { status, text } = await session.http(method, path, body);
        if (status === 403) return null;
        expect([path, status]).toEqual([path, 200]);
        return known(text).sort();
      };
      const all = await of(whole);
      expect([path, all]).toEqual([path, body ? [(body as { q: string }).q] : everybody]);
      const among = (names: string[]) => names.filter((name) => all!.includes(name)).sort();
      expect([path, await of(west)]).toEqual([path, among(['吴无名', '梁病房', '魏西城'])]);
      expect([path, await of(east)]).toEqual([path, among(['吴无名', '柳病房', '董东城'])]);
      expect([path, (await of(doctor)) ?? among(['柳病房'])]).toEqual([path, among(['柳病房'])]);
    }
  });

  it('counts are of one’s own', async () => {
    const total = async (session: BrowserSession) =>
      (await session.get<QueuePage>('/api/queue')).body.counts.reduce((sum, { count }) => sum + count, 0);
    expect([await total(west), await total(doctor), await total(whole)]).toEqual([3, 1, 5]);
  });

  it('whose account names no centre sees everybody, as before there were any', async () => {
    for (const someone of [ofWest, ofEast, ofNobody, ward])
      expect((await whole.get(`/api/tasks/${someone.task}`)).status).toBe(200);
  });

  describe('break-glass', () => {
    it('opens one person for an hour, with a reason that the auditor reads', async () => {
      const path = `/api/people/${ofEast.person}`;
      const opened = await west.post<{ until: string }>('/api/break-glass', {
        person: ofEast.person,
        reason: '受检者在西院晕倒，急查既往结果',
      });
      expect([opened.status, opened.body.until]).toEqual([200, '2026-03-02T03:00:00.000Z']);
      expect((await west.get(path)).status).toBe(200);
      expect((await west.get(`/api/tasks/${ofEast.task}`)).status).toBe(200);
      expect((await west.get(`/api/people/${ward.person}`)).status).toBe(404);
      const trail = await desk.app.get<AuditPage>(`/api/audit?limit=100&person=${ofEast.person}`);
      const marked = trail.body.items.filter(({ reason }) => reason !== null);
      expect(marked.map(({ action }) => action)).toEqual(['read task', 'read person', 'break-glass']);
      expect(new Set(marked.map(({ reasonWords }) => reasonWords))).toEqual(
        new Set(['受检者在西院晕倒，急查既往结果']),
      );
      desk.app.clock.advance({ minutes: 60 });
      for (const [login, session] of Object.entries({ west, east, doctor })) await session.signIn(login);
      expect((await west.get(path)).status).toBe(404);
    });

    it('finds who is meant by name and day of birth, and nobody without a reason', async () => {
      const whom = { name: ward.name, birthDate: '1968-03-14' };
      const reason = '家属来电，说明用药情况';
      expect((await west.post('/api/break-glass', { ...whom, reason: '急' })).status).toBe(400);
      expect(
        (await west.post('/api/break-glass', { name: '没有', birthDate: '1968-03-14', reason })).status,
      ).toBe(404);
      const { body } = await west.post<{ personId: string }>('/api/break-glass', { ...whom, reason });
      expect(body.personId).toBe(ward.person);
      expect((await west.get(`/api/people/${ward.person}`)).status).toBe(200);
    });
  });

  describe('where somebody is', () => {
    const sees = async (session: BrowserSession, { task }: Someone) =>
      (await session.get(`/api/tasks/${task}`)).status === 200;

    it('follows the encounter that was corrected, and the one that was withdrawn', async () => {
      const identifier = [{ system: 'urn:test:visit', value: 'moved' }];
      const moved = await someone(desk, '马搬家', { centre: 'W', more: { identifier } });
      expect([await sees(west, moved), await sees(east, moved)]).toEqual([true, false]);
      const sent = async (more: Partial<fhir4.Encounter>) => {
        const again = { ...encounterOf({ centre: 'E', more: { identifier, ...more } }) };
        const subject = { reference: `Patient/${moved.person}` };
        const { status } = await desk.app.post('/fhir/Encounter', { ...again, subject });
        expect(status).toBe(200);
      };
      await sent({});
      expect([await sees(west, moved), await sees(east, moved)]).toEqual([false, true]);
      await sent({ status: 'entered-in-error' });
      expect([await sees(west, moved), await sees(east, moved)]).toEqual([true, true]);
    });

    it('is known by an organisation and a doctor who come after the encounter, or came before it', async () => {
      const provider = (id: string) => ({ serviceProvider: { reference: `Organization/${id}` } });
      const individual = { reference: 'Practitioner/p7' };
      const participant = [{ type: [{ coding: [{ code: 'ATND' }] }], individual }];
      const early = await someone(desk, '早来', {
        more: { ...provider('o7'), participant, class: { code: 'IMP' } },
      });
      expect([await sees(west, early), await sees(east, early)]).toEqual([true, true]);
      const post = async (resource: fhir4.FhirResource) =>
        expect((await desk.app.post(`/fhir/${resource.resourceType}`, resource)).status).toBeLessThan(300);
      const identifier = (system: string, value: string) => [{ system, value }];
      await post({
        resourceType: 'Organization',
        id: 'o7',
        identifier: identifier(CENTRE, 'E'),
        active: true,
      });
      await post({ resourceType: 'Practitioner', id: 'p7', identifier: identifier(STAFF, 'D1') });
      expect([await sees(west, early), await sees(east, early), await sees(doctor, early)]).toEqual([
        false,
        true,
        true,
      ]);
      const late = await someone(desk, '晚来', { more: provider('o7') });
      expect([await sees(west, late), await sees(east, late)]).toEqual([false, true]);
    });

    it('an inpatient is the doctor’s for thirty days after going home', async () => {
      const gone = (end: string) => ({ status: 'finished' as const, period: { end } });
      const lately = await someone(desk, '刚出院', { doctor: 'D1', more: gone('2026-02-20T10:00:00+08:00') });
      const long = await someone(desk, '早出院', { doctor: 'D1', more: gone('2026-01-20T10:00:00+08:00') });
      expect([await sees(doctor, lately), await sees(doctor, long)]).toEqual([true, false]);
    });
  });

  it('the stream tells of one’s own tasks alone', async () => {
    const heard: string[] = [];
    const { QueueChanges } = await import('../../src/workbench/queue-changes.js');
    const { RowLimits } = await import('../../src/access/index.js');
    const changes = desk.app.nest.get(QueueChanges);
    const post = { roles: ['nurse' as const], centre: `${CENTRE}|W`, practitioner: null };
    const { rows } = await desk.app.nest.get(RowLimits).of('none', post);
    const end = changes.stream(undefined, rows).subscribe((event) => heard.push(JSON.stringify(event)));
    await desk.wang.act(ofEast.task, 'claim');
    await desk.wang.act(ofWest.task, 'claim');
    await changes.look();
    await new Promise((resolve) => setTimeout(resolve, 300));
    end.unsubscribe();
    expect(heard.some((text) => text.includes(ofWest.task))).toBe(true);
    expect(heard.some((text) => text.includes(ofEast.task))).toBe(false);
  });
});
