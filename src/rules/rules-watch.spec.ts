import { rmSync, renameSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoggerService } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { RulesFolder } from '../../test/support/rules-folder.js';
import { type Config, CONFIG, readConfig } from '../config/index.js';
import { GroundModule } from '../ground.module.js';
import { AppError, Clock } from '../kernel/index.js';
import { FilesOnDisk } from './files-on-disk.js';
import { RuleSetRepository } from './rule-set.repository.js';
import { RulesModule } from './rules.module.js';
import { RulesService } from './rules.service.js';
import { RulesWatch } from './rules-watch.js';

const BLOOD_COUNT = 'important-results/blood-count.yaml';

/** One process on the database, which looks at its files when the test says so. */
interface Instance {
  rules: RulesService;
  sets: RuleSetRepository;
  watch: RulesWatch;
  clock: FixedClock;
  said: string[];
  nest: TestingModule;
}

let database: FreshDatabase;
let folder: RulesFolder;
const open: TestingModule[] = [];
beforeEach(async () => {
  database = await freshDatabase();
  folder = new RulesFolder();
});
afterEach(async () => {
  for (const nest of open.splice(0)) await nest.close();
  await database.drop();
  folder.remove();
});

async function start(rulesDir = folder.path, port = '3000'): Promise<Instance> {
  const said: string[] = [];
  const write = (message: unknown, ...rest: unknown[]): void => {
    if (rest.at(-1) === 'Rules') said.push(String(message));
  };
  const logger: LoggerService = { log: write, warn: write, error: write };
  const clock = new FixedClock('2026-03-02T02:00:00.000Z');
  const env = { ...process.env, RULES_DIR: rulesDir, PORT: port };
  const config: Config = { ...readConfig(env), database: database.database };
  const nest = await Test.createTestingModule({ imports: [GroundModule, RulesModule] })
    .overrideProvider(CONFIG)
    .useValue(config)
    .overrideProvider(Clock)
    .useValue(clock)
    .setLogger(logger)
    .compile();
  open.push(nest);
  await nest.init();
  const rules = nest.get(RulesService);
  const watch = new RulesWatch(config, rules, nest.get(FilesOnDisk));
  await rules.serveAs(`test:${port}`);
  return { rules, sets: nest.get(RuleSetRepository), watch, clock, said, nest };
}

const limitOf = ({ rules }: Instance): string | undefined =>
  rules.current.rules.find(({ id }) => id === 'important-results/wbc-low')?.leaves[0]?.written;

/** As the timer does, until a change has been seen and was still. */
async function looks({ watch }: Instance, times = 3): Promise<void> {
  for (let look = 0; look < times; look++) await watch.look();
}

describe('a change of the files', () => {
  it('is in force when three looks in a row have seen the same', async () => {
    const one = await start();
    folder.setWhiteCellLimit(3.5);
    await looks(one, 2);
    expect(limitOf(one)).toBe('3.0');
    await one.watch.look();
    expect(limitOf(one)).toBe('3.5');
  });

  it('waits while the files are still being written', async () => {
    const one = await start();
    for (const limit of [3.1, 3.2, 3.3, 3.4]) {
      folder.setWhiteCellLimit(limit);
      await looks(one, 2);
      expect(limitOf(one)).toBe('3.0');
    }
    await one.watch.look();
    expect(limitOf(one)).toBe('3.4');
  });

  it('is told to whoever follows, and noted with its cause', async () => {
    const one = await start();
    const told: string[][] = [];
    one.rules.changes.subscribe(({ before, after }) => told.push([before, after.version]));
    const first = one.rules.current.version;
    folder.setWhiteCellLimit(3.5);
    one.clock.advance({ minutes: 5 });
    await looks(one);
    const { version } = one.rules.current;
    expect(told).toEqual([[first, version]]);
    expect(one.rules.inForceSince.toISOString()).toBe('2026-03-02T02:05:00.000Z');
    expect(await one.sets.changes(10)).toMatchObject([
      { version, cause: 'watch', instance: 'test:3000', at: one.rules.inForceSince },
      { version: first, cause: 'start', instance: 'test:3000' },
    ]);
    expect(one.said.at(-1)).toMatch(/is in force in place of .*: changed 1 \(important-results\/wbc-low\)/);
  });

  it('of comments and layout alone is no other version', async () => {
    const one = await start();
    const { version } = one.rules.current;
    folder.write(BLOOD_COUNT, `# 已核对 looked at\n${folder.read(BLOOD_COUNT)}\n`);
    await looks(one);
    expect(one.rules.current.version).toBe(version);
    expect(await one.sets.changes(10)).toHaveLength(1);
  });

  it('of the notification policy comes into force with the rules, as one version', async () => {
    const one = await start();
    const { version } = one.rules.current;
    folder.setDaysOfClassB(3);
    folder.setWhiteCellLimit(3.5);
    await looks(one);
    expect(one.rules.current.version).not.toBe(version);
    expect(one.rules.current.policy.tell_within.B).toEqual({ days: 3 });
    expect(limitOf(one)).toBe('3.5');
    expect((await one.rules.policies([version])).get(version)?.tell_within.B).toEqual({ days: 7 });
  });

  it('that only the policy is wrong in changes nothing at all', async () => {
    const one = await start();
    folder.setDaysOfClassB(0);
    folder.setWhiteCellLimit(3.5);
    await looks(one);
    expect(limitOf(one)).toBe('3.0');
    expect(one.rules.refusal?.faults.map(({ path }) => path)).toEqual([
      expect.stringMatching(/^notification\/policy\.yaml:\d+:\d+$/),
    ]);
  });
});

