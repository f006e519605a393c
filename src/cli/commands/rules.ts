import { type Command } from 'commander';
import { type Fault } from '../../kernel/index.js';
import { warningsInWords } from '../rule-warnings.js';
import { addPeople } from './rules-people.js';
import { addReference } from './rules-reference.js';
import { addVersions } from './rules-versions.js';
import { type Strength } from '../../rules/domain/strength/measure-rule.js';

/**
 * `firstcall rules check|test|list|diff|versions|restore|explain|rejudge|replay`. The first four load no framework and open
 * no database.
 */
export function addRules(program: Command): void {
  const rules = program
    .command('rules')
    .description('规则文件 rule files: check, test, list, compare, explain');
  rules
    .command('check')
    .description('检查规则文件,不启用 check the files without putting them in force')
    .option('--json', 'as JSON')
    .action(check);
  rules
    .command('test')
    .description('运行全部例子和病例 run the examples of all rules and phrases, and all cases')
    .option('--coverage', '列出例子和病例没有显示的 list what no example and no case shows')
    .option('--json', 'as JSON')
    .action(test);
  rules
    .command('list')
    .description('列出规则 list the rules')
    .argument('[text]', '只列出编号或标题含此文字的规则 only rules whose id or title holds this')
    .option('--json', 'as JSON')
    .action(list);
  rules
    .command('diff')
    .description('本院与随附规则的差异 what this centre has otherwise than the shipped packs, side by side')
    .option('--json', 'as JSON')
    .action(diff);
  addReference(rules);
  addVersions(rules);
  addPeople(rules);
}

async function check(options: { json?: boolean }): Promise<void> {
  const { rules, folders } = await load();
  const checked = await rules.checkRules(folders, await catalogue(), await today());
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

async function test(options: { json?: boolean; coverage?: boolean }): Promise<void> {
  const { folders } = await load();
  const { testRules } = await import('../rules-test.js');
  const { failureInWords, notShown, summary } = await import('../test-report.js');
  const tested = await testRules(folders, await catalogue(), folders.timeZone);
  tellFaults(tested.faults);
  for (const line of tested.failures.flatMap(failureInWords)) process.stderr.write(`${line}\n`);
  if (tested.failures.length > 0) process.exitCode = 1;
  if (options.json) {
    print(tested);
    return;
  }
  process.stdout.write(`${summary(tested)}\n`);
  if (options.coverage) for (const line of notShown(tested.coverage)) process.stdout.write(`${line}\n`);
}

async function list(text: string | undefined, options: { json?: boolean }): Promise<void> {
  const { rules, folders } = await load();
  const { rules: all, overlay } = await rules.listWithOverlay(folders, await catalogue());
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
          overlay: overlay.find(({ about }) => about === id)?.what ?? null,
        };
      }),
    );
    return;
  }
  const { default: Table } = await import('cli-table3');
  const { markOf, offInWords } = await import('../rules-diff.js');
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
      `${file}:${line}${markOf(id, overlay)}`,
    ]);
  }
  process.stdout.write(`${table.toString()}\n${found.length} 条规则 rules\n${offInWords(overlay)}`);
}

async function diff(options: { json?: boolean }): Promise<void> {
  const { rules, folders } = await load();
  const { overlay } = await rules.listWithOverlay(folders, await catalogue());
  if (options.json) return print(overlay);
  const { differencesInWords } = await import('../rules-diff.js');
  process.stdout.write(`${differencesInWords(overlay)}\n`);
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
