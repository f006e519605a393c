import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { CAPABILITIES, type RouteAccess, type Scope, SCOPES } from '../../src/access/index.js';
import { type Role, ROLES } from '../../src/accounts/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { type BrowserSession, signedInAs } from '../support/browser-session.js';
import { type Route, routesOf } from '../support/routes.js';

const DOCUMENT = join(import.meta.dirname, '../../docs/access.md');
const MARKS = ['<!-- routes -->', '<!-- /routes -->'] as const;
const HEADINGS: Record<Role, string> = {
  nurse: 'nurse',
  'head-nurse': 'head nurse',
  'duty-doctor': 'duty doctor',
  'attending-doctor': 'attending doctor',
  'rule-author': 'rule author',
  'rule-reviewer': 'rule reviewer',
  'health-manager': 'health manager',
  manager: 'manager',
  administrator: 'administrator',
  auditor: 'auditor',
};
/** Signs everybody out: tried last, and by itself. */
const ENDS = 'DELETE /api/session';
/** Never ends for whoever is let in: its own story asks who that is. */
const STREAM = 'GET /api/queue/stream';

type Row = Record<Role | Scope, boolean>;

/** What a route must answer to each, by its declaration alone. */
function declared(access: RouteAccess): Row {
  const { scopes, roles }: { scopes: readonly string[]; roles: readonly string[] } =
    access === 'open' ? { scopes: SCOPES, roles: ROLES } : CAPABILITIES[access];
  const entries = [...SCOPES, ...ROLES].map((who) => [who, scopes.includes(who) || roles.includes(who)]);
  return Object.fromEntries(entries) as Row;
}

describe('guarantee 13: no one sees what is not theirs', () => {
  let app: TestApp;
  let routes: Route[];
  const people = new Map<Role, BrowserSession>();
  beforeAll(async () => {
    app = await startApp();
    routes = routesOf(app.nest).sort((a, b) => Number(a.name === ENDS) - Number(b.name === ENDS));
    for (const role of ROLES) people.set(role, await signedInAs(app, role, role));
  });
  afterAll(() => app?.close());

  const address = ({ path }: Route) =>
    path.replace(/:(\w+)/g, (_, name) => (name === 'type' ? 'Task' : 'none'));
  const isLetIn = (status: number): boolean => status !== 401 && status !== 403;

  it('lets each role and each key through to exactly the routes that are declared for it', async () => {
    const wrong: string[] = [];
    for (const route of routes.filter(({ access, name }) => access !== 'open' && name !== STREAM)) {
      const body = route.method === 'GET' ? undefined : {};
      for (const [role, session] of people) {
        const { status } = await session.http(route.method, address(route), body);
        if (isLetIn(status) !== declared(route.access!)[role]) wrong.push(`${role}: ${route.name} ${status}`);
      }
      for (const scope of SCOPES) {
        const { status } = await app.http(route.method, address(route), body, { key: scope });
        if (isLetIn(status) !== declared(route.access!)[scope])
          wrong.push(`${scope}: ${route.name} ${status}`);
      }
      const { status } = await app.http(route.method, address(route), body, { key: null });
      if (status !== 401) wrong.push(`nobody: ${route.name} ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('is printed whole in docs/access.md', async () => {
    const table = await matrix(routes);
    const text = readFileSync(DOCUMENT, 'utf8');
    const [start, end] = [text.indexOf(MARKS[0]) + MARKS[0].length, text.indexOf(MARKS[1])];
    if (process.env.FIRSTCALL_WRITE_DOCS) {
      writeFileSync(DOCUMENT, `${text.slice(0, start)}\n${table}${text.slice(end)}`);
      return;
    }
    // `FIRSTCALL_WRITE_DOCS=1 npm test -- every-route` writes it anew.
    expect(text.slice(start + 1, end)).toBe(table);
  });
});

async function matrix(routes: readonly Route[]): Promise<string> {
  const mark = (is: boolean): string => (is ? '●' : '');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rows = routes
    .map(({ name, path, access }) => ({ name, path, access: access!, row: declared(access!) }))
    .sort((a, b) => (a.path === b.path ? (a.name < b.name ? -1 : 1) : a.path < b.path ? -1 : 1))
    .map(({ name, access, row }) =>
      line([
        `\`${name}\``,
        access === 'open' ? 'open' : `\`${access}\``,
        ...ROLES.map((role) => mark(row[role])),
        SCOPES.filter((scope) => row[scope]).join(' '),
      ]),
    );
  const head = ['route', 'needs', ...ROLES.map((role) => HEADINGS[role]), 'keys'];
  const text = [line(head), line(head.map(() => '---')), ...rows].join('\n');
  return format(text, { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' });
}
