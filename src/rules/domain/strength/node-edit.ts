import { type SourceNode } from '../files/source-node.js';

/** The tree with `by` in the place of `target`, or with `target` taken out of its list (`null`); nodes are told apart by identity. */
export function edited(root: SourceNode, target: SourceNode, by: SourceNode | null): SourceNode {
  if (root === target) return by ?? root;
  let isSame = true;
  const items = root.items.flatMap((item) => {
    const next = item === target ? by : edited(item, target, by);
    isSame &&= next === item;
    return next ?? [];
  });
  const members = new Map<string, { key: SourceNode; value: SourceNode }>();
  for (const [name, { key, value }] of root.members) {
    const next = edited(value, target, by);
    isSame &&= next === value;
    members.set(name, { key, value: next });
  }
  return isSame ? root : { ...root, items, members };
}

/** The same place with another word on it. */
export function reworded(node: SourceNode, word: string): SourceNode {
  return { ...node, kind: 'text', value: word, digits: word };
}

/** The same place with another number on it; its digits are kept. */
export function renumbered(node: SourceNode, digits: string): SourceNode {
  return { ...node, kind: 'number', value: Number(digits), digits };
}

/** A mapping with one key written otherwise. */
export function rekeyed(node: SourceNode, from: string, to: string): SourceNode {
  return { ...node, members: new Map([...node.members].map(([name, member]) => [name === from ? to : name, member])) };
}