describe('files that are refused', () => {
  it('leave the last good version in force, told once with file, line and reason', async () => {
    const one = await start();
    const { version } = one.rules.current;
    folder.breakWhiteCells();
    await looks(one, 6);
    expect(one.rules.current.version).toBe(version);
    expect(one.rules.refusal?.faults[0]).toMatchObject({
      code: 'rules-refused',
      path: expect.stringMatching(/^important-results\/blood-count\.yaml:\d+:\d+$/) as string,
      message: expect.stringContaining('wcb') as string,
    });
    expect(one.said.filter((text) => text.includes('refused'))).toEqual([
      expect.stringMatching(/refused, version \w{12} stays in force: important-results\/blood-count\.yaml:\d+:\d+: .*wcb/),
    ]);
    folder.mendWhiteCells();
    await looks(one);
    expect(one.rules.refusal).toBeNull();
    expect(one.said.at(-1)).toMatch(/sound again/);
    expect(await one.sets.changes(10)).toHaveLength(1);
  });

  it.each<[string, () => void, RegExp]>([
    ['a folder that has vanished', () => rmSync(folder.path, { recursive: true }), /RULES_DIR.*ENOENT/],
    [
      'an empty folder',
      () => ['important-results', 'lexicon', 'notification'].forEach((name) => rmSync(join(folder.path, name), { recursive: true })),
      /no rule in/,
    ],
    ['a lexicon that is gone', () => rmSync(join(folder.path, 'lexicon'), { recursive: true }), /lexicon/],
    ['a file that was cut off', () => folder.write(BLOOD_COUNT, folder.read(BLOOD_COUNT).split('  - id: rbc-low')[0]!.trimEnd()), /cut off/],
    ['a folder that is named like the vocabulary', () => folder.write('vocabulary/x.yaml', 'kind: critical'), /taken/],
  ])('%s', async (_, spoil, said) => {
    const one = await start();
    const { version } = one.rules.current;
    spoil();
    await looks(one);
    expect(one.rules.current.version).toBe(version);
    expect(one.rules.refusal?.faults.map(({ path, message }) => `${path}: ${message}`).join('\n')).toMatch(said);
  });
});

describe('a restart', () => {
  it('on broken files goes on with the version that was in force last, and follows the mended ones', async () => {
    const before = await start();
    folder.setWhiteCellLimit(3.5);
    await looks(before);
    const { version } = before.rules.current;
    await open.pop()!.close();
    folder.breakWhiteCells();
    const after = await start();
    expect(after.rules.current.version).toBe(version);
    expect(limitOf(after)).toBe('3.5');
    expect(after.rules.refusal?.faults[0]?.message).toContain('wcb');
    expect(after.said.join('\n')).toMatch(/refused, version \w{12} stays in force/);
    folder.mendWhiteCells();
    folder.setWhiteCellLimit(3.6);
    await looks(after);
    expect(limitOf(after)).toBe('3.6');
    expect(after.rules.refusal).toBeNull();
  });

  it('without its folder goes on too', async () => {
    const { version } = (await start()).rules.current;
    await open.pop()!.close();
    rmSync(folder.path, { recursive: true });
    expect((await start()).rules.current.version).toBe(version);
  });

  it('on the same files is no new coming into force', async () => {
    const before = await start();
    await open.pop()!.close();
    const after = await start();
    after.clock.advance({ hours: 1 });
    expect(await after.sets.changes(10)).toHaveLength(1);
    expect(after.rules.inForceSince).toEqual(before.rules.inForceSince);
  });

  it('on broken files where no version ever was in force is refused with the faults', async () => {
    folder.breakWhiteCells();
    const refused = await start().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect((refused as AppError).message).toContain('wcb');
  });
});

