import { type DataSource } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { Keeping1700000000300 } from '../../migrations/1700000000300-keeping.js';
import { openDatabase, UnitOfWork } from '../database/index.js';
import { DataKeyEntity } from './data-key.entity.js';
import { openVault } from './vault.provider.js';

const OLD = { secretKey: 'the first secret of this centre, long', previousSecretKey: null };
const NEW = { secretKey: 'another secret, made a year later on', previousSecretKey: OLD.secretKey };
const clock = new FixedClock('2026-03-02T02:00:00Z');
const PLAIN = Buffer.from('13800004471');

describe('the vault of a database', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let work: UnitOfWork;
  beforeEach(async () => {
    database = await freshDatabase();
    const schema = { entities: [DataKeyEntity], migrations: [Keeping1700000000300] };
    // As the service opens it: which rows another start has committed is a matter of the session's isolation.
    ({ dataSource } = await openDatabase(database, schema));
    work = new UnitOfWork(dataSource);
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('opens tomorrow what it sealed today', async () => {
    const sealed = (await openVault(work, OLD, clock)).seal(PLAIN, 'here');
    expect((await openVault(work, OLD, clock)).open(sealed, 'here')).toEqual(PLAIN);
  });

  it('has one pair of keys when several instances start on an empty database', async () => {
    const vaults = await Promise.all(Array.from({ length: 5 }, () => openVault(work, OLD, clock)));
    expect(new Set(vaults.map((vault) => vault.hash('x'))).size).toBe(1);
    const sealed = vaults[0]!.seal(PLAIN, 'here');
    for (const vault of vaults) expect(vault.open(sealed, 'here')).toEqual(PLAIN);
  });

  it('takes a new secret beside the old one, and needs the old one no more after that', async () => {
    const sealed = (await openVault(work, OLD, clock)).seal(PLAIN, 'here');
    await openVault(work, NEW, clock);
    const vault = await openVault(work, { ...NEW, previousSecretKey: null }, clock);
    expect(vault.open(sealed, 'here')).toEqual(PLAIN);
    await expect(openVault(work, OLD, clock)).rejects.toThrow('SECRET_KEY does not open');
  });

  it('refuses a wrong secret in plain words, and changes nothing', async () => {
    const sealed = (await openVault(work, OLD, clock)).seal(PLAIN, 'here');
    const wrong = { secretKey: 'somebody else’s secret, quite wrong', previousSecretKey: null };
    await expect(openVault(work, wrong, clock)).rejects.toThrow('SECRET_KEY does not open the data keys');
    expect((await openVault(work, OLD, clock)).open(sealed, 'here')).toEqual(PLAIN);
  });

  it('says which key is missing when the table was damaged', async () => {
    await openVault(work, OLD, clock);
    await dataSource.query(`DELETE FROM data_key WHERE purpose = 'hashing'`);
    await expect(openVault(work, OLD, clock)).rejects.toThrow('no hashing key');
  });

  it('keeps no key in the clear', async () => {
    const vault = await openVault(work, OLD, clock);
    const rows = await dataSource.getRepository(DataKeyEntity).find();
    expect(rows).toHaveLength(2);
    for (const { wrapped } of rows) {
      expect(wrapped.length).toBeGreaterThan(32);
      expect(wrapped.toString('latin1')).not.toContain(OLD.secretKey);
    }
    expect(vault.hash('x')).toHaveLength(27);
  });
});
