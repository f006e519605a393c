import { type INestApplicationContext, Module } from '@nestjs/common';
import { GroundModule } from '../ground.module.js';
import { Clock } from '../kernel/index.js';
import {
  progressOf,
  RejudgeJobModule,
  RejudgeJobRepository,
  RejudgeModule,
  RejudgeService,
  type RejudgingProgress,
} from '../rejudge/index.js';
import { RulesService, RuleSetRepository } from '../rules/index.js';
import { CommandError, withService } from './application.js';
import { createProgress } from './progress.js';

export interface RejudgeOptions {
  status?: boolean;
  again?: boolean;
  json?: boolean;
}

@Module({ imports: [GroundModule, RejudgeJobModule] })
class StatusModule {}

@Module({ imports: [GroundModule, RejudgeModule] })
class WorkingModule {}

/** `firstcall rules rejudge`: shows how far the job has come, or works on it to its end. */
export async function rejudgePeople({ status, again, json }: RejudgeOptions): Promise<void> {
  const done = status ? await show() : await work({ again: again ?? false, quiet: json ?? false });
  process.stdout.write(`${json ? JSON.stringify(done) : inWords(done)}\n`);
  if (done.state === 'incomplete')
    throw new CommandError(`${done.failed} 人未能重新判定,见日志 could not be judged again: see the log`);
}

/** Needs no rules and changes nothing. */
function show(): Promise<RejudgingProgress> {
  return withService(StatusModule, async (service) =>
    progressOf(await service.get(RejudgeJobRepository, { strict: false }).latest(), service.get(Clock).now()),
  );
}

/** Ends by Ctrl-C after the person at hand: the next run, or the service, goes on there. */
function work({ again, quiet }: { again: boolean; quiet: boolean }): Promise<RejudgingProgress> {
  return withService(WorkingModule, async (service) => {
    const rejudge = service.get(RejudgeService, { strict: false });
    await refuseOtherRules(service);
    const interrupted = new AbortController();
    process.once('SIGINT', () => interrupted.abort());
    const asked = await rejudge.request(again);
    const progress = createProgress({ total: asked.total, kind: 'people', clock: service.get(Clock), quiet });
    let told = 0;
    const tell = (job: { judged: number; failed: number }): void => {
      const done = job.judged + job.failed;
      progress.advance(done - told);
      told = done;
    };
    tell(asked);
    try {
      await rejudge.run({ signal: interrupted.signal, progress: tell });
      await rejudge.followStrays(interrupted.signal);
    } finally {
      progress.stop();
    }
    return rejudge.progress();
  });
}

/** People must not be judged by rules that the service does not judge by. */
async function refuseOtherRules(service: INestApplicationContext): Promise<void> {
  const reach = { strict: false };
  const inForce = await service.get(RuleSetRepository, reach).lastChange();
  const { version } = service.get(RulesService, reach).current;
  if (!inForce || inForce.version === version) return;
  throw new CommandError(
    `规则文件夹中的版本 ${version.slice(0, 12)} 不是现行版本 ${inForce.version.slice(0, 12)},先让服务启用 ` +
      'the rules in the folder are not those in force: let the service put them in force first (it then judges everybody again by itself)',
  );
}

const STATES: Record<RejudgingProgress['state'], string> = {
  none: '从未需要 never needed',
  waiting: '等待实例接手 waits for an instance to take it on',
  running: '进行中 at work',
  done: '已完成 done',
  incomplete: '有未完成者 gone through, some failed',
};

function inWords(progress: RejudgingProgress): string {
  const { state, from, to, total, judged, left, percent, failed, findings } = progress;
  if (state === 'none') return `重新判定 judging again: ${STATES.none}`;
  const times = [progress.startedAt, progress.finishedAt].map((time) => time ?? '-');
  return [
    `重新判定 judging again: ${STATES[state]}`,
    `  规则 rules       ${from ?? '-'} → ${to ?? '-'}`,
    `  人 people        ${judged}/${total} (${percent}%), 剩余 left ${left}, 失败 failed ${failed}`,
    `  发现 findings    新增 made ${findings.made}, 改变 changed ${findings.changed}, 撤回 retracted ${findings.retracted}`,
    `  时间 from, to    ${times.join(' → ')}`,
  ].join('\n');
}
