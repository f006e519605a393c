import { type Command } from 'commander';
import { type Fault } from '../../kernel/index.js';
import { warningsInWords } from '../rule-warnings.js';
import { addReference } from './rules-reference.js';
import { type Strength } from '../../rules/domain/strength/measure-rule.js';

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
  addReference(rules);
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
    .command('replay')
    .description('尚未提供 not available yet: which stored people an edit would change')
    .allowExcessArguments()
    .allowUnknownOption()
    .action(() => {
      process.stderr.write(
        'rules replay: 此版本尚未提供 not part of this version; `rules check` and `rules test` look at the files\n',
      );
      process.exitCode = 1;
    });
}

async function check(options: { json?: boolean }): Promise<void> {
  const { rules, dir } = await load();
  const found = await rules.checkRules(dir, await catalogue(), await today());
  const faults = [...found.faults, ...(await policyFaults(found.faults))];
  const checked = { ...found, faults, version: faults.length > 0 ? null : found.version };
  tellFaults(faults);
  if (options.json) print(checked);
  else {
    const { rules: count, examples, lexicons, version } = checked;
    const what = `${count} 条规则 rules, ${examples} 个例子 examples, ${lexicons} 个词表 lexicons`;
    process.stdout.write(
      version
        ? `${what}\n版本 version ${version}\n`
        : `${what}: 不能启用 refused, ${checked.faults.length} 处错误 faults\n`,
    );
    process.stdout.write(warningsInWords(checked.warnings));
  }
  if (checked.strength) await tellStrength(checked.strength, options);
}

/** What no example notices, on stderr; with any of it the command fails, though the files could come into force. */
async function tellStrength(strength: Strength, { json }: { json?: boolean }): Promise<void> {
  const { inWords, summary } = await import('../strength-report.js');
  for (const survivor of strength.survivors) process.stderr.write(`${inWords(survivor)}\n`);
  if (!json) process.stdout.write(`${summary(strength)}\n`);
  if (strength.survivors.length > 0) process.exitCode = 1;
}

async function test(options: { json?: boolean }): Promise<void> {
  const { rules, dir } = await load();
  const tested = await rules.testRules(dir, await catalogue());
  tellFaults(tested.faults);
  if (options.json) print(tested);
  else process.stdout.write(`例子 examples: ${tested.passed} 通过 passed, ${tested.failed} 未通过 failed\n`);
}

async function list(text: string | undefined, options: { json?: boolean }): Promise<void> {
  const { rules, dir } = await load();
  const all = await rules.listRules(dir, await catalogue());
  const wanted = (text ?? '').toLowerCase();
  const found = all.filter(({ id, title }) => `${id} ${title.zh} ${title.en}`.toLowerCase().includes(wanted));
  if (options.json) {
    print(
      found.map(({ id, title, kind, source, event, review, status, owner, reviewBy, file, line }) => {
        const { type, class: ruleClass } = event;
        return {
          id,
          title,
          kind,
          event: type,
          class: ruleClass,
          source,
          review,
          status,
          owner,
          reviewBy,
          file,
          line,
        };
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
  return { rules: await import('../../rules/check-rules.js'), dir: readFolders().rulesDir };
}

async function catalogue() {
  const { readFolders } = await import('../../config/config.js');
  const { loadVocabulary } = await import('../../terminology/load-vocabulary.js');
  const { catalogueOf } = await import('../../rules/domain/vocabulary-catalogue.js');
  return catalogueOf(loadVocabulary(readFolders().vocabularyDir));
}

/** The centre's day. */
async function today(): Promise<string> {
  const { DateTime } = await import('luxon');
  const { readFolders } = await import('../../config/config.js');
  const { SystemClock } = await import('../../kernel/clock.js');
  const zone = readFolders().timeZone;
  return DateTime.fromJSDate(new SystemClock().now(), { zone }).toFormat('yyyy-MM-dd');
}

/** The notification policy stands among the rules: with a fault in it nothing of them comes into force. */
async function policyFaults(known: readonly Fault[]): Promise<readonly Fault[]> {
  const { readFolders } = await import('../../config/config.js');
  const { loadPolicy } = await import('../../policy/load-policy.js');
  const { AppError } = await import('../../kernel/errors.js');
  const { rulesDir, shippedRulesDir } = readFolders();
  try {
    loadPolicy(rulesDir, shippedRulesDir);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.faults.filter(({ path }) => !known.some((fault) => fault.path === path));
  }
}

/** `file:line:column: what is wrong` on stderr; with any, the command fails. */
function tellFaults(faults: readonly Fault[]): void {
  for (const { path, message, rule } of faults) {
    const named = rule === undefined || message.includes(rule) ? '' : ` (规则 rule ${rule})`;
    process.stderr.write(`${path ? `${path}: ` : ''}${message}${named}\n`);
  }
  if (faults.length > 0) process.exitCode = 1;
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
