import { type Lexicon, type PhraseList, type Reading } from './lexicon.js';
import { findGrades, gradeFamilyIn } from './grades.js';
import { clauses, plainText } from './plain-text.js';
import { leavesExcluded, nameEnds, reachesThrough } from './scope.js';

interface Mention {
  kind: 'malignant' | 'tumour' | 'positive' | 'benign';
  start: number;
  end: number;
}

const GRAVITY: Record<Reading, number> = { suspected: 3, unclear: 2, excluded: 1, nothing: 0 };

/** The graver of two readings. */
export function graver(a: Reading, b: Reading): Reading {
  return GRAVITY[a] >= GRAVITY[b] ? a : b;
}

/**
 * What a conclusion says of malignancy, clause by clause. Negation ends with its clause; only a completed exclusion
 * silences, and only when every word between it and what it excludes is known; what can't be read with certainty is
 * `unclear`. Chinese (both scripts) and English.
 */
export function readConclusion(text: string, lexicon: Lexicon): Reading {
  const plain = plainText(text);
  if (!speaksOfAnything(plain, lexicon) && !speaksOfAnything(plain.replaceAll('\n', ''), lexicon)) return 'nothing';
  const reading = readPlain(plain, lexicon);
  // A line that breaks in the middle of a sentence may have torn a word or may have ended one: the graver reading counts.
  const rejoined = plain.replace(/(?<=[\u3400-\u9FFF])\n+(?=[\u3400-\u9FFF])/g, '');
  return rejoined === plain ? reading : graver(reading, readPlain(rejoined, lexicon));
}

function speaksOfAnything(plain: string, lexicon: Lexicon): boolean {
  return lexicon.anyName.test(plain) || lexicon.anyAbbreviation.test(plain);
}

function readPlain(plain: string, lexicon: Lexicon): Reading {
  const gradesAreNamed = gradeFamilyIn(plain);
  let reading = 'nothing' as Reading;
  let isNamed = false;
  for (const sentence of clauses(plain)) {
    for (const each of sentence) {
      if (!isNamed && !speaksOfAnything(each, lexicon) && !gradesAreNamed) continue;
      const clause = blank(each, lexicon.patterns.ignored);
      const mentions = mentionsIn(clause, lexicon, gradesAreNamed);
      const said =
        mentions.length > 0
          ? mentions.map((mention) => readMention(clause, mention, lexicon)).reduce(graver)
          : readOpenEnd(clause, reading, isNamed, lexicon);
      reading = graver(reading, said);
      isNamed ||= mentions.length > 0;
    }
  }
  return reading;
}

/** "肝右叶占位,建议增强CT除外": what is to be excluded was named in a clause before. */
function readOpenEnd(clause: string, before: Reading, isNamed: boolean, lexicon: Lexicon): Reading {
  const end = matches(clause, lexicon, 'cannotExclude').find((match) => match.index + match[0].length === clause.length);
  if (!end) return 'nothing';
  if (before === 'unclear') return 'suspected';
  return isNamed && end.index === 0 ? 'unclear' : 'nothing';
}

function readMention(clause: string, mention: Mention, lexicon: Lexicon): Reading {
  const cannotExclude = has(clause, lexicon, 'cannotExclude');
  const exclusion = exclusionOf(clause, mention, lexicon);
  if (exclusion === 'completed') return mention.kind === 'benign' ? 'nothing' : 'excluded';
  const suspects = has(clause, lexicon, 'suspects');
  const leans = (has(clause, lexicon, 'leans') || isAsked(clause, mention)) && !has(clause, lexicon, 'leavesOpen');
  if (mention.kind === 'benign') {
    const isDoubted = cannotExclude || suspects || leans || clause.includes('?');
    return isDoubted || has(clause, lexicon, 'unsettles') ? 'unclear' : 'nothing';
  }
  if (cannotExclude) return 'suspected';
  if (exclusion === 'begun' || isPast(clause, mention, lexicon)) return 'unclear';
  if (suspects) return 'suspected';
  if (mention.kind === 'positive') return isAfterExclusion(clause, mention, lexicon) ? 'unclear' : 'suspected';
  return mention.kind === 'malignant' && leans ? 'suspected' : 'unclear';
}