describe('an earlier version', () => {
  it('is kept with its files and judges as it did', async () => {
    const one = await start();
    const first = one.rules.current;
    const text = folder.read(BLOOD_COUNT);
    for (const limit of [3.3, 3.4, 3.5]) {
      folder.setWhiteCellLimit(limit);
      await looks(one);
    }
    const again = await one.rules.version(first.version);
    expect(again.version).toBe(first.version);
    expect(again.rules).toEqual(first.rules);
    expect(again.policy).toEqual(first.policy);
    const files = await one.sets.files(first.version);
    expect(files?.find(({ path }) => path === BLOOD_COUNT)?.text).toBe(text);
    expect(files?.some(({ path }) => path.startsWith('vocabulary/'))).toBe(true);
    expect(await one.sets.versions(10)).toHaveLength(4);
  });

  it('comes back into force with its files, as what it was', async () => {
    const one = await start();
    const { version } = one.rules.current;
    const text = folder.read(BLOOD_COUNT);
    folder.setWhiteCellLimit(3.5);
    await looks(one);
    folder.write(BLOOD_COUNT, text);
    await looks(one);
    expect(one.rules.current.version).toBe(version);
    expect((await one.sets.changes(10)).map(({ version: of }) => of === version)).toEqual([true, false, true]);
    expect(await one.sets.versions(10)).toHaveLength(2);
  });

  it('keeps each text once', async () => {
    const one = await start();
    const before = (await one.sets.files(one.rules.current.version))!.length;
    folder.setWhiteCellLimit(3.5);
    await looks(one);
    const rows: unknown[] = await one.nest.get(DataSource).query('SELECT hash FROM rule_file');
    expect(rows).toHaveLength(before + 1);
  });

  it('that never was is not found', async () => {
    const one = await start();
    await expect(one.rules.version('0'.repeat(64))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the database', () => {
  it('that cannot keep a version keeps it out of force; the next look tries again', async () => {
    const one = await start();
    const run = (sql: string) => one.nest.get(DataSource).query(sql);
    await run('ALTER TABLE rule_set_change RENAME TO mislaid');
    folder.setWhiteCellLimit(3.5);
    await looks(one, 5);
    expect(limitOf(one)).toBe('3.0');
    expect(one.said.filter((text) => text.includes('could not reload'))).toHaveLength(1);
    expect(one.rules.refusal).toBeNull();
    await run('ALTER TABLE mislaid RENAME TO rule_set_change');
    await looks(one);
    expect(limitOf(one)).toBe('3.5');
  });

  it('serves two instances, each by its own files', async () => {
    const other = new RulesFolder();
    try {
      const [one, two] = [await start(), await start(other.path, '3001')];
      expect(two.rules.current.version).toBe(one.rules.current.version);
      folder.setWhiteCellLimit(3.5);
      await Promise.all([looks(one), looks(two)]);
      expect([limitOf(one), limitOf(two)]).toEqual(['3.5', '3.0']);
      other.setWhiteCellLimit(3.5);
      await looks(two);
      expect(two.rules.current.version).toBe(one.rules.current.version);
      expect((await two.sets.lastChange('test:3001'))?.version).toBe(two.rules.current.version);
    } finally {
      other.remove();
    }
  });
});

it('a file saved in place, of the same size and with its old dates, is noticed', async () => {
  const one = await start();
  const path = join(folder.path, BLOOD_COUNT);
  const text = readFileSync(path, 'utf8');
  writeFileSync(`${path}.tmp`, text.replace('title: { zh: 白细胞减少', 'title: { zh: 白细胞过少'));
  renameSync(`${path}.tmp`, path);
  await looks(one);
  expect(one.rules.current.rules[0]?.title.zh).toBe('白细胞过少');
});
