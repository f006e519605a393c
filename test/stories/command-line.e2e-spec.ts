import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type IngestSummary } from '../../src/cli/ingest-summary.js';
import { firstcall, lastLine as json } from '../support/command-line.js';
import { firstPack } from '../support/own-rules.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { bundleOf, MRN, mrnOf, observation, person, quantity, result, unique } from '../support/messages.js';

let database: FreshDatabase;
let folder: string;
const before = { ...process.env };
beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.database.url;
  folder = mkdtempSync(join(tmpdir(), 'firstcall-cli-'));
});
afterAll(async () => {
  process.env.DATABASE_URL = before.DATABASE_URL;
  await database.drop();
  rmSync(folder, { recursive: true });
});

function put(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    typeof content === 'string' || content instanceof Buffer ? content : JSON.stringify(content),
  );
  return path;
}

const now = { effectiveDateTime: new Date().toISOString(), issued: new Date().toISOString() };
const low = (): fhir4.Observation => observation({ hb: 65 }, now);

describe('firstcall ingest', () => {
  it('takes files in like the door does: stored, judged, in the queue', async () => {
    const patient = person();
    const ran = await firstcall('ingest', '--json', put('one.json', bundleOf(patient, [low()])));
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(json<IngestSummary>(ran)).toMatchObject({
      files: 1,
      bundles: 1,
      results: { new: 1, repeated: 0, versions: 0 },
      findings: 1,
      tasks: { notify: 1 },
      refused: 0,
    });
    const known = await firstcall('assess', `${MRN}|${mrnOf(patient)}`);
    expect(known.code).toBe(0);
    expect(known.out).toMatch(/风险等级.*没有分层方案/);
    expect(known.out).toMatch(/65/);
    expect(known.out).toMatch(/通知 notify ▲ 重要/);
  });

  it('counts the same file again as repeated, and opens nothing', async () => {
    const path = put('twice.json.gz', gzipSync(JSON.stringify(bundleOf(person(), [low()]))));
    await firstcall('ingest', '--json', path);
    const again = json<IngestSummary>(await firstcall('ingest', '--json', path));
    expect(again).toMatchObject({
      results: { new: 0, repeated: 1 },
      findings: 0,
      tasks: { notify: 0, review: 0 },
    });
  });

  it('rings nobody for history', async () => {
    const path = put('history.json', bundleOf(person(), [low()]));
    const ran = await firstcall('ingest', '--history', path);
    expect(ran.out).toMatch(/阳性发现 findings\s+│\s+1 /);
    expect(ran.out).toMatch(/通知任务 calls\s+│\s+0 /);
    expect(ran.out).toContain('rings nobody');
  });

  it('names what it refuses with its place and element, takes the rest, and fails', async () => {
    const lines = [
      {
        resourceType: 'Patient',
        id: 'n1',
        identifier: [{ system: MRN, value: unique('N') }],
        gender: 'male',
      },
      { ...low(), subject: { reference: 'Patient/n1' } },
      { ...low(), status: 'nonsense', subject: { reference: 'Patient/n1' } },
      { ...observation({ wbc: 2 }, now), subject: { reference: 'Patient/n1' } },
    ].map((line) => JSON.stringify(line));
    const path = put('some.ndjson', [...lines, '{"resourceType":'].join('\n'));
    const ran = await firstcall('ingest', '--json', path, join(folder, 'nowhere'));
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(`${path}:3: 拒收 refused: Bundle.entry[0].resource.status`);
    expect(ran.err).toContain(`${path}:5: 拒收 refused: 不是合法的 JSON`);
    expect(ran.err).toContain('nowhere');
    expect(json<IngestSummary>(ran)).toMatchObject({
      results: { new: 2 },
      refused: 3,
      findings: 2,
      tasks: { notify: 1 },
    });
  });

  it('keeps a result about nobody, where a file lacks the subject', async () => {
    const request = {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text: '二甲双胍' },
    };
    const ran = await firstcall('ingest', '--json', put('nobody.json', request));
    expect(ran.code).toBe(0);
    expect(json<IngestSummary>(ran).resources).toMatchObject({ new: 1 });
  });

  it('goes on where it was interrupted, by its journal', async () => {
    const path = put(
      'journal.ndjson',
      [low(), low()].map((one) => JSON.stringify(bundleOf(person(), [one]))).join('\n'),
    );
    const journal = join(folder, 'journal');
    expect(json<IngestSummary>(await firstcall('ingest', '--json', '--resume', journal, path)).bundles).toBe(
      2,
    );
    const [first = ''] = readFileSync(journal, 'utf8').split('\n');
    writeFileSync(journal, `${first}\n`);
    const rest = json<IngestSummary>(await firstcall('ingest', '--json', '--resume', journal, path));
    expect(rest).toMatchObject({ bundles: 1, skipped: 1, results: { repeated: 1 } });
  });

  it('speaks in the name of a feed, so that both are one sender', async () => {
    await firstcall('keys', 'create', '--name', 'lis', '--scope', 'feed');
    const path = put('feed.json', bundleOf(person(), [low()]));
    expect((await firstcall('ingest', '--json', '--feed', 'lis', path)).code).toBe(0);
    const unknown = await firstcall('ingest', '--feed', 'nobody', path);
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('nobody');
  });

  it('makes no key that opens the door', async () => {
    const { out } = await firstcall('keys', 'list', '--json');
    const own = (JSON.parse(out) as { id: string; revokedAt: string | null }[]).find(
      ({ id }) => id === 'ingest',
    );
    expect(own?.revokedAt).toEqual(expect.any(String));
  });
});

