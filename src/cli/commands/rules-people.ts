import { type Command } from 'commander';
import { type ExplainOptions } from '../explain-finding.js';
import { type RejudgeOptions } from '../rejudge-people.js';
import { type ReplayOptions } from '../replay-rules.js';

/** `firstcall rules explain|rejudge|replay`: the rules and the people who are stored. */
export function addPeople(rules: Command): void {
  rules
    .command('explain')
    .description('说明一条阳性发现的依据 the evidence of a finding, and the rule as it stood then')
    .argument('<finding>', '阳性发现编号 id of the finding (DetectedIssue)')
    .option(
      '--by <version>',
      '当时按这一版规则的判定,可只写开头 as this version of the rules decided (or its beginning)',
    )
    .option('--json', 'as JSON')
    .action(async (id: string, options: ExplainOptions) => {
      const { explainFinding } = await import('../explain-finding.js');
      await explainFinding(id, options);
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
  rules
    .command('replay')
    .description(
      [
        '试演 whom a draft would give or take a finding, and how many calls it would make; changes nothing',
        '  用已存的全部结果,比较草案与现行规则 all stored results, by the draft and by the rules in force',
      ].join('\n'),
    )
    .requiredOption('--rules <dir>', '草案所在文件夹 folder of the draft')
    .option('--since <date>', '只看此日起的结果 only results since this day')
    .option('--people', '逐人列出(只有编号) list everybody it touches, by id')
    .option('--json', 'as JSON: with --people a line each, then the summary')
    .action(async (options: ReplayOptions) => {
      const { replayRules } = await import('../replay-rules.js');
      await replayRules(options);
    });
}
