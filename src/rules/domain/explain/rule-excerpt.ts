import { OVERLAY } from '../overlay/apply-overlay.js';
import { type SourceFile } from '../files/parse-file.js';

/** Lines of a file. */
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

/** The lines of one item of a list, from its `- id:` (or `- rule:`) to the next. */
function itemIn(files: readonly SourceFile[], key: 'id' | 'rule', value: string): Excerpt | null {
  const head = new RegExp(`^\\s*-\\s+(?:\\{\\s*)?${key}:\\s*([^\\s,}]+)`);
  for (const { path, text } of files) {
    const lines = text.split('\n');
    const start = lines.findIndex((line) => head.exec(line)?.[1] === value);
    const first = lines[start];
    if (first === undefined) continue;
    const indent = /^\s*/.exec(first)?.[0] ?? '';
    const length = lines.slice(start + 1).findIndex((line) => line.startsWith(`${indent}- `));
    const item = length < 0 ? lines.slice(start) : lines.slice(start, start + 1 + length);
    return { file: path, line: start + 1, text: item.join('\n').trimEnd() };
  }
  return null;
}
