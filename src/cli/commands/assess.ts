import { type INestApplicationContext } from '@nestjs/common';
import Table from 'cli-table3';
import { type Command } from 'commander';
import {
  AssessmentRepository,
  FindingRepository,
  levelInForce,
  LevelOverridesService,
  type Prediction,
  repeatsInWords,
} from '../../assessment/index.js';
import { type Config, CONFIG } from '../../config/index.js';
import { EVERYBODY, Reader } from '../../database/index.js';
import { Clock } from '../../kernel/index.js';
import { DataQualityRepository } from '../../people/index.js';
import { Prospects } from '../../intake/index.js';
import { RulesService } from '../../rules/index.js';
import { RISK_MODELS } from '../../risk-models/index.js';
import {
  disclose,
  levelShown,
  overrideShown,
  type OverrideShown,
  PersonFinder,
  QueueService,
  whatIfShown,
  type WhatIfShown,
} from '../../workbench/index.js';
import { CommandError, withService } from '../application.js';
import { CLASS_WORDS, CODE_WORDS, dueInWords, personInWords, REASON_WORDS } from '../words.js';
import { recordReading } from '../command-actor.js';
import { whatIfInWords } from '../what-if-in-words.js';
import { wrapText } from '../wrap-text.js';
import { WorkModule } from '../work.module.js';

const MOST_TASKS = 10;
const MOST_UNJUDGED = 1000;

/** `firstcall assess` */
export function addAssess(program: Command): void {
  program
    .command('assess')
    .description(
      '一个受检者的风险等级、阳性发现、任务与未判定项 level, findings, open tasks and what could not be judged of a person',
    )
    .argument('<person>', '编号或 系统|号码 id, or identifier as system|value')
    .option('--what-if', '什么变化会降低等级和风险 what would lower the level and the risks')
    .option('--json', 'as JSON')
    .action(async (person: string, options: { json?: boolean; whatIf?: boolean }) => {
      const text = await withService(WorkModule, async (service) => {
        const found = await assess(service, person);
        const known = options.whatIf ? { ...found, whatIf: await whatIfOf(service, found.person.id) } : found;
        return options.json ? JSON.stringify(known) : inWords(known, service);
      });
      process.stdout.write(`${text}\n`);
    });
}

type Assessed = Awaited<ReturnType<typeof assess>> & { whatIf?: WhatIfShown | null };

async function whatIfOf(service: INestApplicationContext, personId: string): Promise<WhatIfShown | null> {
  const reach = { strict: false };
  const prospect = await service.get(Prospects, reach).of(personId);
  return prospect && whatIfShown(prospect, service.get(RulesService, reach).current.nameOf);
}

/** Everything that is known of a person. Values of sensitive compartments are not shown. */
async function assess(service: INestApplicationContext, asked: string) {
  const reach = { strict: false };
  const queue = service.get(QueueService, reach);
  const found = await service.get(PersonFinder, reach).find(asked);
  if (!found) throw new CommandError(`没有此受检者 nobody is known by ${asked}`);
  await recordReading(service, 'read assessment', found.id);
  const { items } = await queue.page({ personId: found.id, limit: MOST_TASKS, rows: EVERYBODY });
  const { manager } = service.get(Reader);
  const findings = await service.get(FindingRepository, reach).ofPerson(manager, found.id);
  const assessed = await service.get(AssessmentRepository, reach).ofPerson(manager, found.id);
  const overrides = await service.get(LevelOverridesService, reach).latest([found.id]);
  const override = overrides.get(found.id) ?? null;
  const quality = await service
    .get(DataQualityRepository, reach)
    .page({ personId: found.id, limit: MOST_UNJUDGED, rows: EVERYBODY });
  return {
    person: { ...queue.person(found), isDeceased: found.isDeceased },
    level: assessed && levelShown(assessed),
    levelInForce: assessed && levelInForce(assessed.level, override),
    override: override && overrideShown(override),
    findings: findings
      .sort((a, b) => b.identifiedAt.getTime() - a.identifiedAt.getTime())
      .map(
        ({
          id,
          ruleId,
          kind,
          status,
          urgency,
          disposition,
          reason,
          evidence,
          identifiedAt,
          toldAt,
          correction,
        }) => {
          const { sentence, isConfidential, undecided, at } = disclose(evidence, queue.isSensitive, false);
          const rule = isConfidential ? null : ruleId;
          const state = { kind, status, class: urgency, disposition, reason, correction, undecided };
          const times = {
            at,
            identifiedAt: identifiedAt.toISOString(),
            toldAt: toldAt?.toISOString() ?? null,
          };
          return { id, rule, ...state, sentence, isConfidential, ...times };
        },
      ),
    tasks: items,
    notJudged: {
      counts: quality.counts,
      items: quality.items.map(({ reason, detail, observationId }) => ({ reason, detail, observationId })),
    },
  };
}

