import { type SourceNode } from '../files/source-node.js';
import { type Edit, type EditSurroundings } from './edit.js';
import { leafEdits } from './leaf-edits.js';
import { edited, rekeyed } from './node-edit.js';

/**
 * Every change to the conditions of a rule: those of each leaf, each condition of a group dropped, `all` and `any`
 * exchanged, `not` taken away. In a group of one there is nothing to drop or to exchange.
 */
export function conditionEdits(node: SourceNode, around: EditSurroundings): Edit[] {
  if (node.members.has('fact')) return leafEdits(node, around);
  const inverted = node.members.get('not');
  if (inverted) return [withoutNot(node, inverted), ...conditionEdits(inverted.value, around)];
  for (const grouping of ['all', 'any'] as const) {
    const group = node.members.get(grouping);
    if (!group) continue;
    const parts = group.value.items;
    const inside = parts.flatMap((part) => conditionEdits(part, around));
    if (parts.length < 2) return inside;
    const other = grouping === 'all' ? 'any' : 'all';
    const exchanged: Edit = {
      kind: 'all-any',
      place: group.key,
      what: { zh: `${grouping} → ${other}`, en: `${grouping} → ${other}` },
      apply: (conditions) => edited(conditions, node, rekeyed(node, grouping, other)),
    };
    return [exchanged, ...parts.map(dropped), ...inside];
  }
  return [];
}

function dropped(part: SourceNode): Edit {
  const said = saying(part);
  return {
    kind: 'dropped',
    place: part,
    what: { zh: `去掉条件 ${said}`, en: `condition ${said} dropped` },
    apply: (conditions) => edited(conditions, part, null),
  };
}

function withoutNot(node: SourceNode, { key, value }: { key: SourceNode; value: SourceNode }): Edit {
  return {
    kind: 'not',
    place: key,
    what: { zh: '去掉 not', en: 'not taken away' },
    apply: (conditions) => edited(conditions, node, value),
  };
}

/** A condition in the words of its file. */
function saying(node: SourceNode): string {
  if (!node.members.has('fact')) return [...node.members.keys()].join(' ');
  const word = (key: string) => {
    const value = node.members.get(key)?.value;
    if (!value) return '';
    if (value.kind === 'list') return `[${value.items.map((item) => item.digits).join(', ')}]`;
    return value.kind === 'number' ? value.digits : String(value.value);
  };
  return ['fact', 'operator', 'value', 'unit'].map(word).filter((text) => text !== '').join(' ');
}
