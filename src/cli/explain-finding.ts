import { type INestApplicationContext } from '@nestjs/common';
import { type EarlierFinding, type Finding, FindingRepository } from '../assessment/index.js';
import { Reader } from '../database/index.js';
import { type LeafEvidence, RuleSetRepository } from '../rules/index.js';
import { CommandError, withService } from './application.js';
import { WorkModule } from './work.module.js';

const SHORT = 12;

export interface ExplainOptions {
  /** The version of the rules whose decision is asked for, or its beginning; what stands now where it is left out. */
  by?: string;
  json?: boolean;
}

/** `firstcall rules explain`: prints what a finding rests on, or what it rested on before results or rules changed. */
export async function explainFinding(id: string, { by, json }: ExplainOptions): Promise<void> {
  const { finding, earlier, rule } = await withService(WorkModule, (service) => load(service, id, by));
  const text = json
    ? JSON.stringify({ ...finding, ruleFile: rule, earlier: earlier.map(asListed) })
    : [inWords(finding, rule), ...earlierInWords(earlier)].join('\n');
  process.stdout.write(`${text}\n`);
}

function asListed({ finding, replacedAt }: EarlierFinding): { version: string; until: Date } {
  return { version: finding.ruleSetVersion, until: replacedAt };
}

function earlierInWords(earlier: readonly EarlierFinding[]): string[] {
  if (earlier.length === 0) return [];
  const lines = earlier.map(
    ({ finding: { id, ruleSetVersion, kind, status }, replacedAt }) =>
      `  至 until ${replacedAt.toISOString()} ${kind} ${status}: rules explain ${id} --by ${ruleSetVersion.slice(0, SHORT)}`,
  );
  return ['以前的判定 earlier decisions', ...lines];
}

/** The rule as it stood: its file of that version, and the text of the rule in it. */
interface StoredRule {
  file: string;
  text: string;
}

/** With what was asked for by a version comes nothing earlier: it is told as it was then. */
async function load(
  service: INestApplicationContext,
  id: string,
  by?: string,
): Promise<{ finding: Finding; earlier: EarlierFinding[]; rule: StoredRule | null }> {
  const { manager } = service.get(Reader);
  const findings = service.get(FindingRepository, { strict: false });
  const [now] = await findings.byIds(manager, [id]);
  if (!now) throw new CommandError(`没有此阳性发现 there is no finding ${id}`);
  const before = await findings.earlier(manager, id);
  const finding =
    by === undefined
      ? now
      : [...before.map((one) => one.finding), now].find(({ ruleSetVersion }) =>
          ruleSetVersion.startsWith(by),
        );
  if (!finding) throw new CommandError(`没有按此版本的判定 the finding was never decided by version ${by}`);
  const earlier = by === undefined ? before : [];
  const files = await service.get(RuleSetRepository, { strict: false }).files(finding.ruleSetVersion);
  return { finding, earlier, rule: ruleIn(files ?? [], finding.ruleId) };
}

type Files = readonly { path: string; text: string }[];

/** The rule where it stands: in the centre's overlay, else in its pack; what only changes a shipped rule, with that rule. */
function ruleIn(files: Files, ruleId: string): StoredRule | null {
  const [pack, name = ''] = ruleId.split('/');
  const own = files.filter(({ path }) => path.startsWith('overlay/'));
  const change = itemIn(own, 'rule', ruleId);
  const shipped = itemIn(
    files.filter(({ path }) => path.startsWith(`${pack}/`)),
    'id',
    name,
  );
  if (change && shipped) {
    return { file: `${change.file}, ${shipped.file}`, text: `${change.text}\n${shipped.text}` };
  }
  const replacing = own.filter(({ path }) => path.startsWith(`overlay/${pack}/`));
  return itemIn(replacing, 'id', name) ?? shipped;
}

/** The lines of one item of a list, from its `- id:` (or `- rule:`) to the next. */
function itemIn(files: Files, key: 'id' | 'rule', value: string): StoredRule | null {
  const head = new RegExp(`^\\s*-\\s+(?:\\{\\s*)?${key}:\\s*([^\\s,}]+)`);
  for (const { path, text } of files) {
    const lines = text.split('\n');
    const start = lines.findIndex((line) => head.exec(line)?.[1] === value);
    if (start < 0) continue;
    const indent = /^\s*/.exec(lines[start]!)![0].length;
    const length = lines.slice(start + 1).findIndex((line) => line.startsWith(`${' '.repeat(indent)}- `));
    const item = length < 0 ? lines.slice(start) : lines.slice(start, start + 1 + length);
    return { file: `${path}:${start + 1}`, text: item.join('\n').trimEnd() };
  }
  return null;
}

function inWords(finding: Finding, rule: StoredRule | null): string {
  const { evidence } = finding;
  const told = finding.toldAt ? `已告知 told ${finding.toldAt.toISOString()}` : '未告知 not told';
  return [
    `${evidence.title.zh} ${evidence.title.en}`,
    `  ${evidence.sentence.zh}`,
    `  ${evidence.sentence.en}`,
    `规则 rule        ${finding.ruleId}${evidence.review === 'pending' ? ' (待医生确认 to be confirmed by a doctor)' : ''}`,
    `依据 source      ${evidence.source}`,
    `版本 version     ${finding.ruleSetVersion}`,
    `状态 status      ${finding.kind} ${finding.status}, 级别 class ${finding.urgency}, ${finding.disposition} (${finding.reason}), ${told}`,
    `结果 result      ${evidence.implicated.map(({ type, id, version }) => `${type}/${id} v${version}`).join(', ')}, ${evidence.at}`,
    `发现 identified  ${finding.identifiedAt.toISOString()}`,
    ...(evidence.undecided ? [`未定 undecided   ${evidence.undecided}`] : []),
    ...(evidence.missing.length > 0 ? [`缺 missing       ${evidence.missing.join(', ')}`] : []),
    '条件 conditions',
    ...evidence.leaves.flatMap(leafInWords),
    rule
      ? `当时的规则 the rule as it stood (${rule.file})\n${rule.text}`
      : '当时的规则 the rule as it stood: 未找到 not found',
  ].join('\n');
}

function leafInWords(leaf: LeafEvidence): string[] {
  const { fact, analyte, operator, threshold, unit, negated, truth, couldFire, source } = leaf;
  const back = leaf.over
    ? ` over ${leaf.over.kind}${leaf.over.within ? ` within ${leaf.over.within}` : ''}`
    : '';
  const name = `${analyte && analyte !== fact ? `${fact} (${analyte})` : fact}${back}`;
  const origin = source
    ? `Observation ${source.observationId}${source.component > 0 ? ` component ${source.component}` : ''}, ${source.at}, ${source.status}`
    : '无 none';
  return [
    `  ${negated ? '非 not ' : ''}${name} ${operator} ${threshold}${unit ? ` ${unit}` : ''}: ${truth}${couldFire && truth === 'unknown' ? ' (可能成立 could hold)' : ''}`,
    `    原值 as sent   ${leaf.asSent ?? '无 none'}`,
    `    换算 compared  ${leaf.converted ?? '无 none'}`,
    `    来源 from      ${origin}`,
    ...(leaf.looked ?? []).map(
      ({ analyte: one, source: from, asSent, converted }) =>
        `    看过 looked at ${from.at} ${one} ${asSent} → ${converted ?? '无 none'} (Observation ${from.observationId})`,
    ),
  ];
}
