/**
 * How far an exclusion reaches. "未见明确占位、肿大淋巴结及转移征象" excludes what it lists; "未见结节右上肺占位" has lost a comma
 * and must not. So only known words in their known order carry an exclusion on, and one word not known ends it.
 */
export interface Scope {
  fillers: WordIndex;
  nouns: WordIndex;
  tails: WordIndex;
  connectors: WordIndex;
}

/** Words by their first character. */
type WordIndex = ReadonlyMap<string, readonly string[]>;

export function indexWords(words: readonly string[]): WordIndex {
  const index = new Map<string, string[]>();
  for (const word of new Set(words.map((each) => each.toLowerCase()))) {
    const first = word.charAt(0);
    const known = index.get(first);
    if (known) known.push(word);
    else index.set(first, [word]);
  }
  return index;
}

const BEFORE_NOUN = 1;
const AFTER_NOUN = 2;

/** Whether the words between an exclusion and a mention let the exclusion reach it. */
export function reachesThrough(between: string, scope: Scope): boolean {
  const text = between.toLowerCase();
  const states = new Uint8Array(text.length + 1);
  states[0] = BEFORE_NOUN;
  const mark = (at: number, state: number) => (states[at] = (states[at] ?? 0) | state);
  for (let at = 0; at < text.length; at++) {
    const state = states[at] ?? 0;
    if (state === 0) continue;
    if (text[at] === ' ') mark(at + 1, state);
    for (const word of wordsAt(text, at, scope.nouns)) mark(at + word.length, AFTER_NOUN);
    if (state & BEFORE_NOUN) {
      for (const word of wordsAt(text, at, scope.fillers)) mark(at + word.length, BEFORE_NOUN);
    }
    if (state & AFTER_NOUN) {
      for (const word of wordsAt(text, at, scope.tails)) mark(at + word.length, AFTER_NOUN);
      for (const word of wordsAt(text, at, scope.connectors)) mark(at + word.length, BEFORE_NOUN);
    }
  }
  return ((states[text.length] ?? 0) & BEFORE_NOUN) !== 0;
}

/** Where the name of a finding may end, when `behind` is what follows its first words. */
export function nameEnds(behind: string, scope: Scope): number[] {
  const text = behind.toLowerCase();
  const ends = new Set([0]);
  for (const end of ends) {
    if (text[end] === ' ') ends.add(end + 1);
    for (const index of [scope.tails, scope.nouns]) {
      for (const word of wordsAt(text, end, index)) ends.add(end + word.length);
    }
  }
  return [...ends];
}

/** Whether what follows an excluded mention leaves it excluded: nothing, a bracket, an enumeration, or a routine recheck. */
export function leavesExcluded(behind: string, scope: Scope): boolean {
  const rest = behind.toLowerCase();
  return nameEnds(behind, scope).some(
    (end) =>
      /^\s*(?:\([^()]*\)\s*)?(?:建议(?:定期|动态|)(?:随访|复查|体检).*)?$/.test(rest.slice(end)) ||
      wordsAt(rest, end, scope.connectors).length > 0,
  );
}

function wordsAt(text: string, at: number, index: WordIndex): string[] {
  const words = index.get(text.charAt(at));
  return words ? words.filter((word) => text.startsWith(word, at)) : [];
}
