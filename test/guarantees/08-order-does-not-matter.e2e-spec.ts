import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { AccessService } from '../../src/access/index.js';
import { identifierKey } from '../../src/people/index.js';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { about, daysBefore, loinc, person, quantity, result, resultsOnly } from '../support/messages.js';
import { reconcile } from '../support/queue.js';

const RUNS = Number(process.env.FIRSTCALL_ORDER_RUNS ?? 40);
const PERSONS = 3;
const ORDERS = 5;
const STATUSES = [
  'registered',
  'preliminary',
  'final',
  'amended',
  'corrected',
  'cancelled',
  'entered-in-error',
];
const ORDER_SYSTEM = 'urn:test:series';

/** What each order number measures, with values at its limits, beside them and doubtful ones. */
const MEASURES: readonly ((pick: number) => Partial<fhir4.Observation>)[] = [
  (pick) => number('6690-2', [3, 3.01, 2.9, 6][pick % 4]!, '10*9/L'),
  (pick) => number('718-7', [89, 90, 130, 60][pick % 4]!, 'g/L'),
  (pick) => number('777-3', [400, 399, 89, 90][pick % 4]!, '10*9/L'),
  (pick) => number('2157-6', [2000, 2001, 100, 9000][pick % 4]!, 'U/L'),
  // A glucose means one thing or another by its specimen, which travels apart.
  (pick) => ({
    ...number('14749-6', [6.9, 7, 11.1, 25][pick % 4]!, 'mmol/L'),
    specimen: { reference: 'Specimen/SPECIMEN' },
  }),
  (pick) => ({ code: loinc('20454-5'), valueString: ['±', '+', '阴性', '阳性'][pick % 4]! }),
  (pick) => ({
    ...number('2039-6', [5, 5.1, 50, 1][pick % 4]!, 'ng/mL'),
    ...(pick % 8 < 4 && { referenceRange: [{ high: quantity(5, 'ng/mL') }] }),
  }),
  (pick) => ({ code: loinc('14682-9'), valueQuantity: { value: [900, 80, 133, 134][pick % 4]! } }),
];

function number(code: string, value: number, unit: string): Partial<fhir4.Observation> {
  return { code: loinc(code), valueQuantity: quantity(value, unit) };
}

/** One thing that is sent: a version of a result, the person, or the specimen. */
type Sent =
  | { kind: 'version'; order: number; issued: number; updated: number; status: number; isHistory: boolean }
  | { kind: 'person'; who: number }
  | { kind: 'specimen' };

/** What lies behind the versions of one run: the same version always says the same. */
interface World {
  measures: number[];
  picks: number[];
  owners: number[];
  ages: number[];
}

const sent: fc.Arbitrary<Sent> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('version' as const),
      order: fc.nat(ORDERS - 1),
      issued: fc.nat(1),
      updated: fc.nat(1),
      status: fc.nat(STATUSES.length - 1),
      isHistory: fc.integer({ min: 0, max: 9 }).map((one) => one < 2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('person' as const), who: fc.nat(PERSONS - 1) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'specimen' as const }) },
);
const numbers = (most: number, length: number) =>
  fc.array(fc.nat(most), { minLength: length, maxLength: length });
const world: fc.Arbitrary<World> = fc.record({
  measures: numbers(MEASURES.length - 1, ORDERS),
  picks: numbers(7, 11),
  // Mostly the first person; sometimes a version names another.
  owners: fc.array(fc.constantFrom(0, 0, 0, 1, 2), { minLength: 7, maxLength: 7 }),
  ages: fc.array(fc.constantFrom(0, 0, 1, 40), { minLength: ORDERS, maxLength: ORDERS }),
});
/** The same things twice: in one order and in another, with repeats, cut into bundles differently. */
const plan = fc.array(sent, { minLength: 1, maxLength: 9 }).chain((all) => {
  const order = fc.shuffledSubarray([...all.keys()], { minLength: all.length });
  const repeats = fc.array(fc.nat(all.length - 1), { maxLength: 4 });
  const cuts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 });
  const way = fc.record({ order, repeats, cuts });
  return fc.record({ all: fc.constant(all), one: way, other: way });
});
type Way = { order: number[]; repeats: number[]; cuts: number[] };

