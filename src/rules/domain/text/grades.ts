/** BI-RADS, C-TIRADS, TI-RADS, Lung-RADS, …: one family of names. */
const FAMILY = /RADS/i;
const NUMERAL: Record<string, number> = { I: 1, II: 2, III: 3, IV: 4, V: 5, VI: 6, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6 };
const GRADE = '(?:[0-6]|VI|IV|V|I{1,3}|[一二三四五六])';

/** The grade behind the name (`BI-RADS 4A类`, `TI-RADS分类:3-4级`), or a span of grades. */
const NAMED = new RegExp(
  `[A-Z-]*RADS[^0-9IV一二三四五六]{0,12}(?:TR|LR)?-?(${GRADE})\\s*[a-cx]?[类级]?(?:\\s*[-~/、至到]\\s*(${GRADE})\\s*[a-cx]?)?\\s*[类级]?`,
  'gi',
);
/** A grade elsewhere in a report that names the family: `左侧4A类`. */
const LOOSE = new RegExp(`(?<![0-9.A-Z])(${GRADE})\\s*[a-c]?\\s*类`, 'gi');

export function gradeFamilyIn(plain: string): boolean {
  return FAMILY.test(plain);
}

/** Places in the clause with a grade of the RADS family at `from` or above. */
export function findGrades(
  clause: string,
  familyIsNamed: boolean,
  from: number,
): { start: number; end: number }[] {
  if (!familyIsNamed) return [];
  return [NAMED, LOOSE].flatMap((pattern) =>
    [...clause.matchAll(pattern)]
      .filter((match) => Math.max(gradeOf(match[1]), gradeOf(match[2])) >= from)
      .map((match) => ({ start: match.index, end: match.index + match[0].length })),
  );
}

function gradeOf(text: string | undefined): number {
  if (text === undefined) return 0;
  return NUMERAL[text.toUpperCase()] ?? Number(text);
}
