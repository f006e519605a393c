import { type Head, readOwnHead } from '../files/read-head.js';
import { asWritten, type FaultList, type SourceNode } from '../files/source-node.js';
import { memberOf, textOf } from './nodes.js';

export const OVERLAY_FILE_KEYS = ['kind', 'title', 'source', 'owner', 'review-by', 'note', 'changes'] as const;
export const ENTRY_KEYS = ['rule', 'reason', 'owner', 'review-by', 'note', 'change', 'off'] as const;

/** What a centre has otherwise in one shipped rule, as its file says. */
export interface OverlayEntry {
  at: SourceNode;
  /** `pack/rule` */
  rule: SourceNode;
  reason: string;
  /** The entry's own, where it says so, else the file's. */
  head: Head;
  /** Null: the rule is switched off. */
  change: SourceNode | null;
}

/** The entries of a file of `kind: overlay`; null for each that is not sound. */
export function readOverlayFile(node: SourceNode, head: Head | null, faults: FaultList): (OverlayEntry | null)[] {
  const members = faults.map(node, 'an overlay file', OVERLAY_FILE_KEYS);
  if (!members) return [];
  faults.text(members.source, node, 'source', 'no-source');
  if (!members.changes) {
    faults.add(node, 'no-changes', { expected: 'changes: [ … ]' });
    return [];
  }
  // Without a head of its own the file is refused, but its entries are looked at all the same.
  const ofFile = head ?? { owner: '', reviewBy: '', at: node };
  return faults.list(members.changes, 'changes').map((entry) => readEntry(entry, ofFile, faults));
}

function readEntry(node: SourceNode, ofFile: Head, faults: FaultList): OverlayEntry | null {
  const members = faults.map(node, 'an overlay entry', ENTRY_KEYS);
  if (!members) return null;
  const rule = faults.text(members.rule, node, 'rule');
  const reason = faults.text(members.reason, node, 'reason', 'no-overlay-reason');
  const head = readOwnHead(node, ofFile, faults);
  const isOff = members.off?.value === true;
  if (members.off && !isOff) faults.add(members.off, 'off-is-true', { found: asWritten(members.off) });
  if ((members.change !== undefined) === (members.off !== undefined)) {
    faults.add(node, 'change-or-off');
    return null;
  }
  if (rule === null || reason === null || !members.rule) return null;
  if (!members.change && !isOff) return null;
  return { at: node, rule: members.rule, reason, head, change: members.change ?? null };
}

/** How a whole file of an overlay folder stands to the shipped ones. */
export const MODES = ['replaces', 'adds'] as const;
export type Mode = (typeof MODES)[number];

export function modeOf(node: SourceNode, faults: FaultList): Mode | null {
  const mode = memberOf(node, 'overlay');
  if (mode) return faults.word(mode, 'overlay', MODES);
  faults.add(node, 'no-overlay-mode', { expected: MODES.map((word) => `overlay: ${word}`) });
  return null;
}

export function idsOf(file: SourceNode): { id: string | null; node: SourceNode }[] {
  return (memberOf(file, 'rules')?.items ?? []).map((node) => ({ id: textOf(node, 'id'), node }));
}
