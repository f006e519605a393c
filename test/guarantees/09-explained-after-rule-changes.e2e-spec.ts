import { DataSource } from 'typeorm';
import { FindingRepository } from '../../src/assessment/index.js';
import { NOTHING_EARLIER, UNKNOWN_PERSON } from '../../src/kernel/index.js';
import { ObservationRepository } from '../../src/people/index.js';
import { judge, RulesService } from '../../src/rules/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { firstcall } from '../support/command-line.js';
import { bundleOf, mrnOf, observation, person } from '../support/messages.js';
import { seen } from '../support/queue.js';
import { RulesFolder } from '../support/rules-folder.js';

const before = { ...process.env };

describe('guarantee 9: a decision explains the same after the rules have changed three times', () => {
  let app: TestApp;
  let folder: RulesFolder;
  beforeAll(async () => {
    folder = new RulesFolder();
    app = await startApp({ env: { RULES_DIR: folder.path } });
    process.env.DATABASE_URL = app.database.database.url;
    process.env.RULES_DIR = folder.path;
  });
  afterAll(async () => {
    process.env.DATABASE_URL = before.DATABASE_URL;
    if (before.RULES_DIR === undefined) delete process.env.RULES_DIR;
    else process.env.RULES_DIR = before.RULES_DIR;
    await app.close();
    folder.remove();
  });

  async function reload(): Promise<{ version: string; before: string }> {
    const { status, body } = await app.post<{ version: string; before: string }>(
      '/api/rules/reload',
      undefined,
      {
        key: 'admin',
      },
    );
    expect(status).toBe(200);
    return body;
  }

  it('by the command line, over FHIR, in the queue, and judged again', async () => {
    const rules = app.nest.get(RulesService);
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 2.9 })]));
    const first = rules.current.version;
    const said = await seen(app, mrnOf(patient));
    const id = said.all.findings[0]!.id!;
    const told = await app.get(`/api/tasks/${said.notify[0]!.id}`);
    const explained = await firstcall('rules', 'explain', id);
    expect(explained.out).toContain('value: 3.0, unit: 10*9/L');
    expect(explained.out).toContain(first);

    // A lower limit under which the result is silent; another title, advice and due time; and no such rule any more.
    const versions = [first];
    folder.setWhiteCellLimit(2.0);
    versions.push((await reload()).version);
    const path = 'important-results/blood-count.yaml';
    folder.write(
      path,
      folder.read(path).replace('白细胞减少', '白细胞过少').replace('建议一周内复查血常规', '请复查'),
    );
    folder.setDaysOfClassB(3);
    versions.push((await reload()).version);
    const text = folder.read(path);
    const [start, end] = [text.indexOf('  - id: wbc-low'), text.indexOf('  - id: rbc-low')];
    folder.write(path, text.slice(0, start) + text.slice(end));
    versions.push((await reload()).version);
    expect(new Set(versions).size).toBe(4);

    expect(await firstcall('rules', 'explain', id)).toEqual(explained);
    const again = await seen(app, mrnOf(patient));
    expect(again).toEqual(said);
    expect((await app.get(`/api/tasks/${said.notify[0]!.id}`)).body).toEqual(told.body);
    await judgedAgain(id, first);
  });

  /** The version that made the finding, asked again about the stored result, says what the finding says. */
  async function judgedAgain(id: string, version: string): Promise<void> {
    const { manager } = app.nest.get(DataSource);
    const [finding] = await app.nest.get(FindingRepository, { strict: false }).byIds(manager, [id]);
    const [stored] = await app.nest
      .get(ObservationRepository, { strict: false })
      .byIds(manager, [finding!.observationId]);
    const { measurements, at, status } = stored!;
    const [measurement] = measurements;
    const source = { observationId: stored!.id, component: 0, at: at.toISOString(), status };
    const anchor = { measurement: { ...measurement!, analyte: measurement!.analyte! }, source };
    const kept = await app.nest.get(RulesService).version(version);
    const outcomes = await judge(kept, {
      person: { ...UNKNOWN_PERSON, ageYears: finding!.evidence.ageYears },
      anchor,
      others: new Map(),
      earlier: NOTHING_EARLIER,
      zone: 'Asia/Shanghai',
    });
    const outcome = outcomes.find(({ rule }) => rule.id === finding!.ruleId)!;
    expect(outcome.truth).toBe('fires');
    expect(JSON.parse(JSON.stringify(outcome.evidence))).toEqual(finding!.evidence.leaves);
    expect(kept.sentence(outcome)).toEqual(finding!.evidence.sentence);
    expect(outcome.rule.title).toEqual(finding!.evidence.title);
  }
});
