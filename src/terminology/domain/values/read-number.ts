import { exactly, type Interval } from '../../../kernel/index.js';

export type Comparator = '<' | '<=' | '>=' | '>';

/** A number or range read from text, with whatever unit stood behind it. */
export interface NumberRead {
  interval: Interval;
  /** Unit as written, or null when there was none. */
  unit: string | null;
}

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d+)?|\.\d+)`;
const COMPARED = new RegExp(`^(<=|>=|<|>)?(${NUMBER})$`);
const RANGE = new RegExp(`^(${NUMBER})(?:~+|-+|至|到)(${NUMBER})$`);
/** A unit or a word: `1,234`, `1:160` and `1e5` go on with something else. */
const UNIT_LIKE =
  /^(?:10[*^eE]?(?:3|6|9|12)\/|[a-df-zA-DF-Zµμ%‰°/×*[(\u4e00-\u9fff]|e(?!\d))[^,;，；。]{0,30}$/;
/** `15/HP-30/HP`, `3.9 mmol/L ~ 6.1 mmol/L`: the unit behind both ends. */
const UNIT_TWICE = new RegExp(String.raw`^(${NUMBER})\s*([^\d\s.]\S*?)\s*(~+|-+|至|到)\s*(${NUMBER})\s*\2$`);
/** The other end of a range, with a unit that is written otherwise: no unit of the first. */
const ANOTHER_END = /[~至到]|-\s*\d+(?:\.\d+)?(?:\s*[/[]|\s+\S)/;
const FLAGS = /(?:[↑↓*]+|\s+[HL])$/;
const FLAGS_BEFORE = /^[↑↓*]+\s*/;

/** Half-open interval of a value with a comparator; a plain number is a point. */
export function compared(comparator: Comparator | undefined, value: string): Interval {
  switch (comparator) {
    case undefined:
      return exactly(value);
    case '<':
      return { low: null, high: value, lowOpen: true, highOpen: true };
    case '<=':
      return { low: null, high: value, lowOpen: true, highOpen: false };
    case '>':
      return { low: value, high: null, lowOpen: true, highOpen: true };
    case '>=':
      return { low: value, high: null, lowOpen: false, highOpen: true };
  }
}

/** ASCII without an equals sign, as nearly every value and limit is: nothing below changes any of it. */
const IS_PLAIN = /^[ -<>-~]*$/;

/** One width, one set of comparators and dashes: `＞１０００` → `>1000`, `0.00～7.00` → `0.00~7.00`. */
export function plainText(text: string): string {
  if (IS_PLAIN.test(text)) return text.trim();
  return text
    .replace(/[–—−‐‑]/g, '-')
    .normalize('NFKC')
    .replace(/≤|≦|⩽|=</g, '<=')
    .replace(/≥|≧|⩾|=>/g, '>=')
    .replace(/小于等于|不大于|不超过/g, '<=')
    .replace(/大于等于|不小于/g, '>=')
    .replace(/小于|低于/g, '<')
    .replace(/大于|高于/g, '>')
    .replace(/\u200b/g, '')
    .trim();
}

/**
 * Reads `3.2`, `<0.5`, `＞1000`, `≥ 33.8 nmol/L`, `15-30`, `5~20 /HP`, `3-5/HP`, `3/HP-5/HP`; arrows before
 * and behind the number and H/L flags are left aside. Null when the text is anything else: a comma (decimal or thousands?) is not guessed at.
 */
export function readNumber(text: string): NumberRead | null {
  if (text.length > 200) return null;
  const plain = plainText(text).replace(FLAGS, '').replace(FLAGS_BEFORE, '').trim();
  if (plain.length === 0 || plain.length > 60) return null;
  const { number, unit } = splitUnit(plain.replace(UNIT_TWICE, '$1$3$4 $2'));
  if (unit !== null && (!UNIT_LIKE.test(unit) || ANOTHER_END.test(unit))) return null;
  const compact = number.replace(/\s+/g, '');
  if (compact.length > 30) return null;
  const single = COMPARED.exec(compact);
  if (single) return { interval: compared(single[1] as Comparator | undefined, tidy(single[2]!)), unit };
  const range = RANGE.exec(compact);
  if (!range) return null;
  const [low, high] = [tidy(range[1]!), tidy(range[2]!)];
  if (Number(low) > Number(high)) return null;
  return { interval: { low, high, lowOpen: false, highOpen: false }, unit };
}

function splitUnit(text: string): { number: string; unit: string | null } {
  const match = /^([<>=]*\s*[+-]?[\d.]+(?:\s*(?:~+|-+|至|到)\s*[+-]?[\d.]+)?)\s*(\S.*)?$/.exec(text);
  if (!match) return { number: text, unit: null };
  return { number: match[1]!, unit: match[2]?.trim() ?? null };
}

/** `+3` → `3`, `.5` → `0.5`: a decimal text as the rest of the program writes it. */
function tidy(number: string): string {
  const unsigned = number.replace(/^\+/, '');
  return unsigned.replace(/^(-?)\./, '$10.');
}
