import { oneOf } from '../../../kernel/index.js';
import { type AnalyteCatalogue, type Bilingual } from '../catalogue.js';
import { type BasicItem, type FindingLevel, type LevelPlan, type Switch } from '../level-plan.js';
import { asWord } from '../messages/parts.js';
import { CLASSES, LEVELS } from '../rule.js';
import { plainText } from '../text/plain-text.js';
import { noSuchFact } from './read-condition.js';
import { readRepeat } from './read-repeats.js';
import { readOwnRange } from './read-own-range.js';
import { readId, readTitle } from './read-rule-file.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

/** What the file of the level plan may have. */
export const LEVEL_FILE_KEYS = [
  'kind',
  'title',
  'source',
  'review',
  'owner',
  'review-by',
  'note',
  'domains',
  'basic-set',
  'rounded',
  'findings',
  'own-range',
  'repeats',
  'switches',
] as const;
export const DOMAIN_KEYS = ['id', 'title', 'words', 'sex', 'note'] as const;
export const BASIC_KEYS = ['id', 'title', 'all', 'any', 'note'] as const;
export const FINDING_KEYS = ['pack', 'class', 'level', 'note'] as const;
export const SWITCH_KEYS = ['id', 'title', 'on', 'source', 'note'] as const;

/** Reads the plan that levels are put together by. What is unsound in it is left out, with faults. */
export function readLevelPlan(node: SourceNode, catalogue: AnalyteCatalogue, faults: FaultList): LevelPlan | null {
  const members = faults.map(node, 'a level plan', LEVEL_FILE_KEYS);
  if (!members) return null;
  if (members.title) readTitle(members.title, node, faults);
  faults.text(members.source, node, 'source', 'no-source');
  if (members.review) faults.word(members.review, 'review', ['pending']);
  const itemsOf = (name: 'domains' | 'basic-set' | 'findings' | 'repeats' | 'switches'): readonly SourceNode[] => {
    const list = members[name];
    if (list) return faults.list(list, name);
    if (name !== 'switches' && name !== 'repeats') faults.add(node, 'missing', { what: name });
    return [];
  };
  const domains = itemsOf('domains').flatMap((item) => readDomain(item, faults));
  return {
    file: faults.file,
    domains: new Map(domains.map(({ id, title }) => [id, title])),
    sexes: new Map(domains.flatMap(({ id, sex }) => (sex ? [[id, sex] as const] : []))),
    words: new Map(domains.map(({ id, words }) => [id, words])),
    basicSet: itemsOf('basic-set').flatMap((item) => readBasicItem(item, catalogue, faults)),
    rounded: new Map(members.rounded ? readRounded(members.rounded, catalogue, faults) : []),
    findings: itemsOf('findings').flatMap((item) => readFinding(item, faults)),
    ownRange: members['own-range'] ? readOwnRange(members['own-range'], node, catalogue, faults) : null,
    repeats: new Map(itemsOf('repeats').flatMap((item) => readRepeat(item, catalogue, faults))),
    switches: new Map(itemsOf('switches').flatMap((item) => readSwitch(item, faults))),
  };
}

const SEXES = ['female', 'male'] as const;

interface Domain {
  id: string;
  title: Bilingual;
  words: string[];
  sex: (typeof SEXES)[number] | null;
}

function readDomain(node: SourceNode, faults: FaultList): Domain[] {
  const members = faults.map(node, 'a domain', DOMAIN_KEYS);
  if (!members) return [];
  const id = readId(members.id, node, faults);
  const title = readTitle(members.title, node, faults);
  const words = members.words ? faults.list(members.words, asWord('words')) : [];
  const plain = words.map((word) => plainText(asWritten(word)).toLowerCase()).filter((word) => word !== '');
  const sex = members.sex ? faults.word(members.sex, 'sex', SEXES) : null;
  return id !== null && title ? [{ id, title, words: plain, sex }] : [];
}

function readBasicItem(node: SourceNode, catalogue: AnalyteCatalogue, faults: FaultList): BasicItem[] {
  const members = faults.map(node, 'an item of the basic set', BASIC_KEYS);
  if (!members) return [];
  const id = readId(members.id, node, faults);
  const title = readTitle(members.title, node, faults);
  const list = members.all ?? members.any;
  if (!list || (members.all && members.any)) {
    faults.add(node, 'all-or-any');
    return [];
  }
  const analytes = faults.list(list, members.all ? '"all"' : '"any"').flatMap((item) => {
    const name = asWritten(item);
    if (catalogue.get(name)) return [name];
    faults.add(item, 'unknown-fact', noSuchFact(name, catalogue));
    return [];
  });
  if (list.kind === 'list' && list.items.length === 0) faults.add(list, 'all-or-any');
  return id !== null && title && analytes.length > 0 ? [{ id, title, takes: members.all ? 'all' : 'any', analytes }] : [];
}

function readRounded(node: SourceNode, catalogue: AnalyteCatalogue, faults: FaultList): [string, number][] {
  return faults.list(node, 'rounded').flatMap((item): [string, number][] => {
    const analyte = catalogue.get(asWritten(item));
    if (analyte) return [[analyte.id, analyte.decimals]];
    faults.add(item, 'unknown-fact', noSuchFact(asWritten(item), catalogue));
    return [];
  });
}

function readFinding(node: SourceNode, faults: FaultList): FindingLevel[] {
  const members = faults.map(node, 'the level of a finding', FINDING_KEYS);
  if (!members) return [];
  const pack = faults.text(members.pack, node, 'pack');
  const ruleClass = members.class ? faults.word(members.class, 'class', CLASSES) : null;
  const level = LEVELS.find((one) => one === members.level?.value);
  if (level === undefined) {
    const at = members.level ?? node;
    faults.add(at, 'bad-level', { found: members.level ? asWritten(at) : '', expected: LEVELS.map(String) });
  }
  if (pack === null || level === undefined || (members.class && !ruleClass)) return [];
  return [{ pack, class: ruleClass, level }];
}

function readSwitch(node: SourceNode, faults: FaultList): [string, Switch][] {
  const members = faults.map(node, 'a switch', SWITCH_KEYS);
  if (!members) return [];
  const id = readId(members.id, node, faults);
  const title = readTitle(members.title, node, faults);
  const isOn = members.on?.value;
  if (typeof isOn !== 'boolean') {
    faults.add(members.on ?? node, 'on-or-off', { found: members.on ? asWritten(members.on) : '' });
    return [];
  }
  return id !== null && title ? [[id, { title, isOn }]] : [];
}

/** The plans among the files: the first one counts, a second is refused. */
export function refuseSecondPlan(
  plans: readonly { node: SourceNode; faults: FaultList }[],
): { node: SourceNode; faults: FaultList } | null {
  const [first, ...others] = plans;
  for (const { node, faults } of others) faults.add(node, 'second-level-plan', { first: first?.faults.file ?? '' });
  return first ?? null;
}

/** Packs that findings are spoken of must exist: a mistyped name would take a class A finding out of the levels. */
export function checkFindingPacks(
  { node, faults }: { node: SourceNode; faults: FaultList },
  plan: LevelPlan,
  packs: readonly string[],
): void {
  const items = node.members.get('findings')?.value.items ?? [];
  for (const item of items) {
    const name = item.members.get('pack')?.value;
    if (!name || packs.includes(asWritten(name)) || !plan.findings.some(({ pack }) => pack === name.value)) continue;
    faults.add(name, 'case-unknown-pack', oneOf(asWritten(name), packs));
  }
}
