import { rmSync, renameSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RulesFolder } from '../../test/support/rules-folder.js';
import { BLOOD_COUNT, limitOf, looks, RulesInstances } from '../../test/support/rules-instances.js';
import { AppError } from '../kernel/index.js';

let instances: RulesInstances;
let folder: RulesFolder;
beforeEach(async () => {
  instances = await RulesInstances.fresh();
  ({ folder } = instances);
});
afterEach(() => instances.remove());

describe('a change of the files', () => {
  it('is in force when two looks in a row have seen the same', async () => {
    const one = await instances.start();
    folder.setWhiteCellLimit(3.5);
    await one.watch.look();
    expect(limitOf(one)).toBe('3.0');
    await one.watch.look();
    expect(limitOf(one)).toBe('3.5');
  });

  it('waits while the files are still being written', async () => {
    const one = await instances.start();
    for (const limit of [3.1, 3.2, 3.3, 3.4]) {
      folder.setWhiteCellLimit(limit);
      await one.watch.look();
      expect(limitOf(one)).toBe('3.0');
    }
    await one.watch.look();
    expect(limitOf(one)).toBe('3.4');
  });

  it('is told to whoever follows, and noted with its cause', async () => {
    const one = await instances.start();
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
    const one = await instances.start();
    const { version } = one.rules.current;
    folder.write(BLOOD_COUNT, `# 已核对 looked at\n${folder.read(BLOOD_COUNT)}\n`);
    await looks(one);
    expect(one.rules.current.version).toBe(version);
    expect(await one.sets.changes(10)).toHaveLength(1);
  });

  it('of the notification policy comes into force with the rules, as one version', async () => {
    const one = await instances.start();
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
    const one = await instances.start();
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
    const one = await instances.start();
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
    const one = await instances.start();
    const { version } = one.rules.current;
    spoil();
    await looks(one);
    expect(one.rules.current.version).toBe(version);
    expect(one.rules.refusal?.faults.map(({ path, message }) => `${path}: ${message}`).join('\n')).toMatch(said);
  });
});

describe('a restart', () => {
  it('on broken files goes on with the version that was in force last, and follows the mended ones', async () => {
    const before = await instances.start();
    folder.setWhiteCellLimit(3.5);
    await looks(before);
    const { version } = before.rules.current;
    await instances.end();
    folder.breakWhiteCells();
    const after = await instances.start();
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
    const { version } = (await instances.start()).rules.current;
    await instances.end();
    rmSync(folder.path, { recursive: true });
    expect((await instances.start()).rules.current.version).toBe(version);
  });

  it('on the same files is no new coming into force', async () => {
    const before = await instances.start();
    await instances.end();
    const after = await instances.start();
    after.clock.advance({ hours: 1 });
    expect(await after.sets.changes(10)).toHaveLength(1);
    expect(after.rules.inForceSince).toEqual(before.rules.inForceSince);
  });

  it('on broken files where no version ever was in force is refused with the faults', async () => {
    folder.breakWhiteCells();
    const refused = await instances.start().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect((refused as AppError).message).toContain('wcb');
  });
});

it('a file saved in place, of the same size and with its old dates, is noticed', async () => {
  const one = await instances.start();
  const path = join(folder.path, BLOOD_COUNT);
  const text = readFileSync(path, 'utf8');
  writeFileSync(`${path}.tmp`, text.replace('title: { zh: 白细胞减少', 'title: { zh: 白细胞过少'));
  renameSync(`${path}.tmp`, path);
  await looks(one);
  expect(one.rules.current.rules[0]?.title.zh).toBe('白细胞过少');
});