describe('firstcall assess', () => {
  it('says what could not be judged', async () => {
    const patient = person();
    const code = { coding: [{ system: 'urn:lis', code: unique('ZZ') }] };
    await firstcall(
      'ingest',
      put('odd.json', bundleOf(patient, [result({ code, ...now, valueQuantity: quantity(1, 'g/L') })])),
    );
    const known = json<{ notJudged: { items: { reason: string }[] }; findings: []; level: null }>(
      await firstcall('assess', '--json', `${MRN}|${mrnOf(patient)}`),
    );
    expect(known.notJudged.items.map(({ reason }) => reason)).toEqual(['unknown-code']);
    expect(known.level).toBeNull();
  });

  it('says when nobody is known by this', async () => {
    const ran = await firstcall('assess', 'nobody');
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain('nobody is known');
  });
});

describe('firstcall rules', () => {
  afterEach(() => delete process.env.RULES_DIR);

  /** A copy of the first shipped pack with one text replaced. */
  function brokenRules(from: string, to: string, file = 'important-results/blood-count.yaml'): void {
    const dir = mkdtempSync(join(folder, 'rules-'));
    cpSync(firstPack(), dir, { recursive: true });
    const path = join(dir, file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
    process.env.RULES_DIR = dir;
  }

  it('checks, tests and lists without a database or a key', async () => {
    const { DATABASE_URL: url, SECRET_KEY: key } = process.env;
    process.env.DATABASE_URL = 'mysql://nobody@127.0.0.1:1/none';
    delete process.env.SECRET_KEY;
    try {
      expect(await firstcall('rules', 'check')).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringMatching(
          /版本 version [0-9a-f]{64}\n1 条提醒 warnings:\nnotification\/policy.yaml:\d+:\d+: .*nobody by name.*\n.* noticed by examples: \d+ \(100 %\)/,
        ) as string,
      });
      expect(await firstcall('rules', 'test')).toMatchObject({
        code: 0,
        out: expect.stringMatching(/\d+ 通过 passed, 0 /) as string,
      });
      expect(await firstcall('rules', 'list', 'wbc-low')).toMatchObject({
        code: 0,
        out: expect.stringContaining('important-results/wbc-low') as string,
      });
    } finally {
      process.env.DATABASE_URL = url;
      process.env.SECRET_KEY = key;
    }
  });

  it.each(['check', 'test'])('%s refuses a file with its line', async (command) => {
    brokenRules('fact: wbc,', 'fact: wcb,');
    const ran = await firstcall('rules', command);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/^important-results\/blood-count\.yaml:\d+:\d+: .*wcb/m);
  });

  it('check refuses a notification policy with a fault too', async () => {
    brokenRules('days_class_A:', 'days_class_B:', 'notification/policy.yaml');
    const ran = await firstcall('rules', 'check');
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/^notification\/policy\.yaml:\d+:\d+: .*days_class_B/m);
    expect(ran.out).toContain('不能启用 refused');
  });

  it('explains a finding: value, limit, source, and the rule as it stood', async () => {
    const patient = person();
    await firstcall('ingest', put('explain.json', bundleOf(patient, [low()])));
    const { findings } = json<{ findings: { id: string }[] }>(
      await firstcall('assess', '--json', `${MRN}|${mrnOf(patient)}`),
    );
    const { code, out } = await firstcall('rules', 'explain', findings[0]!.id);
    expect(code).toBe(0);
    expect(out).toContain('important-results/hb-low');
    expect(out).toMatch(/原值 as sent {3}65 g\/L/);
    expect(out).toMatch(/- id: hb-low/);
    expect(out).not.toContain('- id: wbc-low');
    expect((await firstcall('rules', 'explain', 'nothing')).code).toBe(1);
  });

  it('judges everybody again, once, and shows how far it has come', async () => {
    await firstcall('ingest', put('rejudge.json', bundleOf(person(), [low()])));
    expect(json(await firstcall('rules', 'rejudge', '--status', '--json'))).toMatchObject({ state: 'none' });
    const first = json<{ judged: number }>(await firstcall('rules', 'rejudge', '--json'));
    expect(first).toMatchObject({ state: 'done', left: 0, findings: { made: 0, changed: 0, retracted: 0 } });
    expect(first.judged).toBeGreaterThan(0);
    expect(json(await firstcall('rules', 'rejudge', '--json'))).toEqual(first);
    const status = await firstcall('rules', 'rejudge', '--status');
    expect(status).toMatchObject({ code: 0, err: '' });
    expect(status.out).toContain(`${first.judged}/${first.judged} (100%)`);
    expect(json(await firstcall('rules', 'rejudge', '--again', '--json'))).toMatchObject({ state: 'done' });
  });
});

