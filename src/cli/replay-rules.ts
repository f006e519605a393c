import { resolve } from 'node:path';
import { Module } from '@nestjs/common';
import Table from 'cli-table3';
import { type Config, CONFIG } from '../config/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { readTime } from '../people/index.js';
import { ReadingGroundModule } from '../reading-ground.module.js';
import {
  type PersonChanges,
  type Replay,
  ReplayModule,
  ReplayService,
  type RuleTally,
} from '../replay/index.js';
import { DraftRules } from '../rules/index.js';
import { CommandError, withService } from './application.js';
import { createProgress } from './progress.js';

export interface ReplayOptions {
  rules: string;
  since?: string;
  people?: boolean;
  json?: boolean;
}

@Module({ imports: [ReadingGroundModule, ReplayModule] })
class ReplayCommandModule {}

/** What is printed in the end. */
type Replayed = Replay & { inForce: string; draft: string; since: string | null };

/** `firstcall rules replay`: whom a draft would give or take what, and how many calls it would make. Only reads. */
export async function replayRules(options: ReplayOptions): Promise<void> {
  try {
    const { perDay, ...replayed } = await replay(options);
    process.stdout.write(`${options.json ? JSON.stringify({ ...replayed, perDay }) : inWords(replayed)}\n`);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'rules-refused') throw error;
    for (const { path, message } of error.faults)
      process.stderr.write(`${path ? `${path}: ` : ''}${message}\n`);
    throw new CommandError(
      `草案有 ${error.faults.length} 处错误,未试演 the draft has faults: nothing was replayed`,
    );
  }
}

function replay({ rules, since: sinceText, people, json }: ReplayOptions): Promise<Replayed> {
  return withService(ReplayCommandModule, async (service) => {
    const reach = { strict: false };
    const since = sinceOf(sinceText, service.get<Config>(CONFIG).timeZone);
    const drafts = service.get(DraftRules, reach);
    const draft = await drafts.read(resolve(rules));
    const inForce = await drafts.inForce();
    const replays = service.get(ReplayService, reach);
    const clock = service.get(Clock);
    const progress = createProgress({
      total: await replays.count(),
      kind: 'people',
      clock,
      quiet: json ?? false,
    });
    const changed = people
      ? (one: PersonChanges) => process.stdout.write(`${personLine(one, json)}\n`)
      : undefined;
    const advance = (count: number): void => progress.advance(count);
    try {
      const done = await replays.run({ inForce, draft, since, advance, ...(changed && { changed }) });
      const versions = { inForce: inForce.version, draft: draft.version };
      return { ...versions, since: since?.toISOString() ?? null, ...done };
    } finally {
      progress.stop();
    }
  });
}

function sinceOf(text: string | undefined, timeZone: string): Date | null {
  if (text === undefined) return null;
  const time = readTime(text, timeZone);
  if (!time) throw new CommandError(`--since ${text}: 不是日期 is no date; 例 as in 2026-01-31`);
  return time.from;
}

function personLine({ person, changes }: PersonChanges, isJson: boolean | undefined): string {
  if (isJson) return JSON.stringify({ person, changes });
  const words = changes.map(({ rule, from, to, observationId }) => {
    const what = from === null ? '+' : to === null ? '-' : `${from.kind} ${from.class} →`;
    return `${what} ${rule}${to ? ` (${to.kind} ${to.class})` : ''} ${observationId}`;
  });
  return `${person ?? '(受检者未知 person not known)'}: ${words.join('; ')}`;
}

function inWords(replayed: Omit<Replayed, 'perDay'>): string {
  const { inForce, draft, people, waiting, rules, past, publishing } = replayed;
  const touched = rules.filter(({ gained, lost, changed }) => gained + lost + changed > 0);
  return [
    `现行 in force ${inForce.slice(0, 12)}, 草案 draft ${draft.slice(0, 12)}${inForce === draft ? ' (相同 the same)' : ''}`,
    touched.length > 0 ? ruleTable(touched) : '没有人的阳性发现会改变 nobody would gain or lose a finding',
    ...(touched.length < rules.length
      ? [`其余 ${rules.length - touched.length} 条规则无变化 other rules stay as they are`]
      : []),
    `人 people ${people.examined}: 新增发现者 gaining ${people.gaining}, 失去发现者 losing ${people.losing}, 级别改变者 changing class ${people.changing}` +
      (waiting > 0 ? `; 等待受检者的结果 results without a person ${waiting}` : ''),
    '',
    `过去有结果的 ${past.days} 天(${past.from ?? '-'} 至 ${past.to ?? '-'}),若逐项实时到达 days with results, had every result come live:`,
    `  通知 calls    ${load(past.calls)}`,
    `  复核 reviews  ${load(past.reviews)}`,
    '',
    '发布后立即 upon publishing:',
    ...publishingLines(publishing),
  ].join('\n');
}

function ruleTable(rules: readonly RuleTally[]): string {
  const table = new Table({
    head: ['规则 rule', '现行 in force', '草案 draft', '增 gained', '减 lost', '改 class'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { rule, inForce, draft, gained, lost, changed } of rules)
    table.push([rule, counts(inForce), counts(draft), gained, lost, changed]);
  return `${table.toString()}\n(括号内为待医生判断者 in brackets: for a doctor to decide)`;
}

function counts({ findings, reviews }: RuleTally['draft']): string {
  return reviews > 0 ? `${findings} (${reviews})` : String(findings);
}

function load({ inForce, draft }: Replay['past']['calls']): string {
  const difference = signed(draft.perDay - inForce.perDay);
  const busiest = `${inForce.busiest?.tasks ?? 0} → ${draft.busiest?.tasks ?? 0}`;
  return `每日 a day ${inForce.perDay} → ${draft.perDay} (${difference}), 共 in all ${inForce.total} → ${draft.total}, 最忙一日 busiest day ${busiest}`;
}

function publishingLines({ findings, tasks, lateFindings }: Replay['publishing']): string[] {
  const { notify, review, correction } = tasks;
  return [
    `  发现 findings   新增 made ${findings.made}, 改变 changed ${findings.changed}, 撤回 retracted ${findings.retracted}`,
    `  通知 calls      新开 opened ${notify.opened}, 取消 withdrawn ${notify.closed}`,
    `  复核 reviews    新开 opened ${review.opened}, 取消 withdrawn ${review.closed}; 其中过期而严重的发现 late and grave ${lateFindings}`,
    `  更正 corrections 新开 opened ${correction.opened}, 取消 withdrawn ${correction.closed}`,
  ];
}

function signed(difference: number): string {
  const rounded = Number(difference.toFixed(2));
  return rounded > 0 ? `+${rounded}` : String(rounded);
}
