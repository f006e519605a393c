import Table from 'cli-table3';
import { type IngestOutcome } from '../intake/index.js';
import { faultText, type IngestTally, placeOf } from './ingest-tally.js';

/** What `ingest` says at its end. */
export interface IngestSummary {
  files: number;
  /** Files that an earlier run had done with, or had begun. */
  skipped: number;
  /** Messages taken in, each in one transaction. */
  bundles: number;
  resources: IngestTally['resources'];
  results: IngestTally['results'];
  findings: number;
  reviews: number;
  tasks: IngestOutcome['tasks'];
  refused: number;
  refusals: { place: string; reasons: string[] }[];
  dataQuality: Record<string, number>;
  isHistory: boolean;
  /** Stopped from the keyboard: the rest was not read. */
  isInterrupted: boolean;
  seconds: number;
}

const MOST_REASONS = 5;

export function summarise(
  tally: IngestTally,
  outcome: IngestOutcome,
  about: Pick<IngestSummary, 'files' | 'isHistory' | 'isInterrupted' | 'seconds'>,
): IngestSummary {
  const { skipped, resources, results, refused, refusals } = tally;
  return {
    files: about.files,
    skipped,
    bundles: tally.bundles,
    resources,
    results,
    findings: outcome.findings,
    reviews: outcome.reviews,
    tasks: outcome.tasks,
    refused,
    refusals: refusals.map((refusal) => ({
      place: placeOf(refusal),
      reasons: refusal.faults.slice(0, MOST_REASONS).map(faultText),
    })),
    dataQuality: outcome.dataQuality,
    isHistory: about.isHistory,
    isInterrupted: about.isInterrupted,
    seconds: Math.round(about.seconds * 100) / 100,
  };
}

/** For people to read. */
export function summaryTable(summary: IngestSummary): string {
  const table = new Table({ style: { head: [], border: [] }, colAligns: ['left', 'right', 'left'] });
  const { bundles, resources, results, tasks, dataQuality } = summary;
  const row = (label: string, n: number, detail = ''): number => table.push([label, count(n), detail]);
  row('文件 files', summary.files, summary.skipped ? `${summary.skipped} 已在上次完成 done before` : '');
  row('消息 bundles', bundles);
  row('资源 resources', resources.taken, `${count(resources.unused)} 仅留存 kept unused`);
  row(
    '结果 results',
    results.new,
    `重复 repeated ${count(results.repeated)}, 更正 new versions ${count(results.versions)}` +
      (results.late ? `, 迟到旧版 late versions ${count(results.late)}` : ''),
  );
  row('阳性发现 findings', summary.findings, `待医生判断 for review ${count(summary.reviews)}`);
  row('通知任务 calls', tasks.notify, `复核 reviews ${tasks.review}, 更正 corrections ${tasks.correction}`);
  const unjudged = Object.entries(dataQuality);
  row(
    '不能判定 not judged',
    unjudged.reduce((sum, [, n]) => sum + n, 0),
    unjudged.map(([reason, n]) => `${reason} ${count(n)}`).join('\n'),
  );
  row('拒收 refused', summary.refused);
  const rate = summary.seconds > 0 ? Math.round(bundles / summary.seconds) : bundles;
  const end = `${summary.seconds} s, ${count(rate)} bundles/s`;
  return `${table.toString()}\n${end}${summary.isHistory ? ', 作为历史载入,不通知任何人 loaded as history: rings nobody' : ''}`;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