describe('firstcall terminology', () => {
  it('lists what waits, maps it, and says what came of it', async () => {
    const code = unique('HB');
    const coding = [{ system: 'urn:lis', code }];
    await firstcall('ingest', put('local.json', bundleOf(person(), [{ ...low(), code: { coding } }])));
    expect((await firstcall('terminology', 'list', '--unmapped')).out).toContain(`urn:lis|${code}`);
    const mapped = await firstcall('terminology', 'map-code', '--json', `urn:lis|${code}`, 'hb');
    expect(json(mapped)).toMatchObject({ understood: 1, findings: 1, tasks: { notify: 1 } });
    expect((await firstcall('terminology', 'list', '--unmapped')).out).not.toContain(`urn:lis|${code}`);
    expect((await firstcall('terminology', 'list')).out).toContain(code);
  });

  it('refuses what does not fit', async () => {
    const ran = await firstcall('terminology', 'map-unit', 'hb: 打', 'mol/J');
    expect(ran.code).toBe(1);
    expect(ran.err).not.toBe('');
  });
});

describe('firstcall', () => {
  it.each([['nonsense'], ['constructor'], ['rules', 'nonsense'], ['ingest']])(
    'fails with a word on stderr for %j',
    async (...words) => {
      const ran = await firstcall(...words);
      expect(ran.code).not.toBe(0);
      expect(ran.err).not.toBe('');
      expect(ran.out).toBe('');
    },
  );

  it('lists its commands', async () => {
    const { code, out } = await firstcall('--help');
    expect(code).toBe(0);
    for (const command of [
      'migrate',
      'keys',
      'users',
      'ingest',
      'rules',
      'assess',
      'reconcile',
      'terminology',
    ])
      expect(out).toContain(command);
  });
});
