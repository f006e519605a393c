import { type AnalyteCatalogue } from '../catalogue.js';
import { type FaultList, type SourceNode } from '../files/source-node.js';
import { type Case } from './case.js';
import { readExpected } from './read-expected.js';
import { readPerson } from './read-person.js';
import { readResults } from './read-results.js';
import { readMoment } from './read-moment.js';

/** What cases look things up in. */
export interface CaseSurroundings {
  catalogue: AnalyteCatalogue;
  /** Full names of all rules. */
  rules: readonly string[];
  /** The centre's zone: what a date without a time is a day of. */
  zone: string;
}

/**
 * Reads a file of cases. Those in the folder of a pack are about its rules; `packs` names others. Cases with faults are
 * left out.
 */
export function readCaseFile(node: SourceNode, around: CaseSurroundings, faults: FaultList): Case[] {
  const members = faults.map(node, 'a file of cases', ['kind', 'title', 'owner', 'review-by', 'packs', 'note', 'cases']);
  if (!members) return [];
  const packs = members.packs ? readPacks(members.packs, around, faults) : ownPack(node, around, faults);
  if (!members.cases) {
    faults.add(node, 'cases are missing');
    return [];
  }
  return faults
    .list(members.cases, 'cases')
    .map((one) => readCase(one, packs, around, faults))
    .filter((one) => one !== null);
}

function readPacks(node: SourceNode, around: CaseSurroundings, faults: FaultList): string[] {
  const known = packsOf(around);
  return faults.list(node, 'packs').flatMap((item) => faults.word(item, 'pack', known) ?? []);
}

function ownPack(node: SourceNode, around: CaseSurroundings, faults: FaultList): string[] {
  const [folder = ''] = faults.file.split('/');
  if (packsOf(around).includes(folder)) return [folder];
  faults.add(node, 'cases outside the folder of a pack name the packs that they are about, e.g. packs: [important-results]');
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
  const members = faults.map(node, 'a case', ['name', 'note', 'person', 'now', 'results', 'expect']);
  if (!members) return null;
  const name = faults.text(members.name, node, 'name');
  const results = members.results ? readResults(members.results, around, faults) : [];
  const last = results.reduce<Date | null>((latest, { at }) => (latest && latest >= at ? latest : at), null);
  if (!last) faults.add(members.results ?? node, 'a case needs results, e.g. results: [{ at: 2026-03-02, wbc: 2.9 }]');
  const now = members.now ? (readMoment(members.now, around.zone, faults)?.to ?? null) : last;
  if (!members.expect) faults.add(node, 'a case needs what to expect; expect: [] when nothing must come of it');
  const person = now && readPerson(members.person, now, around, faults);
  const expect = members.expect && readExpected(members.expect, packs, around, faults);
  if (name === null || !now || !person || !expect || results.length === 0) return null;
  return { path: faults.placeOf(node), name, packs, person, now, results, expect };
}
