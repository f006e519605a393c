import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { type Level } from '../../src/assessment/index.js';
import { AccessService } from '../../src/access/index.js';
import { identifierKey } from '../../src/people/index.js';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { resultsOnly } from '../support/messages.js';
import { type OwnRules } from '../support/own-rules.js';
import { reconcile } from '../support/queue.js';
import {
  comesAsHistory,
  ORDER_SYSTEM,
  ORDERS,
  PERSONS,
  plan,
  resourceOf,
  type Sent,
  type Way,
  world,
  type World,
} from '../support/random-messages.js';
import { rulesOverTimeAndLevels } from '../support/rules-over-time.js';

const RUNS = Number(process.env.FIRSTCALL_ORDER_RUNS ?? 40);

describe('guarantee 8: order does not matter', () => {
  let app: TestApp;
  let rules: OwnRules;
  let historyKey: string;
  let run = 0;
  beforeAll(async () => {
    rules = rulesOverTimeAndLevels();
    app = await startApp({ env: { RULES_DIR: rules.folder }, modules: [ReconcileModule] });
    const access = app.nest.get(AccessService);
    historyKey = (await access.createKey({ name: 'archive', scope: 'feed', isHistory: true })).secret;
  });
  afterAll(async () => {
    await app.close();
    rules.remove();
  });

  it(
    `the same results in any order, split, repeated, corrected, withdrawn, with persons and records late, end alike (${RUNS} runs)`,
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

  it(
    'the second witness agrees with all of this',
    async () => {
      expect(await reconcile(app)).toEqual([]);
    },
    RUNS * 4000,
  );

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
    const collection = resultsOnly(
      part.map((one) => resourceOf(one, given, prefix)),
      'collection',
    );
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
    const assessments = await database.query<Row[]>(
      `SELECT a.person_id, a.content FROM assessment a WHERE a.person_id IN (${[...people.keys()].map(() => '?').join(',')})`,
      [...people.keys()],
    );
    return {
      levels: assessments
        .map((row) => [people.get(row['person_id']), ...levelInShort(row['content'])].join(' '))
        .sort(),
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

function withoutPrefix(measurement: unknown, prefix: string): unknown {
  if (typeof measurement !== 'string') return measurement;
  const {
    contextKeys: _keys,
    encounter: _encounter,
    ...rest
  } = JSON.parse(measurement.replaceAll(prefix, '')) as {
    contextKeys?: unknown;
    encounter?: unknown;
  };
  return JSON.stringify(rest);
}

/** What is assessed, without the ids of results. */
function levelInShort(content: unknown): string[] {
  const { text, reasons, notes } = JSON.parse(String(content)) as Level;
  return [
    text,
    ...reasons.map(
      ({ level, ruleId, isSuspected, sentence }) => `${level} ${ruleId} ${isSuspected} ${sentence.zh}`,
    ),
    ...notes.map(({ zh }) => zh),
  ];
}
