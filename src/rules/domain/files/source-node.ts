import { type FileFault, type FileNotice } from '../../../kernel/index.js';
import { type Filling, type Seen, say } from '../messages/message.js';
import {
  type FaultKind,
  type MessageKind,
  MESSAGES,
  type Told,
  type WarningKind,
} from '../messages/messages.js';
import { inWords, type Part } from '../messages/parts.js';
import { nearest } from './nearest.js';

/** Where something stands in a file: line and column from 1. */
export type Place = Pick<SourceNode, 'line' | 'column'>;

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

/** Collects what is to be said of one file. Reading goes on after a fault, so that one pass shows them all. */
export class FaultList {
  readonly faults: FileFault[] = [];
  readonly warnings: FileNotice[] = [];

  constructor(readonly file: string) {}

  add<Kind extends FaultKind>(at: Place, kind: Kind, ...[details]: Told<Kind>): void {
    const notice = noticeOf(this.file, at, kind, details);
    if (!isKnown(notice, this.faults)) this.faults.push({ code: 'rules-refused', ...notice });
  }

  warn<Kind extends WarningKind>(at: Place, kind: Kind, ...[details]: Told<Kind>): void {
    const notice = noticeOf(this.file, at, kind, details);
    if (!isKnown(notice, this.warnings)) this.warnings.push(notice);
  }

  /** `file:line:column` */
  placeOf({ line, column }: Pick<SourceNode, 'line' | 'column'>): string {
    return `${this.file}:${line}:${column}`;
  }

  /** The members of a map that may only have the given keys. Null, with a fault, when it is no map. */
  map<Key extends string>(
    node: SourceNode,
    what: Part,
    keys: readonly Key[],
  ): Partial<Record<Key, SourceNode>> | null {
    if (node.kind !== 'map') {
      this.add(node, 'not-a-map', { what: inWords(what), found: asWritten(node), expected: keys });
      return null;
    }
    const members: Partial<Record<Key, SourceNode>> = {};
    for (const [name, { key, value }] of node.members) {
      if ((keys as readonly string[]).includes(name)) members[name as Key] = value;
      else this.add(key, 'unknown-key', { what: inWords(what), ...oneOf(name, keys) });
    }
    return members;
  }

  list(node: SourceNode, what: Part): readonly SourceNode[] {
    if (node.kind === 'list') return node.items;
    this.add(node, 'not-a-list', { what: inWords(what), found: asWritten(node), expected: '[ … ]' });
    return [];
  }

  text(
    node: SourceNode | undefined,
    owner: SourceNode,
    what: Part,
    absent: Absence = 'missing',
  ): string | null {
    if (!node) this.add(owner, absent, { what: inWords(what) });
    else if (node.kind !== 'text' || String(node.value).trim() === '') {
      this.add(node, 'not-a-text', { what: inWords(what), found: asWritten(node) });
    } else return String(node.value).trim();
    return null;
  }

  /** One word of a fixed list. */
  word<Word extends string>(node: SourceNode, what: Part, words: readonly Word[]): Word | null {
    const found = words.find((word) => word === node.value);
    if (found !== undefined) return found;
    this.add(node, 'unknown-word', { what: inWords(what), ...oneOf(asWritten(node), words) });
    return null;
  }
}

/** Messages for a text that is not there. */
type Absence = 'missing' | 'no-source' | 'no-owner' | 'no-review-by' | 'no-id' | 'no-overlay-reason';

/** A notice with its parts; without a place for what concerns the file, or a folder, as a whole. */
export function noticeOf(
  file: string,
  at: Place | null,
  kind: MessageKind,
  details: Seen & Partial<Record<string, Filling | readonly string[] | null>> = {},
): FileNotice {
  const { found, expected, nearest, ...fillings } = details;
  const said = say(MESSAGES[kind], { found, expected, nearest }, fillings as Record<string, Filling>);
  const { line, column } = at ?? { line: 1, column: 1 };
  return {
    kind,
    file,
    line,
    column,
    found: found ?? null,
    expected: typeof expected === 'string' ? expected : (expected?.join(', ') ?? null),
    nearest: nearest ?? null,
    ...said,
    message: `${said.zh} ${said.en}`,
    path: at ? `${file}:${line}:${column}` : file,
  };
}

function isKnown({ path, message }: FileNotice, notices: readonly FileNotice[]): boolean {
  return notices.some((known) => known.path === path && known.message === message);
}

/** A value as it stands in the file, for a message; empty where nothing stands. */
export function asWritten(node: SourceNode): string {
  if (node.kind === 'map') return '{…}';
  if (node.kind === 'list') return '[…]';
  if (node.kind === 'null') return '';
  return node.kind === 'text' ? String(node.value) : node.digits;
}

/** Longer lists are looked up rather than read in a message. */
const SHORT_LIST = 12;

/** A word that is none of the list: the nearest one, and the list itself when it is short. */
export function oneOf(found: string, words: readonly string[]): Seen & { found: string } {
  return { found, nearest: nearest(found, words), ...(words.length <= SHORT_LIST && { expected: words }) };
}