/** `肝癌?`: the question mark right behind, or behind a bracket. */
function isAsked(clause: string, mention: Mention): boolean {
  return clause.slice(mention.end).includes('?');
}

/** `begun`: the mention stands under an exclusion that something in the clause takes back or leaves open. */
function exclusionOf(clause: string, mention: Mention, lexicon: Lexicon): 'none' | 'begun' | 'completed' {
  const before = clause.slice(0, mention.start);
  const behind = clause.slice(mention.end);
  const isSettled = !['unsettles', 'cannotExclude'].some((list) => has(clause, lexicon, list as PhraseList));
  const state = (isWhole: boolean) => (isWhole && isSettled && !clause.includes('?') ? 'completed' : 'begun');
  if (followedBy(behind, lexicon, 'excludedAfter', '\\s*$')) return state(true);
  const isNamedBehind = matches(before, lexicon, 'excludes').some((match) =>
    reachesThrough(before.slice(match.index + match[0].length), lexicon.scope),
  );
  return isNamedBehind ? state(leavesExcluded(behind, lexicon.scope)) : 'none';
}

/** An exclusion stands before, but words that are not known keep it from reaching the mention. */
function isAfterExclusion(clause: string, mention: Mention, lexicon: Lexicon): boolean {
  return has(clause.slice(0, mention.start), lexicon, 'excludes');
}

function isPast(clause: string, mention: Mention, lexicon: Lexicon): boolean {
  return followedBy(clause.slice(mention.end), lexicon, 'history', '');
}

/** Whether the name of the finding is followed at once by a phrase of the list. */
function followedBy(behind: string, lexicon: Lexicon, list: PhraseList, end: string): boolean {
  const pattern = lexicon.patterns[list];
  if (!pattern) return false;
  const next = new RegExp(`^(?:${pattern.source})${end}`, 'i');
  return nameEnds(behind, lexicon.scope).some((at) => next.test(behind.slice(at)));
}

/** Every mention once: the longest name that begins first takes its place (血管瘤 is not a 瘤 of unknown kind). */
function mentionsIn(clause: string, lexicon: Lexicon, gradesAreNamed: boolean): Mention[] {
  const found: Mention[] = [];
  const take = (kind: Mention['kind'], list: PhraseList) => {
    for (const match of matches(clause, lexicon, list)) {
      found.push({ kind, start: match.index, end: match.index + match[0].length });
    }
  };
  take('positive', 'positive');
  take('malignant', 'malignant');
  take('malignant', 'abbreviations');
  take('benign', 'benign');
  take('tumour', 'tumour');
  if (lexicon.gradesFrom !== null) {
    for (const grade of findGrades(clause, gradesAreNamed, lexicon.gradesFrom)) found.push({ kind: 'tumour', ...grade });
  }
  return found.filter((one) => !found.some((other) => other !== one && covers(other, one)));
}

function covers(outer: Mention, inner: Mention): boolean {
  const isLonger = outer.end - outer.start > inner.end - inner.start;
  return isLonger && outer.start <= inner.start && outer.end >= inner.end;
}

function matches(clause: string, lexicon: Lexicon, list: PhraseList): RegExpExecArray[] {
  const pattern = lexicon.patterns[list];
  if (!pattern) return [];
  const found = [...clause.matchAll(pattern)];
  const isWary = list === 'suspects' || list === 'leans';
  return isWary ? found.filter((match) => !NEGATOR.test(clause.slice(0, match.index))) : found;
}

/** 不考虑, 未提示, "not suspicious": a word right before that turns a suspicion round. */
const NEGATOR = /(?:[不未无非]|\b(?:not|no|non|un)[ -]?)$/i;

function has(clause: string, lexicon: Lexicon, list: PhraseList): boolean {
  return matches(clause, lexicon, list).length > 0;
}

/** Words that say nothing become marks that no pattern knows, so that nothing is read across them. */
function blank(clause: string, ignored: RegExp | undefined): string {
  return ignored ? clause.replace(ignored, (word) => '\uFFFC'.repeat(word.length)) : clause;
}
