import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { type FaultList, type SourceNode } from './source-node.js';

/** A rule file as it was read from disk. */
export interface SourceFile {
  /** Path inside the rules folder, with `/`. */
  path: string;
  text: string;
}

const NOTHING = { members: new Map<string, never>(), items: [] };

/** Parses YAML (JSON is YAML too) into nodes with positions. Null, with faults, when it is not one sound document. */
export function parseFile(file: SourceFile, faults: FaultList): SourceNode | null {
  const lines = new LineCounter();
  const start = { line: 1, column: 1 };
  if (/[\uFFFD\0]/.test(file.text)) {
    faults.add(start, 'not-utf8');
    return null;
  }
  const documents = parseAllDocuments(file.text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const [document, second] = documents as Exclude<typeof documents, { empty: true }>;
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
    else if (problem.name !== 'YAMLWarning' || problem.code !== 'TAG_RESOLVE_FAILED')
      faults.add(at, 'not-yaml', { problem: problem.message });
  }
  return document.errors.length ? null : nodeOf(document.contents, lines, faults);
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
