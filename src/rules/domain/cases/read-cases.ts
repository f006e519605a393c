import { oneOf } from '../../../kernel/index.js';
import { asWritten, type FaultList, type SourceNode } from '../files/source-node.js';
import { type CaseFile } from '../files/read-rules.js';
import { type Case, type CaseResult, type CaseSurroundings } from './case.js';
import { readExpectedLevel } from './read-expected-level.js';
import { readExpected } from './read-expected.js';
import { readPerson } from './read-person.js';
import { readResults } from './read-results.js';
import { readMoment } from './read-moment.js';

/** What a file of cases may have. */
export const CASE_FILE_KEYS = ['kind', 'title', 'owner', 'review-by', 'packs', 'note', 'cases'] as const;
/** What a case may have. */
export const CASE_KEYS = ['name', 'note', 'person', 'now', 'results', 'expect'] as const;

/**
 * Reads a file of cases. Those in the folder of a pack are about its rules; `packs` names others. Cases with faults are
 * left out.
 */
export function readCaseFile({ pack, node, faults }: CaseFile, around: CaseSurroundings): Case[] {
  const members = faults.map(node, 'a file of cases', CASE_FILE_KEYS);
  if (!members) return [];
  const packs = members.packs ? readPacks(members.packs, around, faults) : ownPack(pack, node, around, faults);
  if (!members.cases) {
    faults.add(node, 'missing', { what: 'cases' });
    return [];
  }
  return faults
    .list(members.cases, 'cases')
    .map((one) => readCase(one, packs, around, faults))
    .filter((one) => one !== null);
}

function readPacks(node: SourceNode, around: CaseSurroundings, faults: FaultList): string[] {
  const known = packsOf(around);
  if (node.kind === 'list' && node.items.length === 0) faults.add(node, 'case-no-pack');
  return faults.list(node, 'packs').flatMap((item) => {
    const found = asWritten(item);
    if (known.includes(found)) return found;
    faults.add(item, 'case-unknown-pack', oneOf(found, known));
    return [];
  });
}

function ownPack(
  pack: string | null,
  node: SourceNode,
  around: CaseSurroundings,
  faults: FaultList,
): string[] {
  if (pack !== null && packsOf(around).includes(pack)) return [pack];
  faults.add(node, 'case-no-pack');
  return [];
}

function packsOf({ rules }: CaseSurroundings): string[] {
  return [...new Set(rules.map((rule) => rule.split('/')[0] ?? ''))];
}

function readCase(
  node: SourceNode,
  packs: readonly string[],
  around: CaseSurroundings,
  faults: FaultList,
): Case | null {
  const members = faults.map(node, 'a case', CASE_KEYS);
  if (!members) return null;
  const name = faults.text(members.name, node, 'name');
  const results = members.results ? readResults(members.results, around, faults) : [];
  if (!members.results || members.results.items.length === 0) faults.add(members.results ?? node, 'case-no-results');
  const now = readClock(members.now, results, around, faults);
  if (!members.expect) faults.add(node, 'case-no-expect');
  const person = now && readPerson(members.person, now, around, faults);
  const isOfLevel = members.expect?.kind === 'map';
  const level = members.expect && isOfLevel ? readExpectedLevel(members.expect, packs, around, faults) : null;
  const expect = members.expect && !isOfLevel ? readExpected(members.expect, packs, around, faults) : [];
  if (name === null || !now || !person || !members.expect || results.length === 0) return null;
  if (!expect || (isOfLevel && !level)) return null;
  return { path: faults.placeOf(node), name, packs, person, now, results, expect, level };
}

/** The clock; where the file does not set it, the moment at which all results have come. */
function readClock(
  node: SourceNode | undefined,
  results: readonly CaseResult[],
  { zone }: CaseSurroundings,
  faults: FaultList,
): Date | null {
  if (!node) return results.reduce<Date | null>((last, { issued }) => (last && last >= issued ? last : issued), null);
  const now = readMoment(node, zone, faults);
  if (!now) return null;
  if (results.length > 0 && results.every(({ issued }) => issued > now.to)) {
    faults.add(node, 'case-nothing-come', { found: now.written });
  }
  return now.to;
}
