import { resolve } from 'node:path';
import { Module } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { readTime } from '../people/index.js';
import { ReadingGroundModule } from '../reading-ground.module.js';
import { type PersonChanges, ReplayModule, ReplayService } from '../replay/index.js';
import { DraftRules } from '../rules/index.js';
import { CommandError, withService } from './application.js';
import { createProgress } from './progress.js';
import { personLine, type Replayed, replayInWords } from './replay-in-words.js';

export interface ReplayOptions {
  rules: string;
  since?: string;
  people?: boolean;
  json?: boolean;
}

@Module({ imports: [ReadingGroundModule, ReplayModule] })
class ReplayCommandModule {}

/** `firstcall rules replay`: whom a draft would give or take what, whose level it would move, and how many calls it would make. Only reads. */
export async function replayRules(options: ReplayOptions): Promise<void> {
  try {
    const { perDay, ...replayed } = await replay(options);
    process.stdout.write(
      `${options.json ? JSON.stringify({ ...replayed, perDay }) : replayInWords(replayed)}\n`,
    );
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
