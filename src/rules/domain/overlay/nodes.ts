import { type SourceNode } from '../files/source-node.js';

/** Where something stands in a file. */
export type Place = Pick<SourceNode, 'line' | 'column'>;

const NOTHING: Pick<SourceNode, 'members' | 'items' | 'textColumn'> = { members: new Map(), items: [], textColumn: null };

export function textNode(text: string, { line, column }: Place): SourceNode {
  return { kind: 'text', value: text, digits: text, line, column, ...NOTHING };
}

export function listNode(items: readonly SourceNode[], { line, column }: Place): SourceNode {
  return { kind: 'list', value: null, digits: '', line, column, ...NOTHING, items };
}

/** The same mapping with other members; null takes one out. */
export function withMembers(node: SourceNode, others: Record<string, SourceNode | null>): SourceNode {
  const members = new Map(node.members);
  for (const [name, value] of Object.entries(others)) {
    if (value) members.set(name, { key: members.get(name)?.key ?? textNode(name, value), value });
    else members.delete(name);
  }
  return { ...node, members };
}

/** The same content, standing elsewhere: what an overlay inherits is reported where the overlay names it. */
export function placedAt(node: SourceNode, { line, column }: Place): SourceNode {
  const at = { line, column };
  const members = [...node.members].map(
    ([name, { key, value }]) => [name, { key: placedAt(key, at), value: placedAt(value, at) }] as const,
  );
  return { ...node, ...at, members: new Map(members), items: node.items.map((item) => placedAt(item, at)) };
}

export function memberOf(node: SourceNode, name: string): SourceNode | undefined {
  return node.members.get(name)?.value;
}

/** The text of a member; null when there is none. */
export function textOf(node: SourceNode, name: string): string | null {
  const member = memberOf(node, name);
  return member?.kind === 'text' ? String(member.value).trim() : null;
}
