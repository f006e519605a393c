import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { RejudgeService, RejudgeWatch } from '../../src/rejudge/index.js';
import {
  type LevelStands,
  type PersonChanges,
  type Replay,
  ReplayModule,
  ReplayService,
} from '../../src/replay/index.js';
import { DraftRules } from '../../src/rules/index.js';
import { TaskEntity } from '../../src/tasks/index.js';
import { startApp, TEST_NOW, type TestApp } from '../support/app.js';
import { firstcall, lastLine as json, type Ran } from '../support/command-line.js';
import { builtDatabase } from '../support/built-database.js';
import { type FreshDatabase } from '../support/database.js';
import { bundleOf, mrnOf, observation, person } from '../support/messages.js';
import { addLevels, type OwnRules } from '../support/own-rules.js';
import { silence } from '../support/silence.js';
import { reconcile, seen, tell } from '../support/queue.js';
import { OVER_TIME } from '../support/rules-over-time.js';
import { SAMPLE, sendReplayed } from '../support/replayed-people.js';
import { rowsOf } from '../support/standing.js';
import {
  codesOf,
  differences,
  findingsOf,
  levelsOf,
  movesBetween,
  namesOf,
  type Standing,
} from '../support/standing-findings.js';
import { above, below, type TestRule, testRules } from '../support/test-rules.js';

const REACH = { strict: false };

const IN_FORCE: TestRule[] = [
  { id: 'wbc', when: [below('wbc', 5, '10*9/L')] },
  { id: 'hb', when: [below('hb', 130, 'g/L')] },
  { id: 'alt', when: [above('alt', 30, 'U/L')] },
];
/** Another limit, another class and another analyte beside, one gone, one new; the draft looks back over time, too. */
const DRAFT: TestRule[] = [
  { id: 'wbc', when: [below('wbc', 5.5, '10*9/L')] },
  { id: 'hb', when: [below('hb', 125, 'g/L'), above('plt', 180, '10*9/L')], class: 'A' },
  { id: 'urate', when: [above('urate', 380, 'umol/L')], type: 'review' },
];

let inForce: OwnRules;
let draft: OwnRules;
let database: FreshDatabase;
let app: TestApp;
const environment = { ...process.env };
beforeAll(async () => {
  inForce = testRules({ limits: IN_FORCE }, true);
  draft = testRules({ limits: DRAFT });
  mkdirSync(join(draft.folder, 'test-over-time'));
  writeFileSync(join(draft.folder, 'test-over-time/rules.yaml'), OVER_TIME);
  // What findings prove, and rules for levels, are others.
  addLevels(inForce.folder, ['{ pack: limits, level: 4 }']);
  addLevels(draft.folder, ['{ pack: limits, class: A, level: 2 }', '{ pack: limits, class: B, level: 3 }']);
  rmSync(join(draft.folder, 'stratification/lipids.yaml'));
  database = await builtDatabase();
  process.env.DATABASE_URL = database.database.url;
  app = await start(inForce);
  await sendReplayed(app);
}, 300_000);
afterAll(async () => {
  Object.assign(process.env, environment);
  await app.close();
  await database.drop();
  inForce.remove();
  draft.remove();
});

const start = (rules: OwnRules, on = database): Promise<TestApp> =>
  startApp({ database: on, env: { RULES_DIR: rules.folder }, modules: [ReconcileModule, ReplayModule] });

const replay = (...options: string[]): Promise<Ran> =>
  firstcall('rules', 'replay', '--rules', draft.folder, ...options);

async function replayed(): Promise<{ summary: Replay; people: Map<string, string[]>; levels: Standing }> {
  const ran = await replay('--people', '--json');
  if (ran.code !== 0) throw new Error(ran.err);
  const lines = ran.out.trim().split('\n');
  const names = await namesOf(app);
  const codes = await codesOf(app);
  const people = new Map<string, string[]>();
  const levels = new Map<string, string>();
  for (const line of lines.slice(0, -1)) {
    const { person: id, changes, level } = JSON.parse(line) as PersonChanges;
    const name = id === null ? '' : names.get(id)!;
    if (level) levels.set(name, `${levelInWords(level.from)} → ${levelInWords(level.to)}`);
    if (changes.length === 0) continue;
    const inWords = changes.map(({ rule, observationId, component, from, to }) => {
      const [was, is] = [from, to].map((one) => (one ? `${one.kind} ${one.class}` : '-'));
      return `${rule} ${codes.get(observationId)} ${component}: ${was} → ${is}`;
    });
    people.set(name, inWords.sort());
  }
  return { summary: JSON.parse(lines.at(-1)!) as Replay, people, levels };
}

