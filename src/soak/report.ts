import Table from 'cli-table3';
import { type SoakOptions } from './options.js';
import { type SoakResult } from './run.js';

/** The result as a table, and what was wrong. */
export function renderReport(options: SoakOptions, result: SoakResult): string {
  const { db, instances, kill, seed } = options;
  const table = new Table({ style: { head: [], border: [], compact: true } });
  table.push(
    ['database / instances / kill', `${db} / ${instances} / ${kill}`],
    ['seed', seed],
    [
      'kills',
      Object.entries(result.kills)
        .map(([name, times]) => `${name} ${times}`)
        .join(', '),
    ],
    ['people / results', `${result.people} / ${result.results}`],
    ['acknowledged / resent', `${result.acknowledged} / ${result.resent}`],
    ['people looked at', result.examined],
    ['lost', result.lost],
    ['doubled', result.doubled],
    ['half-handled', result.halfHandled],
    ['refused other than by 503', result.refused],
    ['ended though not killed', result.ended],
    ['differences found by reconcile', result.differences],
    [
      'planted losses found by reconcile',
      `${result.planted.filter(({ isFound }) => isFound).length} of ${result.planted.length}`,
    ],
  );
  return [table.toString(), ...result.faults.map((fault) => `FAULT ${fault}`)].join('\n');
}
