/** A word in both languages; Chinese first. */
export interface Bilingual {
  zh: string;
  en: string;
}

/**
 * One message of rule files. A text may have holes, `{fact}`; `{found}` and `{expected}` are filled with what every
 * notice carries, and stand at the end where a text does not place them.
 */
export interface Message extends Bilingual {
  /** How the file is mended, for the list of all messages. */
  mend: Bilingual;
}

/** What a place in a file is told of beside its message. */
export interface Seen {
  /** As it stands in the file; empty where nothing stands. */
  found?: string;
  expected?: string | readonly string[];
  nearest?: string | null;
}

/** What fills a hole: one text for both languages, or one for each. */
export type Filling = string | number | Bilingual;

type HolesIn<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | HolesIn<Rest>
  : never;

/** The holes of a message that must be filled by hand. */
export type Holes<M extends Message> = Exclude<HolesIn<M['zh'] | M['en']>, keyof Seen>;

/** A message in both languages, its holes filled. */
export function say(message: Message, seen: Seen, fillings: Readonly<Record<string, Filling>>): Bilingual {
  const { expected } = seen;
  const words: Seen & { expected?: string } = {
    ...seen,
    expected: typeof expected === 'string' ? expected : expected?.join(', '),
  };
  return {
    zh: `${fill(message.zh, 'zh', words, fillings)}${tail(message, words, 'zh')}${seen.nearest ? '？' : '。'}`,
    en: `${fill(message.en, 'en', words, fillings)}${tail(message, words, 'en')}${seen.nearest ? '?' : '.'}`,
  };
}

function fill(
  text: string,
  language: keyof Bilingual,
  { found, expected }: Seen,
  fillings: Readonly<Record<string, Filling>>,
): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string, at: number) => {
    if (name === 'found') return quoted(found ?? '', language);
    if (name === 'expected') return String(expected ?? '');
    const filling = fillings[name];
    if (filling === undefined) return hole;
    const said = typeof filling === 'object' ? filling[language] : String(filling);
    return spaced(text.charAt(at - 1), said, text.charAt(at + hole.length));
  });
}

const HAN = /[\u4e00-\u9fff]/;

/** A Latin word among Chinese ones stands apart. */
function spaced(before: string, said: string, after: string): string {
  const start = HAN.test(before) && /^\w/.test(said) ? ' ' : '';
  return `${start}${said}${HAN.test(after) && /\w$/.test(said) ? ' ' : ''}`;
}

/** What a text does not place itself. Where a name is near, the others are left out: one glance must do. */
function tail(message: Message, { found, expected, nearest }: Seen, language: keyof Bilingual): string {
  const text = message[language];
  const isZh = language === 'zh';
  let said = '';
  if (found !== undefined && !text.includes('{found}')) {
    said += isZh ? `，写的是 ${quoted(found, language)}` : `, found ${quoted(found, language)}`;
  }
  if (nearest) said += isZh ? `；是不是要写 "${nearest}"` : `; did you mean "${nearest}"`;
  else if (expected && !text.includes('{expected}')) {
    said += isZh ? `；应当写 ${String(expected)}` : `; expected ${String(expected)}`;
  }
  return said;
}

function quoted(found: string, language: keyof Bilingual): string {
  if (found === '') return language === 'zh' ? '空白' : 'nothing';
  return found === '{…}' || found === '[…]' ? found : `"${found}"`;
}