describe('guarantee 8: order does not matter', () => {
  let app: TestApp;
  let historyKey: string;
  let run = 0;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule] });
    const access = app.nest.get(AccessService);
    historyKey = (await access.createKey({ name: 'archive', scope: 'feed', isHistory: true })).secret;
  });
  afterAll(() => app.close());

  it(
    `the same results in any order, split, repeated, corrected, withdrawn, with persons late, end alike (${RUNS} runs)`,
    async () => {
      await fc.assert(
        fc.asyncProperty(world, plan, async (given, { all, one, other }) => {
          const ends = [await play(given, all, one), await play(given, all, other)];
          expect(ends[1]).toEqual(ends[0]);
        }),
        { numRuns: RUNS },
      );
    },
    RUNS * 4000,
  );

  it('the second witness agrees with all of this', async () => {
    expect(await reconcile(app)).toEqual([]);
  });

  /** Sends everything in one way, to persons and under order numbers that no other run has, and looks at the end. */
  async function play(given: World, all: readonly Sent[], way: Way): Promise<unknown> {
    const prefix = `run${++run}`;
    const queue = [...way.order, ...way.repeats].map((at) => all[at]!);
    for (let i = 0; queue.length > 0; i++) {
      // A bundle comes by one feed, either as history or as news.
      const isHistory = comesAsHistory(queue[0]!);
      const change = queue.findIndex((one) => comesAsHistory(one) !== isHistory);
      const size = Math.min(way.cuts[i % way.cuts.length]!, change < 0 ? queue.length : change);
      const part = queue.splice(0, size);
      const { status, text } = await app.post('/fhir', bundle(part, given, prefix), {
        key: isHistory ? historyKey : 'feed',
      });
      if (status !== 200) throw new Error(`${status} ${text}`);
    }
    return endOf(prefix);
  }

  function bundle(part: readonly Sent[], given: World, prefix: string): fhir4.Bundle {
    const resources = part.map((one): fhir4.FhirResource => {
      if (one.kind === 'person') return person(`${prefix}-${one.who}`);
      if (one.kind === 'specimen') return specimen(prefix);
      return version(one, given, prefix);
    });
    const collection = resultsOnly(resources, 'collection');
    for (const entry of collection.entry!) delete entry.request;
    return collection;
  }

  async function endOf(prefix: string): Promise<unknown> {
    const labels = new Map(
      Array.from({ length: ORDERS }, (_, order) => [
        identifierKey('Observation', ORDER_SYSTEM, `${prefix}-${order}`),
        `order ${order}`,
      ]),
    );
    const keys = [...labels.keys()];
    const database = app.nest.get(DataSource);
    const marks = keys.map(() => '?').join(',');
    type Row = Record<string, unknown>;
    const people = await personLabels(prefix);
    const results = await database.query<Row[]>(
      `SELECT identity_key, id, status, content_hash, person_id, measurement FROM observation WHERE component = 0 AND identity_key IN (${marks})`,
      keys,
    );
    const label = new Map(results.map((row) => [row['id'], labels.get(row['identity_key'] as string)]));
    const ids = [...label.keys()];
    const within = ids.map(() => '?').join(',') || "''";
    const findings = await database.query<Row[]>(
      `SELECT * FROM finding WHERE status <> 'retracted' AND observation_id IN (${within})`,
      ids,
    );
    const shown = new Map(
      findings.map((row) => [row['id'], `${label.get(row['observation_id'])} ${String(row['rule_id'])}`]),
    );
    const tasks = await database.query<Row[]>(
      `SELECT t.id, t.code, t.urgency, t.person_id, l.finding_id FROM task t JOIN task_finding l ON l.task_id = t.id JOIN finding f ON f.id = l.finding_id WHERE t.open_key IS NOT NULL AND f.observation_id IN (${within})`,
      ids,
    );
    return {
      results: results
        .map((row) => [
          label.get(row['id']),
          row['status'],
          people.get(row['person_id']),
          withoutPrefix(row['measurement'], prefix),
        ])
        .sort(),
      findings: findings
        .map((row) =>
          [
            shown.get(row['id']),
            people.get(row['person_id']),
            row['kind'],
            row['status'],
            row['urgency'],
            row['disposition'],
            row['disposition_reason'],
            row['told_value'],
          ].join(' '),
        )
        .sort(),
      tasks: tasks
        .map((row) =>
          [people.get(row['person_id']), row['code'], row['urgency'], shown.get(row['finding_id'])].join(' '),
        )
        .sort(),
    };
  }

  async function personLabels(prefix: string): Promise<Map<unknown, string>> {
    const labels = new Map<unknown, string>([[null, 'nobody yet']]);
    for (let who = 0; who < PERSONS; who++) {
      const [found] = await app.search('Patient', { identifier: `urn:test:mrn|${prefix}-${who}` });
      if (found) labels.set(found.id, `person ${who}`);
    }
    return labels;
  }
});

function comesAsHistory(one: Sent): boolean {
  return one.kind === 'version' && one.isHistory;
}

function version(
  { order, issued, updated, status }: Extract<Sent, { kind: 'version' }>,
  given: World,
  prefix: string,
): fhir4.Observation {
  const which = order * 31 + issued * 14 + updated * 7 + status;
  const measured = MEASURES[given.measures[order]!]!(given.picks[which % given.picks.length]!);
  const days = given.ages[order]!;
  return result({
    ...measured,
    ...(measured.specimen && { specimen: { reference: `Specimen/${prefix}-s` } }),
    // A specimen and what was measured in it are one person's.
    ...about(`${prefix}-${measured.specimen ? 0 : given.owners[which % given.owners.length]}`),
    identifier: [{ system: ORDER_SYSTEM, value: `${prefix}-${order}` }],
    status: STATUSES[status] as fhir4.Observation['status'],
    effectiveDateTime: daysBefore(days),
    issued: daysBefore(days, issued * 60_000),
    meta: { lastUpdated: daysBefore(days, updated * 60_000) },
  });
}

function specimen(prefix: string): fhir4.Specimen {
  return {
    resourceType: 'Specimen',
    id: `${prefix}-s`,
    ...about(`${prefix}-0`),
    collection: { fastingStatusCodeableConcept: { coding: [{ code: 'F' }] } },
  };
}

function withoutPrefix(measurement: unknown, prefix: string): unknown {
  if (typeof measurement !== 'string') return measurement;
  const { contextKeys: _keys, ...rest } = JSON.parse(measurement.replaceAll(prefix, '')) as {
    contextKeys?: unknown;
  };
  return JSON.stringify(rest);
}
