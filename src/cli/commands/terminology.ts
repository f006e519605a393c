import { type INestApplicationContext } from '@nestjs/common';
import Table from 'cli-table3';
import { type Command } from 'commander';
import { Reader } from '../../database/index.js';
import { IngestOutcomeReader, Rejudging } from '../../intake/index.js';
import { newId } from '../../kernel/index.js';
import { DataQualityRepository } from '../../people/index.js';
import { type Mapping, TerminologyService } from '../../terminology/index.js';
import { withService } from '../application.js';
import { REASON_WORDS } from '../words.js';
import { WorkModule } from '../work.module.js';

const MOST_LISTED = 1000;
const REACH = { strict: false };

interface Options {
  json?: boolean;
  unmapped?: boolean;
  all?: boolean;
}

/** `firstcall terminology list|map-code|map-name|map-unit|rejudge` */
export function addTerminology(program: Command): void {
  const terminology = program
    .command('terminology')
    .description('本中心的项目与单位对照 what the codes, names and units of this centre mean');
  terminology
    .command('list')
    .description('对照表;--unmapped 列出等待对照者 the mappings, or what waits for one')
    .option('--unmapped', '等待对照的代码与单位 codes and units that are not understood, with counts')
    .option('--json', 'as JSON')
    .action(list);
  addMap(terminology, 'code', '<system|code>', '<analyte>', [
    '代码 → 项目 a local code means an analyte: map-code "urn:lis|GLU" glucose',
    '  "glucose; fasting in checkup": 体检中为空腹 fasting when it comes from a checkup',
  ]);
  addMap(terminology, 'name', '<name>', '<analyte>', ['名称 → 项目 a local name means an analyte']);
  addMap(terminology, 'unit', '<spelling>', '<ucum>', [
    '单位写法 → UCUM a spelling of a unit: map-unit "g%" g/dL; 只用于一个项目 for one analyte alone: "hb: g%"',
  ]);
  terminology
    .command('rejudge')
    .description('重新判定等待者 judge again what waits: goes on where an interrupted mapping stopped')
    .option('--all', '全部结果,替换错误对照之后 every stored result: after a wrong mapping was replaced')
    .option('--json', 'as JSON')
    .action((options: Options) => withService(WorkModule, (service) => rejudge(service, options)));
}

function addMap(
  terminology: Command,
  kind: Mapping['kind'],
  source: string,
  target: string,
  [description = '', ...more]: string[],
): void {
  terminology
    .command(`map-${kind}`)
    .description([description, ...more].join('\n'))
    .argument(source)
    .argument(target)
    .option('--json', 'as JSON')
    .action((from: string, to: string, options: Options) =>
      withService(WorkModule, async (service) => {
        const { hasReplaced } = await service.get(TerminologyService, REACH).add(kind, from, to);
        if (hasReplaced) {
          process.stderr.write(
            '已替换原有对照,按原对照读过的结果尚未改动 what was read by the mapping before is not changed yet: terminology rejudge --all\n',
          );
        }
        await rejudge(service, options);
      }),
    );
}

/** Judges again what waits, and says what came of it. */
async function rejudge(service: INestApplicationContext, options: Options): Promise<void> {
  const firstId = newId();
  const rejudging = service.get(Rejudging, REACH);
  const { results, understood } = options.all
    ? await rejudging.all((n) => void process.stderr.write(n > 0 ? `${n} …\n` : ''))
    : await rejudging.waiting();
  const { findings, reviews, tasks } = await new IngestOutcomeReader(service.get(Reader)).since(firstId);
  if (options.json) print({ results, understood, findings, reviews, tasks });
  else {
    const opened = tasks.notify + tasks.review + tasks.correction;
    process.stdout.write(
      `重新判定 judged again: ${results} 项结果 results, ${understood} 项已识别 understood now\n` +
        `新发现 new findings ${findings}, 待医生判断 for review ${reviews}, 新任务 tasks opened ${opened}\n`,
    );
  }
}

async function list(options: Options): Promise<void> {
  await withService(WorkModule, (service) =>
    options.unmapped ? listUnmapped(service, options) : listMappings(service, options),
  );
}

async function listUnmapped(service: INestApplicationContext, options: Options): Promise<void> {
  const waiting = await service.get(DataQualityRepository, REACH).unmapped(MOST_LISTED);
  if (options.json) return print(waiting);
  const table = new Table({
    head: ['次数 count', '原因 reason', '写法 as sent'],
    style: { head: [], border: [] },
  });
  for (const { reason, detail, count } of waiting) {
    table.push([count, `${REASON_WORDS[reason] ?? ''} ${reason}`, detail]);
  }
  process.stdout.write(
    waiting.length > 0 ? `${table.toString()}\n` : '没有等待对照者 nothing waits for a mapping\n',
  );
}

async function listMappings(service: INestApplicationContext, options: Options): Promise<void> {
  const terminology = service.get(TerminologyService, REACH);
  const mappings = await terminology.mappings();
  if (options.json)
    return print(
      mappings.map(({ kind, source, target, createdAt }) => ({ kind, source, target, createdAt })),
    );
  const table = new Table({
    head: ['种类 kind', '写法 as sent', '含义 meaning', '时间 added'],
    style: { head: [], border: [] },
  });
  for (const { kind, source, target, createdAt } of mappings)
    table.push([kind, source, target, createdAt.toISOString()]);
  const shipped = terminology.vocabulary.analytes.length;
  process.stdout.write(
    `${mappings.length > 0 ? `${table.toString()}\n` : ''}本中心对照 own mappings: ${mappings.length}; 内置项目 shipped analytes: ${shipped}\n`,
  );
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
