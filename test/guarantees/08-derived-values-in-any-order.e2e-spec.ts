import fc from 'fast-check';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { derivedRules } from '../support/derived-rules.js';
import {
  about,
  daysBefore,
  loinc,
  minutesAfter,
  mrnOf,
  ORDER,
  person,
  quantity,
  result,
  resultsOnly,
} from '../support/messages.js';
import { type OwnRules } from '../support/own-rules.js';
import { reconcile, seen } from '../support/queue.js';

const RUNS = Number(process.env.FIRSTCALL_ORDER_RUNS ?? 40);

/** What a rule of `test-derived` looks at, or is computed from. */
const MEASURED = { free: '10886-0', total: '2857-1', ratio: '12841-3' } as const;
const one = fc.record({
  what: fc.constantFrom<keyof typeof MEASURED>('free', 'total', 'total', 'free', 'ratio'),
  day: fc.constantFrom(0, 0, 1),
  value: fc.constantFrom(1, 1.2, 1.5, 9, 10, 14, 20),
  fate: fc.constantFrom('stays', 'stays', 'corrected', 'withdrawn'),
  other: fc.constantFrom(1, 1.5, 9, 10, 14, 20),
});
type One = typeof one extends fc.Arbitrary<infer T> ? T : never;

/** A version of a result: which, and whether it is the later one. */
interface Sent {
  at: number;
  isLater: boolean;
}
const world = fc.array(one, { minLength: 2, maxLength: 6 });
const way = (all: readonly Sent[]) =>
  fc.record({
    order: fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length }),
    cuts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
  });
type Way = ReturnType<typeof way> extends fc.Arbitrary<infer T> ? T : never;
const plan = world.chain((results) => {
  const all = results.flatMap(({ fate }, at): Sent[] => {
    const first = { at, isLater: false };
    return fate === 'stays' ? [first] : [first, { at, isLater: true }];
  });
  return fc.record({ results: fc.constant(results), a: way(all), b: way(all) });
});

describe('guarantee 8: of values that are computed from others the order does not matter either', () => {
  let app: TestApp;
  let rules: OwnRules;
  let everFound = 0;
  beforeAll(async () => {
    rules = derivedRules();
    app = await startApp({ env: { RULES_DIR: rules.folder }, modules: [ReconcileModule] });
  });
  afterAll(async () => {
    await app.close();
    rules.remove();
  });

  it(
    `the same results in any order and split, corrected and withdrawn, end alike (${RUNS} runs)`,
    async () => {
      await fc.assert(
        fc.asyncProperty(plan, async ({ results, a, b }) => {
          expect(await play(results, a)).toEqual(await play(results, b));
        }),
        { numRuns: RUNS },
      );
      expect(everFound).toBeGreaterThan(0);
      expect(await reconcile(app)).toEqual([]);
    },
    RUNS * 4000,
  );

  /** Sends everything in one way to a person of their own; what was found at the end, in words. */
  async function play(results: readonly One[], { order, cuts }: Way): Promise<string[]> {
    const patient = person();
    const mrn = mrnOf(patient);
    await send([patient]);
    const queue = order.map((sent) => versionOf(sent, results, mrn));
    for (let i = 0; queue.length > 0; i++) await send(queue.splice(0, cuts[i % cuts.length]));
    const { all } = await seen(app, mrn);
    // What was found on the way and taken back depends on the way.
    const standing = all.findings.filter(({ status }) => status !== 'entered-in-error');
    everFound += standing.length;
    return standing
      .map(({ code, detail, status }) => `${code?.coding?.[0]?.code} ${status} ${detail}`)
      .sort();
  }

  async function send(resources: readonly fhir4.FhirResource[]): Promise<void> {
    const bundle = resultsOnly(resources, 'collection');
    for (const entry of bundle.entry!) delete entry.request;
    const { status, text } = await app.post('/fhir', bundle);
    if (status !== 200) throw new Error(`${status} ${text.slice(0, 300)}`);
  }
});

/** Each result at a minute of its own: which of two is the latest of its day is then no accident. */
function versionOf({ at, isLater }: Sent, results: readonly One[], mrn: string): fhir4.Observation {
  const { what, day, value, fate, other } = results[at]!;
  const status = !isLater ? 'final' : fate === 'withdrawn' ? 'entered-in-error' : 'corrected';
  return result({
    ...about(mrn),
    identifier: [{ system: ORDER, value: `${mrn}-${at}` }],
    code: loinc(MEASURED[what]),
    status,
    valueQuantity: quantity(isLater ? other : value, what === 'ratio' ? '%' : 'ng/mL'),
    effectiveDateTime: daysBefore(day, at * 60_000),
    issued: minutesAfter(isLater ? 5 : 0),
  });
}
