import { DataSource } from 'typeorm';
import { identityKey } from '../../src/people/domain/identity.js';
import { isPlaced, resultKeyWithId } from '../../src/people/domain/result-key.js';
import { resultHash } from '../../src/people/index.js';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { about, bundleOf, minutesAfter, mrnOf, observation, ORDER, person, resultsOnly, unique } from '../support/messages.js'; // prettier-ignore
import { reconcile, seen } from '../support/queue.js';

const orders = { system: 'urn:test:accession', value: unique('A') };
const patient = person();
const awaited = person(unique('awaited'));
const numbered = observation({ wbc: 2.5 });
const byId = observation({ plt: 45 }, { identifier: undefined, id: 'plt' });
const nameless = observation({ ck: 2001 }, { identifier: undefined });
const [one, other] = [
  { ...observation({ hb: 55 }), identifier: [orders], id: 'hb' },
  { ...observation({ rbc: 4 }), identifier: [orders], id: 'rbc' },
];
const waiting = { ...observation({ creatinine: 700 }, { identifier: undefined, id: 'crea' }), ...about(mrnOf(awaited)) }; // prettier-ignore
const sent = asSent([
  bundleOf(patient, [numbered, byId, nameless, one, other], 'collection'),
  resultsOnly([waiting], 'collection'),
]);

/** Without the members that JSON leaves out: they would count as content. */
function asSent(bundles: fhir4.Bundle[]): fhir4.Bundle[] {
  return JSON.parse(JSON.stringify(bundles)) as fhir4.Bundle[];
}

/** Results that version 0.1.0 stored have keys that don't say where they lie. */
describe('a database that version 0.1.0 filled', () => {
  let database: FreshDatabase;
  let app: TestApp;
  let feed: string;
  beforeAll(async () => {
    database = await freshDatabase();
    const before = await startApp({ database });
    feed = before.keys.feed;
    for (const bundle of sent) await before.post('/fhir', bundle);
    await giveFormerKeys(before.nest.get(DataSource));
    await before.close();
    app = await startApp({ database, modules: [ReconcileModule] });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });
  const send = async (bundle: fhir4.Bundle): Promise<string[]> =>
    (await app.post<fhir4.Bundle>('/fhir', bundle, { key: feed })).body.entry!.map(
      ({ response }) => response!.status,
    );

  it('knows its results again when they are sent again, together or alone', async () => {
    for (const bundle of sent) expect(new Set(await send(bundle))).toEqual(new Set(['200 OK']));
    expect(await send(bundleOf(patient, [one], 'collection'))).toEqual(['200 OK', '200 OK']);
    expect((await seen(app, mrnOf(patient))).all.observations).toHaveLength(5);
  });

  it('finds them by their identifier, and new ones beside them', async () => {
    const later = observation({ hb: 130 });
    await send(bundleOf(patient, [later], 'collection'));
    for (const [{ identifier }, value] of [
      [numbered, 2.5],
      [later, 130],
    ] as const) {
      const query = { identifier: `${ORDER}|${identifier![0]!.value}` };
      const [found] = await app.search<fhir4.Observation>('Observation', query);
      expect(found?.valueQuantity?.value).toBe(value);
    }
  });

  it('follows their corrections', async () => {
    const issued = minutesAfter(5);
    const right = [
      { ...numbered, valueQuantity: { ...numbered.valueQuantity, value: 5 } },
      { ...byId, valueQuantity: { ...byId.valueQuantity, value: 200 } },
      { ...one, valueQuantity: { ...one.valueQuantity, value: 130 } },
    ].map((result) => ({ ...result, status: 'corrected' as const, issued }));
    await send(bundleOf(patient, right, 'collection'));
    const after = await seen(app, mrnOf(patient));
    expect(after.findings).toEqual(['ck-high']);
    expect(after.all.observations).toHaveLength(6);
  });

  it('gives a result that waited to its person, once', async () => {
    await send(bundleOf(awaited, [], 'collection'));
    await send(resultsOnly([waiting], 'collection'));
    const after = await seen(app, mrnOf(awaited));
    expect(after.all.observations).toHaveLength(1);
    expect(after.findings).toEqual(['creatinine-high']);
    expect(await reconcile(app)).toEqual([]);
  });
});

/** Writes every key anew as version 0.1.0 did. */
async function giveFormerKeys(database: DataSource): Promise<void> {
  const rows: Record<string, string | number | null>[] = await database.query(
    'SELECT o.*, m.feed_id FROM observation o JOIN message m ON m.id = o.message_id WHERE component = 0',
  );
  for (const row of rows) {
    const isWaiting = row['person_id'] === null;
    const bundle = sent[isWaiting ? 1 : 0]!;
    const resource = bundle.entry![Number(row['entry'])]!.resource as fhir4.Observation;
    const scope = String(row['person_id'] ?? row['subject_key']);
    const key = identityKey(resource, String(row['feed_id']), scope, () => resultHash(resource, (name) => name)); // prettier-ignore
    const former = resource.identifier?.[0]?.system === orders.system ? resultKeyWithId(key, resource) : key;
    await database.query('UPDATE observation SET identity_key = ? WHERE id = ?', [former, row['id']]);
  }
  const keys: { identity_key: string }[] = await database.query('SELECT identity_key FROM observation');
  expect(keys.map(({ identity_key }) => isPlaced(identity_key))).toEqual(Array<boolean>(6).fill(false));
}
