import { asWritten, type FaultList, type SourceNode } from '../files/source-node.js';
import { type CaseSurroundings, type ExpectedLevel } from './case.js';
import { readRule, rulesNamed } from './read-expected.js';

/** What an expected level may have. */
export const EXPECTED_LEVEL_KEYS = ['level', 'text', 'reasons', 'note'] as const;
export const CASE_LEVELS = ['1', '2', '3', '4', '5', 'unknown'] as const;

/** `{ level: 3, text: '1–3', reasons: [sbp-grade-1-new] }`; the reasons are all of them. Null, with faults, when unsound. */
export function readExpectedLevel(
  node: SourceNode,
  packs: readonly string[],
  around: CaseSurroundings,
  faults: FaultList,
): ExpectedLevel | null {
  const members = faults.map(node, 'an expected level', EXPECTED_LEVEL_KEYS);
  if (!members) return null;
  const { level, text, reasons } = members;
  const code = CASE_LEVELS.find((one) => level && one === asWritten(level));
  if (!code) faults.add(level ?? node, 'case-bad-level', { found: level ? asWritten(level) : '', expected: CASE_LEVELS });
  const { names, full } = rulesNamed(packs, around);
  const told = reasons && faults.list(reasons, 'reasons').map((one) => readRule(one, names, faults));
  if (!code || told?.includes(null)) return null;
  return {
    path: faults.placeOf(node),
    code,
    text: text ? asWritten(text) : null,
    reasons: told ? told.map((name) => full(name as string)) : null,
  };
}
