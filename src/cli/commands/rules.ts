import { type Command } from 'commander';
import { type Fault } from '../../kernel/index.js';
import { type RejudgeOptions } from '../rejudge-people.js';
import { type ReplayOptions } from '../replay-rules.js';

/** `firstcall rules check|test|list|explain|replay`. The first three load no framework and open no database. */
export function addRules(program: Command): void {
  const rules = program.command('rules').description('规则文件 rule files: check, test, list, explain');
  rules
    .command('check')
    .description('检查规则文件,不启用 check the files without putting them in force')
    .option('--json', 'as JSON')
    .action(check);
  rules
    .command('test')
    .description('运行规则文件中的全部例子 run the examples of all rules and phrases')
    .option('--json', 'as JSON')
    .action(test);
  rules
    .command('list')
    .description('列出规则 list the rules')
    .argument('[text]', '只列出编号或标题含此文字的规则 only rules whose id or title holds this')
    .option('--json', 'as JSON')
    .action(list);
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

async function check(options: { json?: boolean }): Promise<void> {
  const { rules, folders } = await load();
  const checked = await rules.checkRules(folders, await catalogue());
  tellFaults(checked.faults);
  if (options.json) print(checked);
  else {
    const { rules: count, examples, lexicons, version } = checked;
    const what = `${count} 条规则 rules, ${examples} 个例子 examples, ${lexicons} 个词表 lexicons`;
    process.stdout.write(
      version
        ? `${what}\n版本 version ${version}\n`
        : `${what}: 不能启用 refused, ${checked.faults.length} 处错误 faults\n`,
    );
  }
}

async function test(options: { json?: boolean }): Promise<void> {
  const { rules, folders } = await load();
  const tested = await rules.testRules(folders, await catalogue());
  tellFaults(tested.faults);
  if (options.json) print(tested);
  else process.stdout.write(`例子 examples: ${tested.passed} 通过 passed, ${tested.failed} 未通过 failed\n`);
}

async function list(text: string | undefined, options: { json?: boolean }): Promise<void> {
  const { rules, folders } = await load();
  const all = await rules.listRules(folders, await catalogue());
  const wanted = (text ?? '').toLowerCase();
  const found = all.filter(({ id, title }) => `${id} ${title.zh} ${title.en}`.toLowerCase().includes(wanted));
  if (options.json) {
    print(
      found.map(({ id, title, kind, source, event, review, file, line }) => {
        return { id, title, kind, event: event.type, class: event.class, source, review, file, line };
      }),
    );
    return;
  }
  const { default: Table } = await import('cli-table3');
  const table = new Table({
    head: ['id', '标题 title', '类 class', '事件 event', '位置 place'],
    style: { head: [], border: [] },
  });
  for (const { id, title, event, review, file, line } of found) {
    const pending = review === 'pending' ? ' (待确认 to be confirmed)' : '';
    table.push([
      id,
      `${title.zh} ${title.en}`,
      event.class ?? '',
      `${event.type}${pending}`,
      `${file}:${line}`,
    ]);
  }
  process.stdout.write(`${table.toString()}\n${found.length} 条规则 rules\n`);
}

async function load() {
  const { readFolders } = await import('../../config/config.js');
  const { readVocabularyFiles } = await import('../../terminology/load-vocabulary.js');
  const folders = readFolders();
  const vocabulary = readVocabularyFiles(folders.vocabularyDir);
  return { rules: await import('../../rules/check-rules.js'), folders: { ...folders, vocabulary } };
}

async function catalogue() {
  const { readFolders } = await import('../../config/config.js');
  const { loadVocabulary } = await import('../../terminology/load-vocabulary.js');
  const { catalogueOf } = await import('../../rules/vocabulary-catalogue.js');
  return catalogueOf(loadVocabulary(readFolders().vocabularyDir));
}

/** `file:line:column: what is wrong` on stderr; with any, the command fails. */
function tellFaults(faults: readonly Fault[]): void {
  for (const { path, message } of faults) process.stderr.write(`${path ? `${path}: ` : ''}${message}\n`);
  if (faults.length > 0) process.exitCode = 1;
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
