/** Where a text stops being JSON, and how; never what stands there. */
export interface JsonBreak {
  line: number;
  column: number;
  what: string;
}

const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\n\r]*/y;

/** What may come next: a value, a value or `]`, a key, a key or `}`, a colon, or a comma or closing bracket. */
type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'separator';
const WANTED: Record<Expected, string> = {
  value: 'a value is expected',
  'value-or-end': 'a value or ] is expected',
  key: 'a key in quotes is expected',
  'key-or-end': 'a key in quotes or } is expected',
  colon: 'a colon is expected',
  separator: 'a comma or a closing bracket is expected',
};

/** Finds the first fault of a text that JSON.parse refused. */
export function breakOf(text: string): JsonBreak {
  const open: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  let at = skip(SPACE, text, 0);
  for (;;) {
    if (at >= text.length) return place(text, at, 'it ends too early');
    const end = step(text, at, expected, open);
    if (!end) return place(text, at, WANTED[expected]);
    [at, expected] = [skip(SPACE, text, end[0]), end[1]];
    if (open.length === 0 && expected === 'separator') return place(text, at, 'something follows the value');
  }
}

/** Takes one token: where it ends and what may follow it; null when it is not what was expected. */
function step(text: string, at: number, expected: Expected, open: ('[' | '{')[]): [number, Expected] | null {
  const char = text[at];
  switch (expected) {
    case 'colon':
      return char === ':' ? [at + 1, 'value'] : null;
    case 'separator':
      if (char === ',') return [at + 1, open.at(-1) === '{' ? 'key' : 'value'];
      return close(char, at, open);
    case 'key-or-end':
      if (char === '}') return close(char, at, open);
      return taken(STRING, text, at, 'colon');
    case 'key':
      return taken(STRING, text, at, 'colon');
    case 'value-or-end':
      if (char === ']') return close(char, at, open);
  }
  if (char === '[' || char === '{') {
    open.push(char);
    return [at + 1, char === '[' ? 'value-or-end' : 'key-or-end'];
  }
  return taken(char === '"' ? STRING : LITERAL, text, at, 'separator');
}

function close(char: string | undefined, at: number, open: ('[' | '{')[]): [number, Expected] | null {
  if (char !== (open.at(-1) === '{' ? '}' : ']')) return null;
  open.pop();
  return [at + 1, 'separator'];
}

function taken(pattern: RegExp, text: string, at: number, then: Expected): [number, Expected] | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? [pattern.lastIndex, then] : null;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

function place(text: string, at: number, what: string): JsonBreak {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return { line, column: at - before.lastIndexOf('\n'), what };
}
