import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMap, isSeq, parseDocument } from 'yaml';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { RejudgeService, RejudgeWatch } from '../../src/rejudge/index.js';
import { ReplayModule, ReplayService } from '../../src/replay/index.js';
import { DraftRules, RulesService } from '../../src/rules/index.js';
import { AssessmentEntity } from '../../src/assessment/index.js';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../support/app.js';
import { SHIPPED_RULES } from '../support/own-rules.js';
import { reconcile, tell } from '../support/queue.js';
import { sendSample } from '../support/sample.js';
import { rowsOf } from '../support/standing.js';

const REACH = { strict: false };

let folder: string;
let app: TestApp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firstcall-rules-'));
  cpSync(SHIPPED_RULES, folder, { recursive: true });
  app = await startApp({ env: { RULES_DIR: folder }, modules: [ReconcileModule, ReplayModule] });
  await sendSample(app, { seed: 'rearranged', people: 60, years: 2 });
  await app.nest.get(RejudgeWatch, REACH).look();
  // Some were told, so that there is something to lose.
  const tasks = await app.search<fhir4.Task>('Task', {
    code: 'urn:firstcall:task|notify',
    status: 'requested',
  });
  for (const task of tasks.slice(0, 5)) await tell(app, task);
}, 300_000);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Rewrites every file of rules. */
function rewrite(how: (text: string) => string): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.yaml')) continue;
    const file = join(folder, path);
    writeFileSync(file, how(readFileSync(file, 'utf8')));
  }
}

/** Rules in another order, the keys of each and of the head too; conditions and examples as they are. */
function rearranged(text: string): string {
  const document = parseDocument(text);
  const rules = document.get('rules');
  if (!isMap(document.contents) || !isSeq(rules)) return text;
  document.contents.items.reverse();
  rules.items.reverse();
  for (const rule of rules.items) if (isMap(rule)) rule.items.reverse();
  return document.toString({ lineWidth: 0 });
}

async function reloaded(): Promise<string> {
  const { status, text, body } = await app.post<{ version: string }>('/api/rules/reload', undefined, {
    key: 'admin',
  });
  if (status !== 200) throw new Error(text);
  await app.nest.get(RejudgeWatch, REACH).look();
  return body.version;
}

type Row = Record<string, unknown>;

/** Everything that judging writes, row by row. */
async function everything(): Promise<Row[]> {
  const levels = await app.nest
    .get(DataSource)
    .manager.find(AssessmentEntity, { order: { personId: 'ASC' } });
  return [...((await rowsOf(app)) as Row[][]), levels as unknown as Row[]].flat().map((row) => ({ ...row }));
}

/** How many rows came, and the first fields that are not what they were, from where they differ. */
function changed(before: readonly Row[], after: readonly Row[]): unknown[] {
  const differing = after.flatMap((row, at) =>
    Object.keys(row).flatMap((field) => {
      const [was, is] = [before[at]?.[field], row[field]].map((value) => JSON.stringify(value) ?? '');
      if (was === is) return [];
      const from = [...was!].findIndex((letter, place) => letter !== is![place]);
      return { field, was: was!.slice(Math.max(0, from - 900), from + 200), is: is!.slice(from, from + 200) };
    }),
  );
  return [after.length - before.length, ...differing.slice(0, 5)];
}
const inForce = () => app.nest.get(RulesService, REACH).current.version;

describe('files of rules that say the same', () => {
  it('with comments, blank lines and line ends of another editor are the same version: nobody is judged again', async () => {
    expect(await reconcile(app)).toEqual([]);
    const [version, before] = [inForce(), await everything()];
    const job = await app.nest.get(RejudgeService, REACH).progress();
    rewrite((text) => `# 本院抄件 a copy\r\n\r\n${text.replace(/\n/g, '\r\n')}\r\n# 完\r\n`);
    expect(await reloaded()).toBe(version);
    expect(await app.nest.get(RejudgeService, REACH).progress()).toEqual(job);
    expect(changed(before, await everything())).toEqual([0]);
  });

  it('in another order are another version, of which replay says that nobody changes, and nothing does', async () => {
    const [version, before] = [inForce(), await everything()];
    rewrite((text) => rearranged(text.replaceAll('\r', '')));
    const drafts = app.nest.get(DraftRules, REACH);
    const versions = { inForce: await drafts.inForce(), draft: await drafts.read(folder) };
    expect(versions.draft.version).not.toBe(version);
    const told = await app.nest.get(ReplayService, REACH).run({ ...versions, since: null });
    expect(told.people).toMatchObject({ gaining: 0, losing: 0, changing: 0, touched: 0 });
    expect(told.people.examined).toBeGreaterThan(50);
    expect(told.levels.changing).toBe(0);
    const none = { opened: 0, closed: 0 };
    expect(told.publishing.tasks).toEqual({ notify: none, review: none, correction: none });
    expect(told.publishing.findings).toEqual({ made: 0, changed: 0, retracted: 0 });
    // Anything written anew would bear another time; too little for a call to be passed on.
    app.clock.advance({ minutes: 1 });
    expect(await reloaded()).not.toBe(version);
    expect(changed(before, await everything())).toEqual([0]);
    expect(await reconcile(app)).toEqual([]);
  }, 300_000);
});
