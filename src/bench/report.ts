import Table from 'cli-table3';
import { type Budget } from './budget.js';
import { type SelfTime } from './profile-summary.js';
import { type BenchResult } from './result.js';

/** The run as one table to be read, with the budgets below. */
export function renderReport(result: BenchResult, budgets: readonly Budget[]): string {
  const table = new Table({ style: { head: [], border: [], compact: true }, colAligns: ['left', 'right'] });
  table.push([
    `${result.db}, ${result.people} people, ${result.clients} clients`,
    `${kilobytes(result.bodyBytes)} kB a body`,
  ]);
  table.push(
    ['people a second', fixed(result.peoplePerSecond, 0)],
    ['results a second', fixed(result.resultsPerSecond, 0)],
    ['plain inserts: people a second', fixed(result.plainPeoplePerSecond, 0)],
    ['plain inserts: rows a second', fixed(result.plainRowsPerSecond, 0)],
    ['ratio to plain inserts (median of rounds)', fixed(result.ratio, 2)],
    ['processor time of the service a person', `${fixed(result.cpuPerPerson, 2)} ms`],
    [`POST to task, ${result.clients} clients: p50 / p99`, both(result.loaded)],
    ['POST to task, one client: p50 / p99', both(result.oneClient)],
    [`POST to task, paced at ${fixed(result.paced.perSecond, 0)}/s: p50 / p99`, both(result.paced)],
    ['tasks verified (sample)', `${result.tasks.checked - result.tasks.wrong} of ${result.tasks.checked}`],
    [
      'peak memory: service / bench',
      `${fixed(result.peakMemory / 1e6, 0)} / ${fixed(result.benchPeakMemory / 1e6, 0)} MB`,
    ],
    [
      'database',
      `${fixed(result.databaseSize / 1e6, 0)} MB, ${kilobytes(result.bytesPerPerson)} kB a person`,
    ],
  );
  if (result.preload) {
    const { people, emptyCost, loadedCost, costRatio, ratio } = result.preload;
    table.push([
      `cost a person: empty → with ${people} stored`,
      `${fixed(emptyCost, 2)} → ${fixed(loadedCost, 2)} ms`,
    ]);
    table.push(
      ['  in plain inserts of the same moment', `${fixed(costRatio, 2)} ×`],
      ['  ratio, loaded', fixed(ratio, 2)],
    );
  }
  if (result.ingest) {
    const { people, bytes, elapsed, peoplePerSecond, peakMemory } = result.ingest;
    table.push([
      `ingest of NDJSON, ${people} people`,
      `${fixed(peoplePerSecond, 0)}/s, ${fixed(bytes / 1e3 / elapsed, 1)} MB/s`,
    ]);
    table.push(['  peak memory', `${fixed(peakMemory / 1e6, 0)} MB`]);
  }
  return `${table.toString()}\n${budgets.map(line).join('\n')}`;
}

/** Where the service spent its time, as a table. */
export function renderSelfTimes(times: readonly SelfTime[]): string {
  const table = new Table({
    style: { head: [], border: [], compact: true },
    head: ['self', 'ms', 'where'],
    colAligns: ['right', 'right', 'left'],
  });
  for (const { share, milliseconds, where } of times)
    table.push([`${fixed(share * 100, 1)} %`, fixed(milliseconds, 0), where]);
  return table.toString();
}

function line({ name, value, limit, sense, met }: Budget): string {
  return `${met ? 'ok    ' : 'MISSED'} ${name}: ${Number(value.toFixed(2))} (${sense} ${limit})`;
}

function both({ p50, p99 }: { p50: number; p99: number }): string {
  return `${fixed(p50, 1)} / ${fixed(p99, 1)} ms`;
}

function fixed(value: number, decimals: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function kilobytes(bytes: number): string {
  return fixed(bytes / 1000, 1);
}
