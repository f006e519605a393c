import { type Command } from 'commander';
import { type RejudgeOptions } from '../rejudge-people.js';

/** `firstcall rules explain|rejudge`: the rules and the people who are stored. */
export function addPeople(rules: Command): void {
  rules
    .command('explain')
    .description('说明一条阳性发现的依据 the evidence of a finding, and the rule as it stood then')
    .argument('<finding>', '阳性发现编号 id of the finding (DetectedIssue)')
    .option('--json', 'as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { explainFinding } = await import('../explain-finding.js');
      await explainFinding(id, options.json ?? false);
    });
  rules
    .command('rejudge')
    .description(
      '按现行规则重新判定已存的人 judge stored people again by the rules in force, or go on where that stopped',
    )
    .option('--status', '只显示进度 only show how far it has come')
    .option('--again', '即使已按现行规则判定过 even though they were judged by these rules already')
    .option('--json', 'as JSON')
    .action(async (options: RejudgeOptions) => {
      const { rejudgePeople } = await import('../rejudge-people.js');
      await rejudgePeople(options);
    });
}
