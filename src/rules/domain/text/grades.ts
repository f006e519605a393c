/** BI-RADS, C-TIRADS, TI-RADS, Lung-RADS, …: one family of names. */
const FAMILY = /RADS/i;
const NUMERAL: Record<string, number> = { I: 1, II: 2, III: 3, IV: 4, V: 5, VI: 6, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6 };
const GRADE = '(?:[0-6]|VI|IV|V|I{1,3}|[一二三四五六])';

/** Not a size, a date or a longer number. */
const ALONE = '(?!\\s*(?:\\d|\\.|mm|cm|×|x|月|年|岁|个))';
const ONE = `${GRADE}${ALONE}\\s*[a-cx]?\\s*[类级]?`;
/** The grade behind the name (`BI-RADS 4A类`, `TI-RADS分类:3-4级`), or several. */
const NAMED = new RegExp(
  `[A-Z-]*RADS[^0-9IV一二三四五六]{0,12}(?:TR|LR)?-?(${ONE}(?:\\s*[-~/、至到]\\s*${ONE})*)`,
  'gi',
);
/** A grade elsewhere in a report that names the family: `左侧4A类`, `4b`. */
const LOOSE = new RegExp(`(?<![0-9.A-Z])(${GRADE}\\s*(?:[a-c]?\\s*类|[a-c](?![A-Z0-9])))`, 'gi');

export function gradeFamilyIn(plain: string): boolean {
  return FAMILY.test(plain);
}

/** Places in the clause with a grade of the RADS family at `from` or above; `lowest` of a span such as 3-4. */
export function findGrades(
  clause: string,
  familyIsNamed: boolean,
  from: number,
): { start: number; end: number; lowest: number }[] {
  if (!familyIsNamed) return [];
  return [NAMED, LOOSE].flatMap((pattern) =>
    [...clause.matchAll(pattern)]
      .map((match) => ({ match, grades: gradesIn(match[1] ?? '') }))
      .filter(({ grades }) => Math.max(0, ...grades) >= from)
      .map(({ match: { index, 0: text }, grades }) => ({
        start: index,
        end: index + text.length,
        lowest: Math.min(...grades),
      })),
  );
}

function gradesIn(text: string): number[] {
  const grades = text.toUpperCase().match(new RegExp(GRADE, 'g')) ?? [];
  return grades.map((grade) => NUMERAL[grade] ?? Number(grade));
}
