import { DataSource } from 'typeorm';
import { RulesFolder } from '../../test/support/rules-folder.js';
import { BLOOD_COUNT, limitOf, looks, RulesInstances } from '../../test/support/rules-instances.js';

let instances: RulesInstances;
let folder: RulesFolder;
beforeEach(async () => {
  instances = await RulesInstances.fresh();
  ({ folder } = instances);
});
afterEach(() => instances.remove());

describe('an earlier version', () => {
  it('is kept with its files and judges as it did', async () => {
    const one = await instances.start();
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
    const one = await instances.start();
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
    const one = await instances.start();
    const before = (await one.sets.files(one.rules.current.version))!.length;
    folder.setWhiteCellLimit(3.5);
    await looks(one);
    const rows: unknown[] = await one.nest.get(DataSource).query('SELECT hash FROM rule_file');
    expect(rows).toHaveLength(before + 1);
  });

  it('that never was is not found', async () => {
    const one = await instances.start();
    await expect(one.rules.version('0'.repeat(64))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the database', () => {
  it('that cannot keep a version keeps it out of force; the next look tries again', async () => {
    const one = await instances.start();
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
      const [one, two] = [await instances.start(), await instances.start(other.path, '3001')];
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

