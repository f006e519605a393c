import { type FaultList, type SourceNode } from '../files/source-node.js';
import { memberOf, textOf } from './nodes.js';

const FILE_KEYS = ['kind', 'title', 'source', 'owner', 'review-by', 'note', 'changes'] as const;
const ENTRY_KEYS = ['rule', 'reason', 'owner', 'review-by', 'note', 'change', 'off'] as const;

/** What a centre has otherwise in one shipped rule, as its file says. */
export interface OverlayEntry {
  at: SourceNode;
  /** `pack/rule` */
  rule: SourceNode;
  reason: string;
  /** The entry's own, or the file's. */
  owner: SourceNode;
  reviewBy: SourceNode;
  /** Null: the rule is switched off. */
  change: SourceNode | null;
}

/** The entries of a file of `kind: overlay`; null for each that is not sound. */
export function readOverlayFile(node: SourceNode, faults: FaultList): (OverlayEntry | null)[] {
  const members = faults.map(node, 'an overlay file', FILE_KEYS);
  if (!members) return [];
  if (!members.changes) {
    faults.add(node, 'changes are missing: the list of shipped rules that this centre has otherwise');
    return [];
  }
  return faults.list(members.changes, 'changes').map((entry) => readEntry(entry, node, faults));
}

function readEntry(node: SourceNode, file: SourceNode, faults: FaultList): OverlayEntry | null {
  const members = faults.map(node, 'an overlay entry', ENTRY_KEYS);
  if (!members) return null;
  const rule = faults.text(members.rule, node, 'rule (pack/rule, e.g. important-results/wbc-low)');
  const reason = faults.text(members.reason, node, 'reason (why this centre has it otherwise)');
  const owner = ownOrFiles('owner', node, file, faults);
  const reviewBy = ownOrFiles('review-by', node, file, faults);
  const isOff = members.off?.value === true;
  if (members.off && !isOff) faults.add(members.off, 'off can only be true; to have the rule on, take the entry out');
  if ((members.change !== undefined) === (members.off !== undefined)) {
    faults.add(node, 'an overlay entry has either change or off: true');
    return null;
  }
  if (rule === null || reason === null || !owner || !reviewBy || !members.rule) return null;
  if (!members.change && !isOff) return null;
  return { at: node, rule: members.rule, reason, owner, reviewBy, change: members.change ?? null };
}

/** Who answers for the entry, or by when it must be looked at again: said in the entry, or once for the file. */
function ownOrFiles(
  name: 'owner' | 'review-by',
  entry: SourceNode,
  file: SourceNode,
  faults: FaultList,
): SourceNode | null {
  const found = memberOf(entry, name) ?? memberOf(file, name);
  if (found && faults.text(found, entry, name) !== null) return found;
  if (!found) faults.add(entry, `${name} is missing, here or at the head of the file`);
  return null;
}

/** How a whole file of an overlay folder stands to the shipped ones. */
export const MODES = ['replaces', 'adds'] as const;
export type Mode = (typeof MODES)[number];

export function modeOf(node: SourceNode, faults: FaultList): Mode | null {
  const mode = memberOf(node, 'overlay');
  if (mode) return faults.word(mode, 'overlay', MODES);
  faults.add(
    node,
    'overlay is missing: write overlay: replaces (shipped rules of the same id) or overlay: adds (new ones)',
  );
  return null;
}

export function idsOf(file: SourceNode): { id: string | null; node: SourceNode }[] {
  return (memberOf(file, 'rules')?.items ?? []).map((node) => ({ id: textOf(node, 'id'), node }));
}
