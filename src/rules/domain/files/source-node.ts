import { type Fault } from '../../../kernel/index.js';
import { nearest } from './nearest.js';

/** A value of a rule file that knows where it stands. */
export interface SourceNode {
  kind: 'map' | 'list' | 'text' | 'number' | 'boolean' | 'null';
  /** The plain value of a scalar; a number keeps the digits of the file in `digits`. */
  value: string | number | boolean | null;
  digits: string;
  line: number;
  column: number;
  /** Members of a map, with the node of the key beside that of the value. */
  members: ReadonlyMap<string, { key: SourceNode; value: SourceNode }>;
  items: readonly SourceNode[];
}

/** Collects the faults of one file. Reading goes on after a fault, so that one pass shows them all. */
export class FaultList {
  readonly faults: Fault[] = [];

  constructor(readonly file: string) {}

  add(at: Pick<SourceNode, 'line' | 'column'>, message: string): void {
    const path = this.placeOf(at);
    if (!this.faults.some((known) => known.path === path && known.message === message)) {
      this.faults.push({ code: 'rules-refused', message, path });
    }
  }

  /** `file:line:column` */
  placeOf({ line, column }: Pick<SourceNode, 'line' | 'column'>): string {
    return `${this.file}:${line}:${column}`;
  }

  /** The members of a map that may only have the given keys. Null, with a fault, when it is no map. */
  map<Key extends string>(
    node: SourceNode,
    what: string,
    keys: readonly Key[],
  ): Partial<Record<Key, SourceNode>> | null {
    if (node.kind !== 'map') {
      this.add(node, `${what} must be a mapping (${keys.join(', ')}), found ${describe(node)}`);
      return null;
    }
    const members: Partial<Record<Key, SourceNode>> = {};
    for (const [name, { key, value }] of node.members) {
      if ((keys as readonly string[]).includes(name)) members[name as Key] = value;
      else this.add(key, `unknown key "${name}" in ${what}${suggest(name, keys)}`);
    }
    return members;
  }

  list(node: SourceNode, what: string): readonly SourceNode[] {
    if (node.kind === 'list') return node.items;
    this.add(node, `${what} must be a list, found ${describe(node)}`);
    return [];
  }

  text(node: SourceNode | undefined, owner: SourceNode, what: string): string | null {
    if (!node) this.add(owner, `${what} is missing`);
    else if (node.kind !== 'text' || String(node.value).trim() === '') {
      this.add(node, `${what} must be a text, found ${describe(node)}`);
    } else return String(node.value).trim();
    return null;
  }

  /** One word of a fixed list. */
  word<Word extends string>(node: SourceNode, what: string, words: readonly Word[]): Word | null {
    const found = words.find((word) => word === node.value);
    if (found === undefined) {
      const hint = node.kind === 'text' ? suggest(String(node.value), words) : expected(words);
      this.add(node, `${what} ${describe(node)} is unknown${hint}`);
    }
    return found ?? null;
  }
}

/** What was found, for a message. */
export function describe(node: SourceNode): string {
  if (node.kind === 'map') return 'a mapping';
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'null') return 'nothing';
  return node.kind === 'text' ? `"${String(node.value)}"` : `the ${node.kind} ${node.digits}`;
}

export function expected(words: readonly string[]): string {
  return `; expected ${words.join(', ')}`;
}

/** `; did you mean "wbc"?`, or the whole list when it is short. */
export function suggest(found: string, words: readonly string[]): string {
  const near = nearest(found, words);
  if (near !== null) return `; did you mean "${near}"?`;
  return words.length <= 12 ? expected(words) : '';
}
