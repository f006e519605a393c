import { type INestApplicationContext } from '@nestjs/common';
import { FindingRepository, type Finding } from '../assessment/index.js';
import { Reader } from '../database/index.js';
import { type LeafEvidence, RuleSetRepository } from '../rules/index.js';
import { CommandError, withService } from './application.js';
import { WorkModule } from './work.module.js';

/** `firstcall rules explain`: prints what a finding rests on. */
export async function explainFinding(id: string, asJson: boolean): Promise<void> {
  const { finding, rule } = await withService(WorkModule, (service) => load(service, id));
  const text = asJson ? JSON.stringify({ ...finding, ruleFile: rule }) : inWords(finding, rule);
  process.stdout.write(`${text}\n`);
}

/** The rule as it stood: its file of that version, and the text of the rule in it. */
interface StoredRule {
  file: string;
  text: string;
}

async function load(
  service: INestApplicationContext,
  id: string,
): Promise<{ finding: Finding; rule: StoredRule | null }> {
  const { manager } = service.get(Reader);
  const [finding] = await service.get(FindingRepository, { strict: false }).byIds(manager, [id]);
  if (!finding) throw new CommandError(`没有此阳性发现 there is no finding ${id}`);
  const files = await service.get(RuleSetRepository, { strict: false }).files(finding.ruleSetVersion);
  return { finding, rule: ruleIn(files ?? [], finding.ruleId) };
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
