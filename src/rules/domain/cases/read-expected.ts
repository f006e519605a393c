import { oneOf } from '../../../kernel/index.js';
import { asWritten, type FaultList, type SourceNode } from '../files/source-node.js';
import { CLASSES } from '../rule.js';
import { type ExpectedFinding, FINDING_TRUTHS, type CaseSurroundings } from './case.js';
import { readMoment } from './read-moment.js';

/** What an expected finding may have. */
export const EXPECTED_KEYS = ['rule', 'truth', 'at', 'class', 'note'] as const;

/** `[{ rule: wbc-low, truth: fires, at: 2026-03-02, class: B }]`; a rule of another pack by its full name. Null, with faults, when unsound. */
export function readExpected(
  node: SourceNode,
  packs: readonly string[],
  around: CaseSurroundings,
  faults: FaultList,
): ExpectedFinding[] | null {
  const expected = faults.list(node, 'expect').map((item) => readOne(item, packs, around, faults));
  return node.kind !== 'list' || expected.includes(null) ? null : (expected as ExpectedFinding[]);
}

function readOne(
  node: SourceNode,
  packs: readonly string[],
  around: CaseSurroundings,
  faults: FaultList,
): ExpectedFinding | null {
  const members = faults.map(node, 'an expected finding', EXPECTED_KEYS);
  if (!members) return null;
  if (!members.rule) {
    faults.add(node, 'missing', { what: 'rule' });
    return null;
  }
  const { names, full } = rulesNamed(packs, around);
  // That no pack is known was told once, for the whole file.
  const name = names.length > 0 ? readRule(members.rule, names, faults) : null;
  const truth = members.truth ? faults.word(members.truth, 'truth', FINDING_TRUTHS) : 'fires';
  const ruleClass = members.class ? faults.word(members.class, 'class', CLASSES) : null;
  const at = members.at ? readMoment(members.at, around.zone, faults) : null;
  if (name === null || !truth || (members.class && !ruleClass) || (members.at && !at)) return null;
  return { path: faults.placeOf(node), rule: full(name), truth, at, class: ruleClass };
}

/** The names that rules of these packs go by, those of the first pack in short too; and the full name of each. */
export function rulesNamed(
  packs: readonly string[],
  { rules }: Pick<CaseSurroundings, 'rules'>,
): { names: readonly string[]; full: (name: string) => string } {
  const [pack] = packs;
  const here = rules.filter((rule) => packs.includes(rule.split('/')[0] ?? ''));
  const short = here.filter((rule) => rule.startsWith(`${pack}/`)).map((rule) => rule.slice(rule.indexOf('/') + 1));
  return { names: [...short, ...here], full: (name) => (name.includes('/') ? name : `${pack}/${name}`) };
}

export function readRule(node: SourceNode, names: readonly string[], faults: FaultList): string | null {
  const found = asWritten(node);
  if (names.includes(found)) return found;
  faults.add(node, 'case-unknown-rule', oneOf(found, names));
  return null;
}
