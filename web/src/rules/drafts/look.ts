import { EditorView } from '@codemirror/view';
import type { Language } from '../../words';

/** The page's own nonce: its styles are let in by it. */
export function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
}

/** Colours of the page, light or dark. */
export const THEME = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '13px' },
  '.cm-content': { fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace' },
  '.cm-gutters': { backgroundColor: 'var(--page)', color: 'var(--secondary)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused': { outline: '2px solid var(--focus)' },
  // Its signs are in few fonts.
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: "'⋯'" },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--text)', border: '1px solid var(--line)' },
});

/** What the editor says of itself, in Chinese. */
const zh = {
  'Find': '查找',
  'Replace': '替换',
  'next': '下一个',
  'previous': '上一个',
  'all': '全部',
  'match case': '区分大小写',
  'by word': '整词',
  'replace': '替换',
  'replace all': '全部替换',
  'close': '关闭',
  'regexp': '正则',
  'Go to line': '转到行',
  'go': '转到',
  'Diagnostics': '错误',
  'No diagnostics': '没有错误',
  '$ unchanged lines': '$ 行未改',
  'Unfolded lines': '已展开',
  'Folded lines': '已折叠',
  'Fold line': '折叠',
  'Unfold line': '展开',
  'to': '至',
  'current match': '当前匹配',
  'Control character': '控制字符',
  'Completions': '候选',
};

export const PHRASES: Record<Language, Record<string, string>> = { zh, en: {} };
