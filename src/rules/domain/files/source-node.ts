import { type FileFault, type FileNotice, fileNotice, oneOf, type Place } from '../../../kernel/index.js';
import { type FaultKind, type MessageKind, MESSAGES, type Told, type WarningKind } from '../messages/messages.js';
import { inWords, type Part } from '../messages/parts.js';
import { oddCharacterInName } from './odd-characters.js';

/** A value of a rule file that knows where it stands. */
export interface SourceNode {
  kind: 'map' | 'list' | 'text' | 'number' | 'boolean' | 'null';
  /** The plain value of a scalar; a number keeps the digits of the file in `digits`. */
  value: string | number | boolean | null;
  digits: string;
  line: number;
  column: number;
  /** Column of the first letter of a text (behind its quotation mark); null where it is spread over lines. */
  textColumn: number | null;
  /** Members of a map, with the node of the key beside that of the value. */
  members: ReadonlyMap<string, { key: SourceNode; value: SourceNode }>;
  items: readonly SourceNode[];
}

/** Characters: far more than anybody reads out on the telephone. */
const LONGEST_TEXT = 2000;

/** Collects what is to be said of one file. Reading goes on after a fault, so that one pass shows them all. */
export class FaultList {
  readonly faults: FileFault[] = [];
  readonly warnings: FileNotice[] = [];
  /** Each is told once at its place. */
  readonly #said = new Set<string>();

  constructor(readonly file: string) {}

  add<Kind extends FaultKind>(at: Place, kind: Kind, ...[details]: Told<Kind>): void {
    const notice = noticeOf(this.file, at, kind, details);
    if (this.#isNew('fault', notice)) this.faults.push({ code: 'rules-refused', ...notice });
  }

  warn<Kind extends WarningKind>(at: Place, kind: Kind, ...[details]: Told<Kind>): void {
    const notice = noticeOf(this.file, at, kind, details);
    if (this.#isNew('warning', notice)) this.warnings.push(notice);
  }

  /** Warnings that a check gave before, of the same text. */
  warnAgain(warnings: readonly FileNotice[]): void {
    this.warnings.push(...warnings.filter((one) => this.#isNew('warning', one)));
  }

  #isNew(what: string, { path, message }: FileNotice): boolean {
    const known = this.#said.size;
    return this.#said.add(`${what} ${path} ${message}`).size > known;
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
      else this.#unknownKey(key, name, what, keys);
    }
    return members;
  }

  #unknownKey(key: SourceNode, name: string, what: Part, keys: readonly string[]): void {
    const odd = oddCharacterInName(name);
    if (odd && keys.includes(odd.before)) this.add(key, 'odd-character', odd);
    else this.add(key, 'unknown-key', { what: inWords(what), ...oneOf(name, keys) });
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
    } else if (String(node.value).length > LONGEST_TEXT) {
      this.add(node, 'text-too-long', { what: inWords(what), longest: LONGEST_TEXT });
    } else return String(node.value).trim();
    return null;
  }

  /**
   * One word of a fixed list.
   * @param meant what else people write for a word, which is refused with the word itself
   */
  word<Word extends string>(node: SourceNode, what: Part, words: readonly Word[], meant: ReadonlyMap<string, Word> = new Map()): Word | null {
    const found = words.find((word) => word === node.value);
    if (found !== undefined) return found;
    const written = asWritten(node);
    const named = meant.get(written.replace(/\s/g, ''));
    const told = named ? { found: written, nearest: named } : oneOf(written, words);
    this.add(node, 'unknown-word', { what: inWords(what), ...told });
    return null;
  }
}

/** Messages for a text that is not there. */
type Absence = 'missing' | 'no-source' | 'no-owner' | 'no-review-by' | 'no-id' | 'no-overlay-reason';

/** What is to be said of a file or a folder; without a place of it as a whole. */
export function noticeOf(file: string, at: Place | null, kind: MessageKind, told?: Parameters<typeof fileNotice>[4]): FileNotice {
  return fileNotice(file, at, kind, MESSAGES[kind], told);
}

/** A value as it stands in the file, for a message; empty where nothing stands. */
export function asWritten(node: SourceNode): string {
  if (node.kind === 'map') return '{…}';
  if (node.kind === 'list') return '[…]';
  if (node.kind === 'null') return '';
  return node.kind === 'text' ? String(node.value) : node.digits;
}