function predictionInWords({ model: id, value, unit, class: inClass }: Prediction): string[] {
  const model = RISK_MODELS.find((one) => one.id === id);
  if (value === null || !model) return [];
  const named = inClass === null ? undefined : model.classes[inClass];
  const said = `${value}${unit === '1' ? '' : ` ${unit}`}`;
  return [`  ${model.title.zh} ${model.title.en}: ${said}${named ? ` ${named.zh} ${named.en}` : ''}`];
}

const OVERRIDE_WORDS: Record<OverrideShown['state'], string> = {
  'in-force': '生效中 in force',
  expired: '已到期 expired',
  'raised-again': '新结果与之不符，以计算等级为准 new results contradict it: the computed level counts',
  withdrawn: '已撤销 withdrawn',
  replaced: '已由另一次改定代替 replaced',
  merged: '档案合并，不再有效 ended by a merge of records',
};

function overrideInWords({ override }: Assessed): string[] {
  if (!override) return [];
  const { level, doctor, reason, until, state } = override;
  return [
    `医生改定 set by a doctor: ${level} 级 level ${level}, ${OVERRIDE_WORDS[state]}`,
    `  ${doctor}: ${reason}（至 until ${until}）`,
  ];
}

function levelInWords({ level }: Assessed): string[] {
  if (!level) return ['风险等级 level: 规则里没有分层方案 the rules give no levels'];
  return [
    `风险等级 level: ${level.text}`,
    ...level.reasons.map((cause) => {
      const { level: one, sentence } = cause;
      const repeats = repeatsInWords(cause);
      const suspected = repeats ? { zh: `（${repeats.zh}）`, en: ` (${repeats.en})` } : { zh: '', en: '' };
      return `  ${one} 级 ${sentence.zh}${suspected.zh}\n       ${sentence.en}${suspected.en}`;
    }),
    ...level.predictions.flatMap(predictionInWords),
    ...level.notes.map(({ zh, en }) => `  · ${zh}\n    ${en}`),
  ];
}

function inWords(known: Assessed, service: INestApplicationContext): string {
  const { person, findings, tasks, notJudged } = known;
  const { timeZone } = service.get<Config>(CONFIG);
  const now = service.get(Clock).now();
  const standing = findings.filter(({ status }) => status !== 'retracted');
  const table = new Table({
    style: { head: [], border: [] },
    head: ['级别 class', '发现 finding', '时间 at', '状态 state'],
    colWidths: [10, 64, 12, 24],
  });
  for (const finding of standing) {
    const state = finding.toldAt ? '已告知 told' : STATES[finding.disposition];
    const kind =
      finding.kind === 'review'
        ? '待医生判断 undecided'
        : finding.status === 'preliminary'
          ? '初步 preliminary'
          : '';
    table.push([
      CLASS_WORDS[finding.class],
      wrapText(`${finding.sentence.zh}\n${finding.sentence.en}`, 62),
      finding.at.slice(0, 10),
      `${state}\n${kind}`.trim(),
    ]);
  }
  const retracted = findings.length - standing.length;
  return [
    `${personInWords(person).replace('\n', ' ')}${person.isDeceased ? ' 已故 deceased' : ''}  ${person.id}`,
    ...overrideInWords(known),
    ...levelInWords(known),
    ...(known.whatIf ? whatIfInWords(known.whatIf) : []),
    standing.length > 0 ? table.toString() : '没有阳性发现 no findings',
    ...(retracted > 0 ? [`已撤回 retracted: ${retracted}`] : []),
    ...tasks.map(
      (task) =>
        `未完成任务 open task: ${CODE_WORDS[task.code]} ${CLASS_WORDS[task.class]}, 期限 due ${dueInWords(new Date(task.due), now, timeZone).replace('\n', ', ')}`,
    ),
    notJudged.items.length > 0 ? '不能判定 not judged:' : '没有不能判定的结果 nothing was left unjudged',
    ...notJudged.items.map(({ reason, detail }) => `  ${REASON_WORDS[reason] ?? ''} ${reason}: ${detail}`),
  ].join('\n');
}

const STATES = {
  call: '待通知 to be called',
  doctor: '交医生 for the doctor',
  none: '不通知 rings nobody',
} as const;
