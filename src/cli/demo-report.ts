import { type INestApplicationContext } from '@nestjs/common';
import Table from 'cli-table3';
import { type Config, CONFIG } from '../config/index.js';
import { EVERYBODY, Reader } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { type QueueItem, QueueService } from '../workbench/index.js';
import { wrapText } from './wrap-text.js';
import { CLASS_WORDS, CODE_WORDS, dueInWords, personInWords, REASON_WORDS } from './words.js';

const MOST_SHOWN = 40;
const NARROW = 100;

/** The queue, and what is in the database, for people to read. */
export async function demoReport(app: INestApplicationContext): Promise<string> {
  const { items, counts } = await app
    .get(QueueService, { strict: false })
    .page({ limit: MOST_SHOWN, rows: EVERYBODY });
  const open = counts.reduce((sum, { count }) => sum + count, 0);
  const known = await countAll(app.get(Reader));
  const queue =
    items.length > 0
      ? [queueTable(items, app), ...(open > items.length ? [`… 还有 and ${open - items.length} more`] : [])]
      : [];
  const calls = counts.filter(({ code }) => code === 'notify').reduce((sum, { count }) => sum + count, 0);
  return [
    '',
    `待办 queue: ${open} 项未完成 open, ${calls} 人待通知 to be called`,
    ...queue,
    ...(calls === 0 ? [whyNobody(known)] : []),
    '',
    ...inWords(known),
  ].join('\n');
}

function queueTable(items: readonly QueueItem[], app: INestApplicationContext): string {
  const now = app.get(Clock).now();
  const { timeZone } = app.get<Config>(CONFIG);
  const width = (process.stdout.columns ?? NARROW) - 1;
  const finding = Math.max(30, Math.min(72, width - 66));
  const table = new Table({
    head: ['级别', '受检者 person', '发现 finding', '期限 due', '事项 task'],
    colWidths: [8, 16, finding, 24, 13],
    style: { head: [], border: [] },
  });
  for (const item of items) {
    const more = item.findingCount > 1 ? `\n+ ${item.findingCount - 1} 项 more` : '';
    table.push([
      CLASS_WORDS[item.class],
      personInWords(item.person),
      `${wrapText(item.headline.zh, finding - 2)}${more}`,
      dueInWords(new Date(item.due), now, timeZone),
      CODE_WORDS[item.code].replace(' ', '\n'),
    ]);
  }
  return table.toString();
}

interface Known {
  people: number;
  results: number;
  findings: Record<string, number>;
  reviews: number;
  retracted: number;
  reasons: Record<string, number>;
  dispositions: Record<string, number>;
}

async function countAll(reader: Reader): Promise<Known> {
  const by = async (sql: string): Promise<Record<string, number>> => {
    const rows = await reader.query<{ word: string; n: number | string }>(sql);
    return Object.fromEntries(rows.map(({ word, n }) => [word, Number(n)]));
  };
  const one = async (sql: string): Promise<number> =>
    (await by(`SELECT 'n' AS word, COUNT(*) AS n ${sql}`))['n'] ?? 0;
  const standing = `FROM finding WHERE kind = 'finding' AND status <> 'retracted'`;
  return {
    people: await one('FROM person WHERE merged_into IS NULL'),
    results: await one('FROM observation WHERE component = 0'),
    findings: await by(`SELECT rule_id AS word, COUNT(*) AS n ${standing} GROUP BY rule_id ORDER BY n DESC`),
    reviews: await one(`FROM finding WHERE kind = 'review' AND status <> 'retracted'`),
    retracted: await one(`FROM finding WHERE status = 'retracted'`),
    reasons: await by(
      'SELECT reason AS word, COUNT(*) AS n FROM data_quality WHERE resolved_at IS NULL GROUP BY reason ORDER BY n DESC',
    ),
    dispositions: await by(
      `SELECT disposition_reason AS word, COUNT(*) AS n FROM finding WHERE status <> 'retracted' GROUP BY disposition_reason`,
    ),
  };
}

function whyNobody({ dispositions }: Known): string {
  const stale = (dispositions['stale'] ?? 0) + (dispositions['history'] ?? 0);
  const late = dispositions['late'] ?? 0;
  if (stale + late === 0) return '没有需要通知的发现 nothing calls for a call';
  return (
    `无人需要通知: ${stale + late} 项发现都早于时限,旧结果不响铃 nobody is called: these findings are older than the limits, ` +
    `and old news does not ring.${late > 0 ? ` ${late} 项严重的迟到结果已交医生复核 grave ones that come late are with the doctor for review.` : ''}`
  );
}

function inWords({ people, results, findings, reviews, retracted, reasons, dispositions }: Known): string[] {
  const total = Object.values(findings).reduce((sum, n) => sum + n, 0);
  const table = new Table({ style: { head: [], border: [] }, colAligns: ['left', 'right', 'left'] });
  const list = (counts: Record<string, number>): string =>
    Object.entries(counts)
      .map(([word, n]) => `${n} ${REASON_WORDS[word] ? `${REASON_WORDS[word]} ` : ''}${word}`)
      .join('\n');
  table.push(['受检者 people', people, '']);
  table.push(['结果 results', results, '']);
  table.push(['阳性发现 findings', total, list(findings)]);
  table.push([
    '医生复核 for review',
    reviews,
    dispositions['late'] ? `${dispositions['late']} 迟到 late` : '',
  ]);
  if (retracted > 0) table.push(['已撤回 retracted', retracted, '']);
  const unjudged = Object.values(reasons).reduce((sum, n) => sum + n, 0);
  table.push(['不能判定 not judged', unjudged, list(reasons)]);
  return [table.toString()];
}
