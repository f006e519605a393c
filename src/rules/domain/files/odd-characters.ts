/** Signs of a Chinese keyboard, and spaces of word processors, beside what YAML reads in their place. */
const MEANT: Readonly<Record<string, string>> = {
  '：': ': ',
  '，': ', ',
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '－': '-',
  '＃': '#',
  '\u00A0': ' ',
  '\u3000': '  ',
};
const ODD = new RegExp(`[${Object.keys(MEANT).join('')}]`, 'g');
/** What no keyboard writes into a text, and no page shows. */
 
const CONTROL = /[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F]/;
/** Tried in one file at most: each is a reading of the whole of it. */
const MOST_TRIED = 24;

/** A character that stands where another belongs. */
export interface OddCharacter {
  offset: number;
  found: string;
  expected: string;
}

/** The first control character of a text. */
export function controlCharacterIn(text: string): { offset: number; found: string } | null {
  const offset = text.search(CONTROL);
  if (offset < 0) return null;
  const code = text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0');
  return { offset, found: `U+${code}` };
}

/**
 * The full-width sign or odd space that keeps a file from being read: on the lines of the first fault and the one above, the
 * first with which all on its line read as meant the file can be read further.
 * @param offset of the first fault
 * @param faultAt where the first fault lies in another text; null when it has none
 */
export function oddCharacterIn(text: string, offset: number, faultAt: (text: string) => number | null): OddCharacter | null {
  const end = text.indexOf('\n', offset);
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const above = line === 0 ? 0 : text.lastIndexOf('\n', line - 2) + 1;
  const spans = [
    [line, end < 0 ? text.length : end],
    [above, Math.max(above, line - 1)],
  ] as const;
  for (const [from, to] of spans) {
    const found = [...text.slice(from, to).matchAll(ODD)].slice(0, MOST_TRIED).map(({ index, 0: sign }) => ({ offset: from + index, sign }));
    const [first] = found;
    if (!first) continue;
    // One of them alone, else all of the line.
    for (const some of [...found.map((one) => [one]), found]) {
      const mended = withMeant(text, some);
      const next = faultAt(mended);
      if (next !== null && next <= to + mended.length - text.length) continue;
      const [{ offset: at, sign }] = some as [typeof first];
      return { offset: at, ...inWords(sign) };
    }
  }
  return oddIndent(text.slice(0, end < 0 ? text.length : end));
}

/** The first line that is indented by spaces of a word processor: what follows it no longer fits. */
function oddIndent(text: string): OddCharacter | null {
  const found = /^( *)([\u00A0\u3000])/m.exec(text);
  return found && { offset: found.index + (found[1] ?? '').length, ...inWords(found[2] ?? '') };
}

/** A space is named by its number: nobody sees which one it is. */
function inWords(sign: string): Pick<OddCharacter, 'found' | 'expected'> {
  const isSpace = sign.trim() === '';
  const found = isSpace ? `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}` : sign;
  return { found, expected: isSpace ? 'U+0020' : (MEANT[sign] as string).trim() };
}

/** What a name was meant to be that has such a sign within: `value：3.0` is `value`. */
export function oddCharacterInName(name: string): Pick<OddCharacter, 'found' | 'expected'> & { before: string } | null {
  const at = name.search(ODD);
  const found = name[at];
  if (at < 1 || found === undefined) return null;
  return { before: name.slice(0, at).replace(/:$/, ''), ...inWords(found) };
}

function withMeant(text: string, some: readonly { offset: number; sign: string }[]): string {
  let mended = '';
  let last = 0;
  for (const { offset, sign } of some) {
    mended += text.slice(last, offset) + (MEANT[sign] as string);
    last = offset + 1;
  }
  return mended + text.slice(last);
}
