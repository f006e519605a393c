import { Module } from '@nestjs/common';
import { type Command } from 'commander';
import { GroundModule } from '../../ground.module.js';
import { ReconcileModule, ReconcileService } from '../../reconcile/index.js';
import { CommandError, withService } from '../application.js';

@Module({ imports: [GroundModule, ReconcileModule] })
class ReconcileCommandModule {}

/** `firstcall reconcile` */
export function addReconcile(program: Command): void {
  program
    .command('reconcile')
    .description(
      '第二见证: recompute every result, finding and open task from the sources; exit 1 on any difference',
    )
    .option('--json', 'differences and summary as JSON lines')
    .action(reconcile);
}

async function reconcile({ json }: { json?: boolean }): Promise<void> {
  const done = await withService(ReconcileCommandModule, (service) =>
    service.get(ReconcileService).run({
      difference: (difference) => {
        const { kind, personId, about, detail } = difference;
        const line = json
          ? JSON.stringify(difference)
          : `${kind}: person ${personId ?? '-'}, ${about}: ${detail}`;
        process.stdout.write(`${line}\n`);
      },
      progress: ({ messages, persons }) => {
        process.stderr.write(`${messages} messages, ${persons} persons …\n`);
      },
    }),
  );
  const { messages, results, persons, waiting, differences, pending } = done;
  if (pending > 0)
    process.stderr.write(
      `${pending} 人(或等待受检者的结果)尚待按现行规则重新判定,其发现与任务未比较 persons or waiting results are still to be judged by the rules in force; their findings and tasks were not compared: rules rejudge --status\n`,
    );
  process.stdout.write(
    json
      ? `${JSON.stringify(done)}\n`
      : `${messages} messages with ${results} results, ${persons} persons and ${waiting} waiting results examined: ${differences} differences\n`,
  );
  if (differences > 0) throw new CommandError(`${differences} differences; see docs/operations.md`);
}
