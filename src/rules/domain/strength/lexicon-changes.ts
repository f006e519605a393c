import { type Bilingual } from '../catalogue.js';
import { COMPARISONS, type Comparison } from '../compare.js';
import { type LexiconFile } from '../files/read-lexicon.js';
import { type SourceNode } from '../files/source-node.js';
import { GRADES, gradeRank } from '../text/grades.js';
import { type LexiconGrades, PHRASE_LISTS, type LexiconSource, type MeasuredPhrase, type PhraseList, UNMEASURED } from '../text/lexicon.js';
import { MEASURE_UNITS, measureOf } from '../text/measures.js';
import { neighbours } from './step.js';

/** One change to a lexicon. */
export interface LexiconChange {
  place: SourceNode;
  what: Bilingual;
  source: LexiconSource;
}

/**
 * Every phrase dropped, the class that grades count from moved by one, grades that are findings no longer so, and every
 * measure changed. Lists of plain words are left out: a missing word sends a text to the doctor, it loses none. Codes
 * too: no example can say one.
 */
export function lexiconChanges(file: LexiconFile): LexiconChange[] {
  const lists = Object.keys(PHRASE_LISTS) as PhraseList[];
  return [...lists.flatMap((list) => withoutEachPhrase(file, list)), ...withOtherGrades(file), ...withOtherMeasures(file)];
}

function withoutEachPhrase({ node, source }: LexiconFile, list: PhraseList): LexiconChange[] {
  const items = node.members.get(list)?.value.items ?? [];
  return items.map((place, at) => ({
    place,
    what: dropped(list, place),
    source: { ...source, [list]: source[list].filter((_, index) => index !== at) },
  }));
}

function dropped(list: string, place: SourceNode): Bilingual {
  const phrase = String(place.members.get('phrase')?.value.value);
  return { zh: `去掉短语 ${list}“${phrase}”`, en: `${list} phrase “${phrase}” dropped` };
}

function withOtherGrades({ node, source }: LexiconFile): LexiconChange[] {
  const members = node.members.get('grades')?.value.members;
  const { grades } = source;
  if (!members || grades === null) return [];
  const change = (key: string, what: Bilingual, other: Partial<LexiconGrades>): LexiconChange[] => {
    const place = members.get(key)?.value;
    return place ? [{ place, what, source: { ...source, grades: { ...grades, ...other } } }] : [];
  };
  const arrow = (from: string, to: string): string => `${from} → ${to}`;
  return [
    ...gradesBeside(grades.from).flatMap((from) =>
      change('from', { zh: `起始分类 ${arrow(grades.from, from)}`, en: `class counted from ${arrow(grades.from, from)}` }, { from }),
    ),
    ...gradesBeside(grades.to ?? '').flatMap((to) =>
      change('to', { zh: `最后分类 ${arrow(grades.to!, to)}`, en: `class counted to ${arrow(grades.to!, to)}` }, { to }),
    ),
    ...change('to', { zh: '去掉 to', en: 'to dropped' }, { to: null }),
    ...change('of', { zh: '去掉 of', en: 'of dropped' }, { of: null }),
    ...(grades.of ?? []).flatMap((system) =>
      (grades.of ?? []).length < 2
        ? []
        : change('of', { zh: `去掉 ${system}`, en: `${system} dropped` }, { of: grades.of!.filter((each) => each !== system) }),
    ),
    ...change('are', { zh: '去掉 are: findings', en: 'are: findings dropped' }, { areFindings: false }),
  ];
}

function gradesBeside(grade: string): string[] {
  const at = gradeRank(grade);
  return at < 0 ? [] : [GRADES[at - 1], GRADES[at + 1]].filter((beside) => beside !== undefined);
}

/** Each measured phrase dropped; its limit moved by one unit of the last digit, its comparison, unit, and silence changed. */
function withOtherMeasures({ node, source }: LexiconFile): LexiconChange[] {
  const items = node.members.get('measured')?.value.items ?? [];
  return items.flatMap((place, at) => {
    const measured = source.measured[at];
    if (!measured) return [];
    const without = source.measured.filter((_, index) => index !== at);
    const changes = measureChanges(place, measured).map(({ changed, ...change }) => ({
      ...change,
      source: { ...source, measured: source.measured.with(at, changed) },
    }));
    return [{ place, what: dropped('measured', place), source: { ...source, measured: without } }, ...changes];
  });
}

interface MeasureChange {
  place: SourceNode;
  what: Bilingual;
  changed: MeasuredPhrase;
}

function measureChanges(item: SourceNode, measured: MeasuredPhrase): MeasureChange[] {
  const [operator, value, unit, below] = ['operator', 'value', 'unit', 'below'].map((key) => item.members.get(key)?.value);
  if (!unit) return [];
  const written = String(unit.value);
  const silence = item.members.get('unmeasured')?.value ?? item;
  const change = (place: SourceNode, name: Bilingual, other: string, changed: Partial<MeasuredPhrase> | null): MeasureChange[] => {
    if (!changed) return [];
    const arrow = `${place.kind === 'number' ? place.digits : String(place.value)} → ${other}`;
    return [{ place, what: { zh: `${name.zh} ${arrow}`, en: `${name.en} ${arrow}` }, changed: { ...measured, ...changed } }];
  };
  const comparison = operator ? (operator.value as Comparison) : measured.comparison;
  /** Both limits as they would be in that unit. */
  const inUnit = (other: string): Partial<MeasuredPhrase> | null => {
    const upper = below ? measureOf('lessThan', below.digits, other) : null;
    const lower = value ? measureOf(comparison, value.digits, other) : upper && { ...measured, dimension: upper.dimension };
    return lower && { ...lower, below: upper?.limit ?? null };
  };
  const inWritten = (digits: string): string | null => measureOf('lessThan', digits, written)?.limit ?? null;
  return [
    ...(value ? neighbours(value.digits) : []).flatMap((other) => change(value!, LIMIT, other, measureOf(comparison, other, written))),
    ...(operator ? COMPARISONS.filter((other) => other !== comparison) : []).flatMap((other) =>
      change(operator!, OPERATOR, other, { comparison: other }),
    ),
    ...(below ? neighbours(below.digits) : []).flatMap((other) => change(below!, LIMIT, other, { below: inWritten(other) })),
    ...(below ? change(below, LIMIT, '∞', { below: null }) : []),
    ...MEASURE_UNITS.filter((other) => other !== written).flatMap((other) => change(unit, UNIT, other, inUnit(other))),
    ...UNMEASURED.filter((other) => other !== measured.unmeasured).map((other) => ({
      place: silence,
      what: { zh: `未写大小 ${measured.unmeasured} → ${other}`, en: `unmeasured ${measured.unmeasured} → ${other}` },
      changed: { ...measured, unmeasured: other },
    })),
  ];
}

const LIMIT: Bilingual = { zh: '界值', en: 'limit' };
const OPERATOR: Bilingual = { zh: '运算符', en: 'operator' };
const UNIT: Bilingual = { zh: '单位', en: 'unit' };
