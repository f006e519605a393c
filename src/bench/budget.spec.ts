import { budgets } from './budget.js';
import { type BenchResult } from './result.js';

const GOOD: BenchResult = {
  db: 'sqlite',
  people: 1,
  clients: 8,
  results: 60,
  bodyBytes: 1,
  rounds: [],
  peoplePerSecond: 1,
  resultsPerSecond: 1,
  plainPeoplePerSecond: 1,
  plainRowsPerSecond: 1,
  ratio: 0.3,
  cpuPerPerson: 3,
  loaded: { p50: 1, p99: 1 },
  oneClient: { p50: 6, p99: 20 },
  paced: { p50: 1, p99: 100, perSecond: 1 },
  tasks: { checked: 2, wrong: 0 },
  peakMemory: 400e6,
  benchPeakMemory: 1,
  databaseSize: 1,
  bytesPerPerson: 1,
  preload: { people: 1, emptyCost: 1, loadedCost: 1, costRatio: 1.2, ratio: 1 },
  ingest: { people: 1, bytes: 1, elapsed: 1, peoplePerSecond: 1, peakMemory: 400e6 },
};

const missed = (result: BenchResult): string[] =>
  budgets(result).flatMap(({ name, met }) => (met ? [] : [name]));

describe('the budgets of the bench', () => {
  it('are kept at their limits', () => expect(missed(GOOD)).toEqual([]));

  it.each<[string, Partial<BenchResult>]>([
    ['ratio to plain inserts', { ratio: 0.299 }],
    ['p50, one client (ms)', { oneClient: { p50: 6.1, p99: 20 } }],
    ['p99, one client (ms)', { oneClient: { p50: 6, p99: 20.1 } }],
    ['p99 at 80 % of peak (ms)', { paced: { p50: 1, p99: 101, perSecond: 1 } }],
    ['peak memory of the service (MB)', { peakMemory: 401e6 }],
    ['tasks missing or too many', { tasks: { checked: 2, wrong: 1 } }],
    ['cost a person, loaded to empty', { preload: { ...GOOD.preload!, costRatio: 1.21 } }],
    ['peak memory of ingest (MB)', { ingest: { ...GOOD.ingest!, peakMemory: 401e6 } }],
    ['ratio to plain inserts', { ratio: Number.NaN }],
    ['peak memory of the service (MB)', { peakMemory: Number.NaN }],
  ])('"%s" is missed beyond its limit, or when it was not measured', (name, change) => {
    expect(missed({ ...GOOD, ...change })).toEqual([name]);
  });
});
