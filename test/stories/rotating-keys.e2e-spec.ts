import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AccountsService, StaffAddresses } from '../../src/accounts/index.js';
import { LevelOverrideEntity } from '../../src/assessment/level-override.entity.js';
import { MessagesService, OutboxEntity } from '../../src/messaging/index.js';
import { PersonConflictRepository } from '../../src/people/index.js';
import { MessagePartEntity } from '../../src/people/message.entity.js';
import { RekeyingModule, RekeyingService, type Rotated, SEALED_COLUMNS } from '../../src/rekeying/index.js';
import { KeyRing, Vault } from '../../src/secrets/index.js';
import { type PeopleFoundPage } from '../../src/workbench/people.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { BrowserSession, PASSWORD, signedInAs } from '../support/browser-session.js';
import { builtDatabase } from '../support/built-database.js';
import { type FreshDatabase } from '../support/database.js';
import { bundleOf, observation, person } from '../support/messages.js';

const PEOPLE = 90;
/** Longer than one part of a message takes: random letters don't pack. */
const PHONE = '13912345678';
const NOTES = 9;
const LONG = 900_000;
const phoneOf = (i: number): string => `1380000${String(i).padStart(4, '0')}`;

/** Where a rotation is cut off. */
class CutOff extends Error {}

describe('another data key in the place of the old one', () => {
  let database: FreshDatabase;
  let app: TestApp;
  /** Another instance of the service, on the same database. */
  let other: TestApp;
  let auditor: BrowserSession;
  const start = () => startApp({ database, modules: [RekeyingModule] });
  beforeAll(async () => {
    database = await builtDatabase();
    app = await start();
    other = await start();
    await fill(app);
  }, 120_000);
  afterAll(async () => {
    await other?.close();
    await app?.close();
    await database?.drop();
  });

  async function fill(on: TestApp): Promise<void> {
    for (let i = 0; i < PEOPLE; i++) await send(on, i);
    const long = {
      ...observation({ wbc: 5 }),
      note: Array.from({ length: NOTES }, () => ({ text: randomText(LONG) })),
    };
    const { status } = await on.post('/fhir', bundleOf(person('long'), [long]));
    expect(status).toBe(200);
    auditor = await signedInAs(on, 'chief', 'administrator', 'duty-doctor');
    const { id } = await on.nest
      .get(AccountsService)
      .create({ login: 'li', roles: ['nurse'], password: PASSWORD });
    await on.nest
      .get(StaffAddresses)
      .set(id, [{ channel: 'sms', address: '13900000001', language: 'zh' }], null);
    await alsoSealed(on);
    await on.nest
      .get(PersonConflictRepository)
      .keep({ feedId: 'f', path: 'Patient', personIds: [] }, 'x', on.clock.now());
  }

  async function send(on: TestApp, i: number): Promise<void> {
    const patient = person(`R${i}`, {
      name: [{ text: `旋转${i}` }],
      telecom: [{ system: 'phone', value: phoneOf(i) }],
    });
    const { status, text } = await on.post('/fhir', bundleOf(patient, [observation({ wbc: 2.5 })]));
    if (status !== 200) throw new Error(text);
  }

  /** A message to a telephone, and a doctor's reason. */
  async function alsoSealed(on: TestApp): Promise<void> {
    const { manager } = on.nest.get(DataSource);
    const vault = on.nest.get(Vault);
    const at = on.clock.now();
    const seal = (text: string, context: string) => vault.seal(Buffer.from(text), context).toString('base64');
    const content = { subject: null, text: 'x', values: {}, code: null };
    await manager.insert(OutboxEntity, {
      ...{
        id: 'sms',
        messageKey: 'sms',
        channel: 'sms',
        template: 't',
        templateRevision: '1',
        language: 'zh',
      },
      ...{
        audience: 'person',
        urgency: 'A',
        state: 'sent',
        attempts: 1,
        createdAt: at,
        updatedAt: at,
        sentAt: at,
      },
      addressHash: on.nest.get(MessagesService).addressHashes('sms', PHONE)[0]!,
      sealed: seal(JSON.stringify({ address: PHONE, content }), 'outbox sms'),
    });
    await manager.insert(LevelOverrideEntity, {
      ...{ id: 'reason', personId: 'p', code: '3', doctor: 'D', madeBy: 'user:d', madeAt: at, until: at },
      ...{ computedVersion: 1, computedCode: '3', computedText: '3', standing: '{}' },
      reason: `sealed:${seal('理由', 'override reason')}`,
    });
  }

  async function alsoOpens(on: TestApp): Promise<void> {
    const { manager } = on.nest.get(DataSource);
    const messages = on.nest.get(MessagesService);
    const kept = await manager.findOneByOrFail(OutboxEntity, { id: 'sms' });
    expect(messages.open(kept).address).toBe(PHONE);
    expect(messages.addressHashes('sms', PHONE)).toEqual([kept.addressHash]);
    const { reason } = await manager.findOneByOrFail(LevelOverrideEntity, { id: 'reason' });
    const sealed = Buffer.from(reason.replace('sealed:', ''), 'base64');
    expect(on.nest.get(Vault).open(sealed, 'override reason').toString()).toBe('理由');
  }

  const rotate = (on: TestApp, advance: (rows: number) => void = () => undefined): Promise<Rotated> =>
    on.nest.get(RekeyingService, { strict: false }).rotate({
      wait: async (until) => {
        for (const one of [app, other]) {
          const ms = until.getTime() - one.clock.now().getTime();
          if (ms > 0) one.clock.advance({ ms });
          await one.nest.get(KeyRing).look();
        }
      },
      begin: () => undefined,
      advance,
      witness: () => Promise.resolve(),
    });

  /** Found by the end of their number, on both instances. */
  async function everybodyIsFound(): Promise<void> {
    const missing: string[] = [];
    for (const on of [app, other]) {
      for (let i = 0; i < PEOPLE; i += 11) {
        const { body } = await on.http<PeopleFoundPage>('POST', '/api/people/search', {
          q: phoneOf(i).slice(-4),
          limit: 50,
        });
        if (!body.items.some(({ name }) => name === `旋转${i}`)) missing.push(phoneOf(i));
      }
    }
    expect(missing).toEqual([]);
  }

  /** Everything that is sealed is opened, word for word. */
  async function everythingOpens(): Promise<void> {
    for (const on of [app, other]) {
      const patients = await on.search<fhir4.Patient>('Patient', { _count: '200' }, { key: 'read-contact' });
      const phones = patients.flatMap(({ telecom }) => telecom?.map(({ value }) => value) ?? []);
      for (let i = 0; i < PEOPLE; i++) expect(phones).toContain(phoneOf(i));
      const [observed] = await on.search<fhir4.Observation>('Observation', {
        'patient.identifier': 'urn:test:mrn|long',
      });
      expect(observed!.note!.map(({ text }) => text.length)).toEqual(Array(NOTES).fill(LONG));
    }
    await alsoOpens(app);
    const again = new BrowserSession(app);
    again.codeSecret = auditor.codeSecret;
    app.clock.advance({ minutes: 1 });
    other.clock.advance({ minutes: 1 });
    expect((await again.signIn('chief')).status).toBe(200);
  }

  const byOldKey = async (): Promise<string[]> => {
    const left: string[] = [];
    for (const { table, column, form } of SEALED_COLUMNS) {
      if (form !== 'bytes' && !column.includes('seal')) continue;
      const head = form === 'bytes' ? '01' : Buffer.from('AQ').toString('hex');
      const [row] = await app.nest
        .get(DataSource)
        .query<{ n: number | string }[]>(
          `SELECT COUNT(*) AS n FROM ${table} WHERE HEX(SUBSTR(${column}, 1, ${head.length / 2})) = '${head}'`,
        );
      if (Number(row!.n) > 0) left.push(`${table}.${column}: ${row!.n}`);
    }
    return left;
  };

  it('names every column that is sealed', () => {
    const named = new Set(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`));
    // Of keys themselves: wrapped by SECRET_KEY. The rest of a long message goes with its first part.
    const others = new Set(['data_key.wrapped', 'message_part.payload']);
    const found = app.nest
      .get(DataSource)
      .entityMetadatas.flatMap(({ tableName, columns }) =>
        columns
          .filter(({ type, databaseName }) => /blob/.test(String(type)) || /seal/.test(databaseName))
          .map(({ databaseName }) => `${tableName}.${databaseName}`),
      )
      .filter((name) => !named.has(name) && !others.has(name));
    // `sees_sensitive` and the like hold nothing that is sealed.
    expect(found).toEqual([]);
  });

  it('reads and finds everything at every step, cut off anywhere, and has nothing left of the old key', async () => {
    await everybodyIsFound();
    expect(await app.nest.get(DataSource).manager.count(MessagePartEntity)).toBeGreaterThan(0);
    let batches = 0;
    const cut = (at: number) => () => {
      if (++batches === at) throw new CutOff();
    };
    for (const at of [1, 3, 5]) {
      batches = 0;
      await expect(rotate(app, cut(at))).rejects.toThrow(CutOff);
      await everybodyIsFound();
      // What comes in meanwhile, on either instance, is in the ring's newest key and found at once.
      await send(other, PEOPLE + at);
      const { body } = await app.http<PeopleFoundPage>('POST', '/api/people/search', {
        q: phoneOf(PEOPLE + at).slice(-4),
        limit: 9,
      });
      expect(body.items).toHaveLength(1);
    }
    expect(await byOldKey()).not.toEqual([]);
    const rotated = await rotate(app);
    expect(rotated).toMatchObject({ key: 2, isResumed: true, retired: [1] });
    await other.nest.get(KeyRing).look();
    expect([...other.nest.get(Vault).ring.sealing.keys()]).toEqual([2]);
    expect(await byOldKey()).toEqual([]);
    await everybodyIsFound();
    await everythingOpens();
  }, 120_000);

  it('knows a contact again that came before the rotation: it is kept once', async () => {
    await send(app, 3);
    const [row] = await app.nest
      .get(DataSource)
      .query<{ n: number | string }[]>(
        `SELECT COUNT(*) AS n FROM person_contact c JOIN person p ON p.id = c.person_id WHERE p.name = '旋转3'`,
      );
    expect(Number(row!.n)).toBe(1);
  });

  it('goes on from key to key', async () => {
    expect(await rotate(other)).toMatchObject({ key: 3, isResumed: false, retired: [2] });
    await app.nest.get(KeyRing).look();
    await everybodyIsFound();
    await everythingOpens();
    const purposes = await app.nest
      .get(DataSource)
      .query<{ purpose: string }[]>('SELECT purpose FROM data_key ORDER BY purpose');
    expect(purposes.map(({ purpose }) => purpose)).toEqual(['hashing', 'sealing:3', 'searching:3']);
  }, 60_000);

  it('keeps a key as long as anything needs it', async () => {
    const cut = () => {
      throw new CutOff();
    };
    await expect(rotate(app, cut)).rejects.toThrow(CutOff);
    const rekeying = app.nest.get(RekeyingService, { strict: false });
    expect(await rekeying.retireUnused(4, () => Promise.resolve())).toEqual([]);
    expect([...app.nest.get(Vault).ring.sealing.keys()].sort()).toEqual([3, 4]);
    expect(await rotate(app)).toMatchObject({ key: 4, isResumed: true, retired: [3] });
    await other.nest.get(KeyRing).look();
  });

  it('is opened at the next start', async () => {
    await other.close();
    other = await start();
    await everybodyIsFound();
  });
});

/** Letters that don't pack. */
function randomText(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}