function levelInWords(level: LevelStands | null): string {
  return level ? `${level.code} (${level.text})` : '-';
}

describe('a draft replayed on stored people', () => {
  it('says of every one of them what a service under the draft and one under the rules in force say', async () => {
    const own = await builtDatabase();
    const other = await start(draft, own);
    try {
      await sendReplayed(other);
      const [before, after] = [await findingsOf(app), await findingsOf(other)];
      const expected = differences(before, after);
      const [levels, moves] = [await levelsOf(app), movesBetween(await levelsOf(app), await levelsOf(other))];
      const { summary, people, levels: foretold } = await replayed();
      expect(people).toEqual(expected);
      expect(foretold).toEqual(moves);
      expect(moves.size).toBeGreaterThan(30);
      expect(summary.levels.changing).toBe(moves.size);
      expect(summary.levels.moves.reduce((sum, move) => sum + move.people, 0)).toBe(levels.size);
      for (const { from, to, people: many } of summary.levels.moves) {
        const move = `${levelInWords(from)} → ${levelInWords(to)}`;
        const isMove = from?.code !== to?.code || from?.text !== to?.text;
        if (isMove)
          expect([move, many]).toEqual([move, [...moves.values()].filter((one) => one === move).length]);
      }
      expect(expected.size).toBeGreaterThan(30);
      expect(expected.get('前低')?.join()).toContain('test-over-time/wbc-previous');
      expect(expected.get('糖尿病')?.join()).toContain('test-over-time/hb-in-diabetes');
      expect(people.get('前低')?.join()).not.toContain('hb-in-diabetes');
      const counts = (all: Map<string, Standing>, rule: string, kind: string): number =>
        [...all.values()].reduce(
          (sum, standing) =>
            sum +
            [...standing].filter(([key, is]) => key.startsWith(`${rule} `) && is.startsWith(kind)).length,
          0,
        );
      for (const { rule, inForce: was, draft: is } of summary.rules) {
        expect([rule, was.findings, was.reviews]).toEqual([
          rule,
          counts(before, rule, 'finding'),
          counts(before, rule, 'review'),
        ]);
        expect([rule, is.findings, is.reviews]).toEqual([
          rule,
          counts(after, rule, 'finding'),
          counts(after, rule, 'review'),
        ]);
      }
      const changes = [...expected].flatMap(([name, list]) => (name === '' ? [] : [list]));
      const having = (pattern: RegExp): number =>
        changes.filter((list) => list.some((one) => pattern.test(one))).length;
      expect(summary.people).toEqual({
        examined: SAMPLE.people + 5,
        gaining: having(/: - →/),
        losing: having(/→ -$/),
        changing: having(/: \w+ \w+ → \w+ \w+$/),
        touched: changes.length,
      });
    } finally {
      await other.close();
      await own.drop();
    }
  }, 300_000);

  it('foretells what publishing it does', async () => {
    const [told] = await app.search<fhir4.Task>('Task', {
      code: 'urn:firstcall:task|notify',
      status: 'requested',
    });
    await tell(app, told!);
    // In the service, whose clock stands still; the command line's goes with the wall.
    const drafts = app.nest.get(DraftRules, REACH);
    const versions = { inForce: await drafts.inForce(), draft: await drafts.read(draft.folder) };
    const touched: PersonChanges[] = [];
    const service = app.nest.get(ReplayService, REACH);
    const unsilenced = await service.run({ ...versions, since: null, changed: (one) => touched.push(one) });
    expect(unsilenced.publishing.silenced).toEqual({ findings: 0, calls: 0 });
    for (const { person: id, changes } of touched)
      for (const rule of new Set(changes.flatMap(({ rule: one, from }) => (from === null ? one : []))))
        if (id !== null) await silence(app, id, rule);
    const { publishing, levels, past } = await service.run({ ...versions, since: null });
    const { opened } = publishing.tasks.notify;
    expect(opened + publishing.silenced.calls).toBe(unsilenced.publishing.tasks.notify.opened);
    expect(publishing.silenced.calls).toBeGreaterThan(0);
    // Results of this very moment came after the silence.
    expect(past.silenced.draft).toBeGreaterThan(0);
    const open = async () => {
      const tasks = await app.nest.get(DataSource).manager.find(TaskEntity);
      return new Set(tasks.flatMap(({ openKey }) => openKey ?? []));
    };
    const before = await open();
    const levelsBefore = await levelsOf(app);
    await app.close();
    app = await start(draft);
    await app.nest.get(RejudgeWatch, REACH).look();
    const after = await open();
    expect(movesBetween(levelsBefore, await levelsOf(app)).size).toBe(levels.changing);
    const { findings } = await app.nest.get(RejudgeService, REACH).progress();
    expect(publishing.findings).toEqual(findings);
    const countNew = (code: string, from: Set<string>, to: Set<string>): number =>
      [...to].filter((key) => key.startsWith(`${code}:`) && !from.has(key)).length;
    for (const code of ['notify', 'review', 'correction'] as const)
      expect([code, publishing.tasks[code]]).toEqual([
        code,
        { opened: countNew(code, before, after), closed: countNew(code, after, before) },
      ]);
    await app.close();
    app = await start(inForce);
    await app.nest.get(RejudgeWatch, REACH).look();
  }, 120_000);

  it('changes nothing and keeps nothing of it', async () => {
    const count = async () =>
      app.nest.get(DataSource).query<{ n: number }[]>('SELECT COUNT(*) AS n FROM rule_set');
    const before = [await rowsOf(app), await count()];
    expect((await replay()).code).toBe(0);
    expect([await rowsOf(app), await count()]).toEqual(before);
  });

  it('hinders nobody: what comes in meanwhile is answered, judged by the rules in force, and rings', async () => {
    let isOver = false;
    const replaying = replay('--json').finally(() => (isOver = true));
    const sent: string[] = [];
    while (!isOver) {
      const patient = person(undefined, { name: [{ text: '其间' }] });
      const { status } = await app.post('/fhir', bundleOf(patient, [observation({ wbc: 4 })]));
      expect(status).toBe(200);
      sent.push(mrnOf(patient));
    }
    expect((await replaying).code).toBe(0);
    expect(sent.length).toBeGreaterThan(3);
    for (const mrn of sent) {
      const { findings, notify } = await seen(app, mrn);
      expect(findings).toEqual(['limits/wbc']);
      expect(notify).toHaveLength(1);
    }
    expect(await reconcile(app)).toEqual([]);
  }, 120_000);

  it('is told in words, with progress beside', async () => {
    const { out, err, code } = await replay('--people');
    expect(code).toBe(0);
    // How many lines of it depends on how long that took.
    expect(err.replaceAll(/^判定 judged \d+% .*\n/gm, '')).toBe('');
    expect(out).toMatch(/limits\/wbc +│ +\d+ /);
    expect(out).toMatch(/发布后立即 upon publishing/);
    expect(out).toMatch(/^等级改变者 changing level \d+; \d+ 人等级不变/m);
    expect(out).toMatch(/^│ 4 +│ 2 +│ +\d+ │$/m);
    expect(out).toMatch(/: 等级 level 4 → 2; /);
    expect(out).not.toMatch(/KH0000|告知:/);
  });

  it('looks only at results since a day', async () => {
    const all = json<Replay>(await replay('--json'));
    const recent = json<Replay>(await replay('--json', '--since', TEST_NOW.slice(0, 10)));
    const gained = ({ rules }: Replay): number => rules.reduce((sum, rule) => sum + rule.gained, 0);
    expect(gained(recent)).toBeGreaterThan(0);
    expect(gained(recent)).toBeLessThan(gained(all));
    expect(recent.past.days).toBeLessThan(all.past.days);
    expect(recent.levels.changing).toBeGreaterThan(0);
    expect(recent.levels.changing).toBeLessThan(all.levels.changing);
    const refused = await replay('--since', 'yesterday');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('yesterday') as string });
  });

  it('that is what is in force changes nobody', async () => {
    const same = json<Replay & { inForce: string; draft: string }>(
      await firstcall('rules', 'replay', '--rules', inForce.folder, '--json'),
    );
    expect(same.draft).toBe(same.inForce);
    expect(same.people).toMatchObject({ touched: 0, gaining: 0, losing: 0 });
    expect(same.levels.changing).toBe(0);
    expect(same.publishing).toMatchObject({ findings: { made: 0, changed: 0, retracted: 0 } });
    expect(same.past.calls.draft).toEqual(same.past.calls.inForce);
  });

  it('with a fault is not replayed: every fault by file and line', async () => {
    const broken = testRules({ limits: [{ id: 'x', when: [below('no-such-analyte', 1, 'g/L')] }] });
    const ran = await firstcall('rules', 'replay', '--rules', broken.folder);
    broken.remove();
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/^limits\/rules\.yaml:\d+:\d+: .*no-such-analyte/m);
    const nowhere = await firstcall('rules', 'replay', '--rules', `${draft.folder}-nowhere`);
    expect(nowhere).toMatchObject({ code: 1, out: '' });
  });
});
