import { type BenchResult } from './result.js';

export interface Budget {
  name: string;
  value: number;
  limit: number;
  sense: 'at least' | 'at most';
  met: boolean;
}

const MEGABYTE = 1e6;

/** The promised limits and whether they were kept. A figure that was not measured (NaN) is a limit not kept. */
export function budgets(result: BenchResult): Budget[] {
  const kept = [
    atLeast('ratio to plain inserts', result.ratio, 0.3),
    atMost('p50, one client (ms)', result.oneClient.p50, 6),
    atMost('p99, one client (ms)', result.oneClient.p99, 20),
    atMost('p99 at 80 % of peak (ms)', result.paced.p99, 100),
    atMost('peak memory of the service (MB)', result.peakMemory / MEGABYTE, 400),
    atMost('tasks missing or too many', result.tasks.wrong, 0),
  ];
  if (result.preload) kept.push(atMost('cost a person, loaded to empty', result.preload.costRatio, 1.2));
  if (result.ingest)
    kept.push(atMost('peak memory of ingest (MB)', result.ingest.peakMemory / MEGABYTE, 400));
  return kept;
}

function atLeast(name: string, value: number, limit: number): Budget {
  return { name, value, limit, sense: 'at least', met: value >= limit };
}

function atMost(name: string, value: number, limit: number): Budget {
  return { name, value, limit, sense: 'at most', met: value <= limit };
}
