import { type INestApplicationContext } from '@nestjs/common';
import { type EarlierFinding } from '../assessment/index.js';
import { AppError } from '../kernel/index.js';
import { ExplanationService, type ExplainedFinding } from '../workbench/index.js';
import { CommandError, withService } from './application.js';
import { explanationInWords } from './explanation-in-words.js';
import { WorkModule } from './work.module.js';

const SHORT = 12;

export interface ExplainOptions {
  /** The version of the rules whose decision is asked for, or its beginning; what stands now where it is left out. */
  by?: string;
  json?: boolean;
}

/** `firstcall rules explain`: prints why a finding was made, by the rules of then. */
export async function explainFinding(id: string, { by, json }: ExplainOptions): Promise<void> {
  const found = await withService(WorkModule, (service) => load(service, id, by));
  const { finding, rule, explanation, earlier } = found;
  const text = json
    ? JSON.stringify({ ...finding, rule, ...explanation, earlier: earlier.map(asListed) })
    : [...inWords(found), ...earlierInWords(earlier)].join('\n');
  process.stdout.write(`${text}\n`);
}

async function load(service: INestApplicationContext, id: string, by?: string): Promise<ExplainedFinding> {
  try {
    return await service.get(ExplanationService, { strict: false }).explain(id, { by, isRevealed: true });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') throw new CommandError(error.message);
    throw error;
  }
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

function inWords(found: ExplainedFinding): string[] {
  const { finding, rule, explanation } = found;
  const { evidence } = finding;
  const told = finding.toldAt ? `已告知 told ${finding.toldAt.toISOString()}` : '未告知 not told';
  const pending = evidence.review === 'pending' ? ' (待医生确认 to be confirmed by a doctor)' : '';
  return [
    `${evidence.title.zh} ${evidence.title.en}`,
    `  ${evidence.sentence.zh}`,
    `  ${evidence.sentence.en}`,
    `规则 rule        ${finding.ruleId}${pending}`,
    `依据 source      ${evidence.source}${rule?.status ? ` (${rule.status})` : ''}`,
    ...(rule?.owner ? [`负责 owner       ${rule.owner}, 复审 review by ${rule.reviewBy}`] : []),
    `版本 version     ${finding.ruleSetVersion}${rule?.inForceSince ? `, 启用于 in force since ${rule.inForceSince.toISOString()}` : ''}`,
    `状态 status      ${finding.kind} ${finding.status}, 级别 class ${finding.urgency}, ${finding.disposition} (${finding.reason}), ${told}`,
    `结果 result      ${evidence.implicated.map(({ type, id, version }) => `${type}/${id} v${version}`).join(', ')}, ${evidence.at}`,
    `发现 identified  ${finding.identifiedAt.toISOString()}`,
    ...(evidence.undecided ? [`未定 undecided   ${evidence.undecided}`] : []),
    ...(evidence.reported
      ? asReported(found)
      : [...(explanation ? explanationInWords(explanation) : asKept(finding)), ...asItStood(rule)]),
  ];
}

/** No rule decided it: somebody said so. */
function asReported({ finding: { evidence }, withdrawn }: ExplainedFinding): string[] {
  const { by = '', recordedBy = '' } = evidence.reported ?? {};
  return [
    `手工上报 reported by hand: ${by}, 录入 written down by ${recordedBy}, ${evidence.at}`,
    ...evidence.leaves.map(({ asSent }) => `  ${asSent ?? ''}`),
    ...(withdrawn ? [`已撤回 withdrawn ${withdrawn.at}, ${withdrawn.by}: ${withdrawn.reason}`] : []),
  ];
}

/** What the finding itself keeps, where this release cannot read the rule as it stood. */
function asKept({ evidence: { leaves } }: ExplainedFinding['finding']): string[] {
  const said = leaves.map(({ fact, negated, operator, threshold, unit, truth, asSent, converted }) => {
    const asked = `${negated ? '非 not ' : ''}${fact} ${operator} ${threshold}${unit ? ` ${unit}` : ''}`;
    return `  ${asked}: ${truth} (${asSent ?? '无 none'} → ${converted ?? '无 none'})`;
  });
  return [
    '条件 conditions (本版程序已读不懂当时的规则 this release cannot read the rule as it stood)',
    ...said,
  ];
}

function asItStood(rule: ExplainedFinding['rule']): string[] {
  const excerpts = rule?.excerpts ?? [];
  if (excerpts.length === 0) return ['当时的规则 the rule as it stood: 未找到 not found'];
  const places = excerpts.map(({ file, line }) => `${file}:${line}`).join(', ');
  return [`当时的规则 the rule as it stood (${places})`, ...excerpts.map(({ text }) => text)];
}
