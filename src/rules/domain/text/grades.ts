/** BI-RADS, C-TIRADS, TI-RADS, Lung-RADS, …: one family of names. */
const FAMILY = '(?:[A-Z-]+ ?)?RADS';
const NUMERAL: Record<string, string> = {
  I: '1', II: '2', III: '3', IV: '4', V: '5', VI: '6', 一: '1', 二: '2', 三: '3', 四: '4', 五: '5', 六: '6',
}; // prettier-ignore
const GRADE = '(?:[0-6]|VI|IV|V|I{1,3}|[一二三四五六])';
const LETTER = '(?:[a-c](?![a-z])|x(?![a-z线]))';

/** The classes of the family, in their order: 4 without a letter is at least the least of class 4. */
export const GRADES = ['0', '1', '2', '3', '4', '4A', '4B', '4C', '4X', '5', '6'] as const;

/** Not a size, a date or a longer number. */
const ALONE = '(?!\\s*(?:\\d|\\.|mm|cm|×|x(?!线)|月|年|岁|个))';
const ONE = `${GRADE}(?:(?<=4|IV|四)\\s*${LETTER}|${ALONE})\\s*[类级]?`;
/** The grade behind the name (`BI-RADS 4A类`, `TI-RADS分类:3-4级`), or several. */
const NAMED = new RegExp(
  `(${FAMILY})[^0-9IV一二三四五六]{0,12}(?:TR|LR)?-?(${ONE}(?:\\s*[-~/、至到]\\s*${ONE})*)`,
  'gi',
);
/** A grade elsewhere in a report that names the family: `左侧4A类`, `4b`. */
const LOOSE = new RegExp(`(?<![0-9.A-Z])(${GRADE}\\s*(?:${LETTER}?\\s*类|[a-c](?![A-Z0-9])))`, 'gi');

/** Which classes count. */
export interface GradeLimits {
  from: string;
  /** The last that counts; null without end. */
  to: string | null;
  /** Names of systems, as `BI-RADS`; null for the whole family. */
  of: readonly string[] | null;
}

/** A place in a clause with a class that counts. */
export interface FoundGrade {
  start: number;
  end: number;
  /** False where it may be another: of a span (3-4类) one end only, or a class whose system is not certain. */
  isCertain: boolean;
}

/** The systems that a report names, each once. */
export function gradeSystemsIn(plain: string): string[] {
  return [...new Set(Array.from(plain.matchAll(new RegExp(FAMILY, 'gi')), ([name]) => systemOf(name)))];
}

/**
 * Places in the clause with a grade within the limits.
 * @param systems those that the whole report names: a grade without a name is of one of them
 */
export function findGrades(clause: string, systems: readonly string[], limits: GradeLimits): FoundGrade[] {
  const of = limits.of?.map(systemOf) ?? null;
  const isOf = (system: string): boolean => of === null || of.includes(system);
  if (!systems.some(isOf)) return [];
  const named = [...clause.matchAll(NAMED)];
  const loose = [...clause.matchAll(LOOSE)].filter(
    ({ index }) => !named.some((one) => one.index <= index && index < one.index + one[0].length),
  );
  return [
    ...named.flatMap(({ index, 0: text, 1: name = '', 2: grades = '' }) =>
      isOf(systemOf(name)) ? within(index, text, grades, true, limits) : [],
    ),
    ...loose.flatMap(({ index, 0: text }) => within(index, text, text, systems.every(isOf), limits)),
  ];
}

/** `C-TIRADS`, `CTIRADS` and `C TIRADS` are one. */
function systemOf(name: string): string {
  return name.toUpperCase().replace(/[- ]/g, '');
}

function within(start: number, text: string, written: string, isCertain: boolean, limits: GradeLimits): FoundGrade[] {
  const ranks = gradesIn(written).map((grade) => GRADES.indexOf(grade));
  const [lowest, highest] = [Math.min(...ranks), Math.max(...ranks)];
  const from = gradeRank(limits.from);
  const to = limits.to === null ? Infinity : gradeRank(limits.to);
  if (ranks.length === 0 || highest < from || lowest > to) return [];
  return [{ start, end: start + text.length, isCertain: isCertain && lowest >= from }];
}

/** The place of a class among all of them; -1 for none of them. */
export function gradeRank(grade: string): number {
  return (GRADES as readonly string[]).indexOf(grade.toUpperCase());
}

function gradesIn(text: string): (typeof GRADES)[number][] {
  const found = text.toUpperCase().matchAll(new RegExp(`(${GRADE})(?:\\s*([A-CX])(?![A-Z线]))?`, 'g'));
  return Array.from(found).flatMap(([, numeral = '', letter = '']) => {
    const digit = NUMERAL[numeral] ?? numeral;
    const rank = gradeRank(digit === '4' ? digit + letter : digit);
    return rank < 0 ? [] : [GRADES[rank]!];
  });
}
