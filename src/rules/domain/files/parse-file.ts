import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { type Place, Remembered } from '../../../kernel/index.js';
import { controlCharacterIn, oddCharacterIn } from './odd-characters.js';
import { type FaultList, type SourceNode } from './source-node.js';

/** A rule file as it was read from disk. */
export interface SourceFile {
  /** Path inside the rules folder, with `/`. */
  path: string;
  text: string;
}

const NOTHING = { members: new Map<string, never>(), items: [] };

/**
 * Sound files as they were parsed, some two times what is shipped, 15 MB of memory each: parsing is most of what reading
 * rules takes. By path too, since two files never share a node.
 */
const parsed = new Remembered<SourceNode>(1_600_000);

/**
 * Parses YAML (JSON is YAML too) into nodes with positions. Null, with faults, when it is not one sound document. A node is
 * never changed: whoever parses the same file again is given the same one.
 */
export function parseFile(file: SourceFile, faults: FaultList): SourceNode | null {
  const is = `${file.path}\n${file.text}`;
  const known = parsed.get(is);
  if (known) return known;
  const before = faults.faults.length;
  const node = parseAnew(file, faults);
  if (node && faults.faults.length === before) parsed.keep(is, node);
  return node;
}

function parseAnew(file: SourceFile, faults: FaultList): SourceNode | null {
  const lines = new LineCounter();
  const start = { line: 1, column: 1 };
  if (/[\uFFFD\0]/.test(file.text)) {
    faults.add(start, 'not-utf8');
    return null;
  }
  const deep = nestedTooDeep(file.text);
  if (deep !== null) {
    faults.add(placeIn(file.text, deep), 'nested-without-end');
    return null;
  }
  const [document, second] = documentsIn(file.text, lines);
  const control = controlCharacterIn(file.text);
  if (control) faults.add(position(control.offset, lines), 'odd-character', { found: control.found });
  if (!document?.contents) {
    faults.add(start, 'empty-file');
    return null;
  }
  const { yaml } = document.directives;
  if (yaml.version !== '1.2') faults.add(start, 'old-yaml', { found: `%YAML ${yaml.version}` });
  if (second) faults.add(position(second.range[0], lines), 'second-document');
  for (const problem of [...document.errors, ...document.warnings]) {
    const at = position(problem.pos[0], lines);
    if (problem.code === 'DUPLICATE_KEY') faults.add(at, 'doubled-key', { found: wordAt(file.text, problem.pos[0]) });
    // A tag is told where it stands, known to YAML or not.
    else if (TOO_DEEP.test(problem.message)) faults.add(at, 'nested-without-end');
    else if (problem.name !== 'YAMLWarning' || problem.code !== 'TAG_RESOLVE_FAILED')
      faults.add(at, 'not-yaml', { problem: problem.message });
  }
  const odd = document.errors[0] && oddCharacterIn(file.text, document.errors[0].pos[0], firstFaultAt);
  if (odd) faults.add(position(odd.offset, lines), 'odd-character', odd);
  return document.errors.length ? null : nodeOf(document.contents, lines, faults);
}

/** Brackets within brackets: many times what a file of rules has, and less than the parser can follow. */
const DEEPEST = 100;

/** Where brackets are nested too deep for any file of rules; brackets within texts are few enough to count as well. */
function nestedTooDeep(text: string): number | null {
  let depth = 0;
  for (const { index, 0: bracket } of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEEPEST) return index;
  }
  return null;
}

function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Said by the parser of lines that are nested deeper than it can follow. */
const TOO_DEEP = /call stack/i;

function documentsIn(text: string, lineCounter: LineCounter): Document.Parsed[] {
  return parseAllDocuments(text, { lineCounter, uniqueKeys: true, prettyErrors: false }) as Document.Parsed[];
}

function firstFaultAt(text: string): number | null {
  return documentsIn(text, new LineCounter()).flatMap(({ errors }) => errors)[0]?.pos[0] ?? null;
}

function wordAt(text: string, offset: number): string {
  return /^["']?([^\s:"',]*)/.exec(text.slice(offset))?.[1] ?? '';
}

function position(offset: number, lines: LineCounter): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/**
 * Inside braces YAML takes every comma for the end of a text: `{ zh: 建议复查,必要时就诊 }` would lose its second half.
 * A Chinese "key" without a value is therefore the text going on.
 */
const CHINESE = /[\u3400-\u9FFF]/;

function nodeOf(node: Node | null, lines: LineCounter, faults: FaultList, at = 0): SourceNode {
  const place = position(node?.range?.[0] ?? at, lines);
  const empty: SourceNode = { kind: 'null', value: null, digits: '', textColumn: null, ...NOTHING, ...place };
  if (node === null) return empty;
  if (isAlias(node)) {
    faults.add(place, 'alias', { found: `*${node.source}` });
    return empty;
  }
  if (node.tag !== undefined) faults.add(place, 'tag', { found: shortTag(node.tag) });
  if (isSeq<Node>(node)) {
    const items = node.items.map((item) => nodeOf(item, lines, faults, node.range?.[0]));
    return { ...empty, kind: 'list', items };
  }
  if (isMap<Node, Node | null>(node)) {
    const members = new Map<string, { key: SourceNode; value: SourceNode }>();
    let last: SourceNode | null = null;
    for (const pair of node.items) {
      const key = nodeOf(pair.key, lines, faults);
      if (node.flow && pair.value === null && last?.kind === 'text' && CHINESE.test(key.digits)) {
        last.value = `${String(last.value)},${key.digits}`;
        continue;
      }
      last = nodeOf(pair.value, lines, faults, pair.key.range?.[0]);
      members.set(key.digits, { key, value: last });
    }
    return { ...empty, kind: 'map', members };
  }
  return isScalar(node) ? { ...scalar(node.value, node.source, empty), textColumn: textColumn(node, place.column) } : empty;
}

/** `!!float`, as people write it. */
function shortTag(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, '!!');
}

/** A block, or a text with a line break in it, has no one line to count in. */
function textColumn({ type, source }: { type?: string; source?: string }, column: number): number | null {
  if (type?.startsWith('BLOCK') || source?.includes('\n')) return null;
  return type?.startsWith('QUOTE') ? column + 1 : column;
}

function scalar(value: unknown, source: string | undefined, empty: SourceNode): SourceNode {
  const digits = source ?? String(value);
  if (typeof value === 'number') return { ...empty, kind: 'number', value, digits };
  if (typeof value === 'boolean') return { ...empty, kind: 'boolean', value, digits };
  return typeof value === 'string' ? { ...empty, kind: 'text', value, digits } : empty;
}

/** The content alone, keys sorted, for the version: comments and layout do not count, digits do. */
export function contentOf(node: SourceNode): unknown {
  if (node.kind === 'list') return node.items.map(contentOf);
  if (node.kind === 'map') {
    const members = [...node.members].map(([key, { value }]) => [key, contentOf(value)] as const);
    return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return node.kind === 'number' ? node.digits : node.value;
}
