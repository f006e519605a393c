import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SHIPPED_RULES } from './own-rules.js';

interface LeafWritten {
  fact: string;
  operator: string;
  value: unknown;
  unit?: string;
  params?: Record<string, unknown>;
}
type Written = LeafWritten | { all: Written[] } | { any: Written[] } | { not: Written };
interface RuleWritten {
  id: string;
  title: { zh: string; en: string };
  source?: string;
  status: string;
  review?: string;
  note?: string;
  'if-on'?: string;
  'if-off'?: string;
  conditions: Written;
  event: { type: string; params: { class?: string; level?: string; suspected?: string } };
}

const SIGNS: Record<string, string> = {
  lessThan: '<',
  lessThanInclusive: '≤',
  greaterThan: '>',
  greaterThanInclusive: '≥',
  equal: '=',
  notEqual: '≠',
  microscopyAbove: '>',
  aboveOwnLimit: '> 本报告上限 ×',
  reachesOwnLimit: '≥ 本报告上限 ×',
  belowOwnLimit: '< 本报告下限 ×',
  dropsToOwnLimit: '≤ 本报告下限 ×',
  cannotExclude: '读作',
};

function inWords(condition: Written): string {
  if ('all' in condition) return condition.all.map((part) => grouped(part)).join(' 且 ');
  if ('any' in condition) return condition.any.map((part) => grouped(part)).join(' 或 ');
  if ('not' in condition) return `非(${inWords(condition.not)})`;
  const { fact, operator, value, unit, params } = condition;
  const how = params
    ? ` [${Object.entries(params)
        .map((pair) => pair.join(' '))
        .join(', ')}]`
    : '';
  return `${fact} ${SIGNS[operator] ?? operator} ${String(value)}${unit === undefined ? '' : ` ${unit}`}${how}`;
}

function grouped(condition: Written): string {
  return 'any' in condition || 'all' in condition ? `(${inWords(condition)})` : inWords(condition);
}

/** Every value as it is written: 1.0 stays 1.0. */
const DIGITS_KEPT = { schema: 'failsafe' } as const;

const WHAT: Record<string, string> = { notify: '通知', review: '医生判断' };

function whatOf({ type, params }: RuleWritten['event']): string {
  if (type !== 'level') return `${params.class} ${WHAT[type]}`;
  return `${params.level}${params.suspected ? ' 待复查' : ''}`;
}

function switchOf(rule: RuleWritten): string {
  if (rule['if-on']) return ` （\`${rule['if-on']}\` 打开 on）`;
  return rule['if-off'] ? ` （\`${rule['if-off']}\` 关闭 off）` : '';
}

/** The rules of a pack as a table of docs/rules/packs.md, a heading a file. */
export function packTable(pack: string): string {
  const files = readdirSync(join(SHIPPED_RULES, pack)).filter((file) => file.endsWith('.yaml'));
  return files
    .filter((file) => file !== 'levels.yaml')
    .sort()
    .map((file) => {
      const {
        title,
        source,
        review: pending,
        rules,
      } = parse(readFileSync(join(SHIPPED_RULES, pack, file), 'utf8'), DIGITS_KEPT) as {
        title: { zh: string; en: string };
        source: string;
        review?: string;
        rules: RuleWritten[];
      };
      const rows = rules.map((rule) => {
        const { id, conditions, event, status, review, note } = rule;
        const what = `${whatOf(event)}${switchOf(rule)}`;
        const standing = `${status}${(review ?? pending) ? '，待确认' : ''}`;
        const from = rule.source ?? source;
        return `| \`${id}\` | ${cell(inWords(conditions))} | ${what} | ${standing} | ${cell(from)} | ${cell(note ?? '')} |`;
      });
      return [
        `### ${title.zh} · ${title.en}`,
        '',
        `[rules/${pack}/${file}](../../rules/${pack}/${file})`,
        '',
        `| 规则 rule | 条件 condition | ${pack === 'stratification' ? '等级 level' : '类 class'} | 依据 standing | 来源 source | 说明、冲突与所取的一侧 conflicts, and the side shipped |`,
        '|---|---|---|---|---|---|',
        ...rows,
      ].join('\n');
    })
    .join('\n\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
