import { DataSource } from 'typeorm';
import { FindingRepository } from '../../src/assessment/index.js';
import { NOTHING_EARLIER, UNKNOWN_PERSON } from '../../src/kernel/index.js';
import { ObservationRepository } from '../../src/people/index.js';
import { RejudgeWatch } from '../../src/rejudge/index.js';
import { judge, RulesService } from '../../src/rules/index.js';
import { type FindingExplanation } from '../../src/workbench/explanation.dto.js';
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

  /** Another version is in force, and everybody was judged by it. */
  async function published(): Promise<string> {
    const { version } = await reload();
    const watch = app.nest.get(RejudgeWatch, { strict: false });
    // The first look may be one that was under way before.
    for (let look = 0; look < 2; look++) await watch.look();
    return version;
  }

  it('by the command line, as each version decided, and judged again', async () => {
    const rules = app.nest.get(RulesService);
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 1.5 })]));
    const first = rules.current.version;
    const id = (await seen(app, mrnOf(patient))).all.findings[0]!.id!;
    const explained = new Map([[first, await firstcall('rules', 'explain', id)]]);
    expect(explained.get(first)!.out).toContain('value: 3.0, unit: 10*9/L');
    expect(explained.get(first)!.out).toContain(first);
    expect(explained.get(first)!.out).toContain('白细胞计数 1.5 ×10⁹/L → ≥ 3.1 ×10⁹/L');
    const address = `/api/findings/${id}/explanation`;
    const shown = await app.get<FindingExplanation>(address, { key: 'read' });
    expect(shown.body).toMatchObject({
      ruleId: 'important-results/wbc-low',
      rule: { version: first, inForceSince: app.clock.now().toISOString() },
      condition: {
        kind: 'all',
        truth: 'fires',
        parts: [{ truth: 'fires', value: { converted: '1.5', unit: '×10⁹/L' } }],
      },
      smallestChange: { then: 'silent', changes: [{ from: '1.5', to: '3.1' }] },
    });
    expect(shown.body.rule!.excerpts[0]!.text).toContain('value: 3.0');

    // Another limit; another title, advice and due time; and no such rule any more.
    folder.setWhiteCellLimit(2.0);
    const second = await published();
    explained.set(second, await firstcall('rules', 'explain', id, '--by', second));
    const path = 'important-results/blood-count.yaml';
    folder.write(
      path,
      folder.read(path).replace('白细胞减少', '白细胞过少').replace('建议一周内复查血常规', '请复查'),
    );
    folder.setDaysOfClassB(3);
    const third = await published();
    explained.set(third, await firstcall('rules', 'explain', id, '--by', third));
    const text = folder.read(path);
    const [start, end] = [text.indexOf('  - id: wbc-low'), text.indexOf('  - id: rbc-low')];
    folder.write(path, text.slice(0, start) + text.slice(end));
    await published();

    expect(new Set([...explained.values()].map(({ out }) => out)).size).toBe(3);
    expect(explained.get(third)!.out).toContain('白细胞过少');
    for (const [version, then] of explained) {
      expect(await firstcall('rules', 'explain', id, '--by', version.slice(0, 12))).toEqual(then);
      await judgedAgain(id, version);
    }
    const then = await app.get<FindingExplanation>(`${address}?by=${first}`, { key: 'read' });
    expect(then.body).toEqual(shown.body);
    const standing = await app.get<FindingExplanation>(address, { key: 'read' });
    expect(standing.body.status).toBe('retracted');
    expect(standing.body.earlier.map(({ version }) => version)).toContain(first);
    const now = await firstcall('rules', 'explain', id);
    expect(now.out).toContain('finding retracted');
    for (const version of explained.keys()) expect(now.out).toContain(`--by ${version.slice(0, 12)}`);
    const never = await firstcall('rules', 'explain', id, '--by', 'ffff');
    expect(never).toMatchObject({ code: 1, out: '' });
  });

  /** The version that made the finding, asked again about the stored result, says what the finding says. */
  async function judgedAgain(id: string, version: string): Promise<void> {
    const { manager } = app.nest.get(DataSource);
    const earlier = await app.nest.get(FindingRepository, { strict: false }).earlier(manager, id);
    const finding = earlier.find((one) => one.finding.ruleSetVersion === version)?.finding;
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
