import { isMap, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { OVERLAY } from '../overlay/apply-overlay.js';
import { type SourceFile } from '../files/parse-file.js';

/** A part of a file. */
export interface Excerpt {
  file: string;
  /** First line, from 1. */
  line: number;
  text: string;
}

/**
 * The text of a rule where it stands among the files of a version: in the centre's overlay when that replaces or adds
 * it, else in its pack; with what the overlay changes in it before it. Empty when it stands nowhere.
 */
export function ruleExcerpts(files: readonly SourceFile[], ruleId: string): Excerpt[] {
  const [pack = '', name = ''] = ruleId.split('/');
  const under = (folder: string) => files.filter(({ path }) => path.startsWith(folder));
  const change = itemIn(under(OVERLAY), 'rule', ruleId);
  const shipped = itemIn(under(`${pack}/`), 'id', name);
  if (change && shipped) return [change, shipped];
  const own = itemIn(under(`${OVERLAY}${pack}/`), 'id', name) ?? shipped;
  return own ? [own] : [];
}

/** The item of a file's lists that says so, as it is written; whether it is YAML or JSON. */
function itemIn(files: readonly SourceFile[], key: 'id' | 'rule', value: string): Excerpt | null {
  for (const { path, text } of files) {
    if (!text.includes(value)) continue;
    const lines = new LineCounter();
    const { contents } = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const item = itemsOf(contents).find((one) => one.get(key) === value);
    if (item?.range) return { file: path, line: lines.linePos(item.range[0]).line, text: written(item, text) };
  }
  return null;
}

function itemsOf(contents: unknown): YAMLMap[] {
  const lists = isMap<unknown, unknown>(contents) ? contents.items.map((pair) => pair.value) : [];
  return lists.filter((list) => isSeq<unknown>(list)).flatMap(({ items }) => items.filter((item) => isMap(item)));
}

/** From the beginning of its first line, but for an item amid others on it; without comments on what comes next. */
function written({ range }: YAMLMap, text: string): string {
  const [start = 0, end = 0] = range ?? [];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  const lines = text.slice(/^[\s-]*$/.test(before) ? lineStart : start, end).trimEnd().split('\n');
  while (/^\s*(#|$)/.test(lines.at(-1) ?? 'rule')) lines.pop();
  return lines.join('\n');
}
