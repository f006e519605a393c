import { type Bilingual } from '../catalogue.js';
import { COMPARISONS, type Comparison } from '../compare.js';
import { type LexiconFile } from '../files/read-lexicon.js';
import { type SourceNode } from '../files/source-node.js';
import { PHRASE_LISTS, type LexiconSource, type MeasuredPhrase, type PhraseList, UNMEASURED } from '../text/lexicon.js';
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
  const grades = node.members.get('grades')?.value.members;
  const [from, are] = [grades?.get('from')?.value, grades?.get('are')?.value];
  const { gradesFrom } = source;
  if (!from || gradesFrom === null) return [];
  const moved = [gradesFrom - 1, gradesFrom + 1].map((other) => {
    const arrow = `${gradesFrom} → ${other}`;
    return { place: from, what: { zh: `起始分类 ${arrow}`, en: `class counted from ${arrow}` }, source: { ...source, gradesFrom: other } };
  });
  if (!are) return moved;
  const what = { zh: '去掉 are: findings', en: 'are: findings dropped' };
  return [...moved, { place: are, what, source: { ...source, gradesAreFindings: false } }];
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
  const [operator, value, unit] = ['operator', 'value', 'unit'].map((key) => item.members.get(key)?.value);
  if (!operator || !value || !unit) return [];
  const comparison = operator.value as Comparison;
  const change = (place: SourceNode, name: Bilingual, other: string, measure: ReturnType<typeof measureOf>): MeasureChange[] => {
    if (!measure) return [];
    const arrow = `${place.kind === 'number' ? place.digits : String(place.value)} → ${other}`;
    return [{ place, what: { zh: `${name.zh} ${arrow}`, en: `${name.en} ${arrow}` }, changed: { ...measured, ...measure } }];
  };
  const written = String(unit.value);
  const silence = item.members.get('unmeasured')?.value ?? item;
  const others = UNMEASURED.filter((other) => other !== measured.unmeasured);
  return [
    ...neighbours(value.digits).flatMap((other) => change(value, LIMIT, other, measureOf(comparison, other, written))),
    ...COMPARISONS.filter((other) => other !== comparison).flatMap((other) =>
      change(operator, OPERATOR, other, measureOf(other, value.digits, written)),
    ),
    ...MEASURE_UNITS.filter((other) => other !== written).flatMap((other) =>
      change(unit, UNIT, other, measureOf(comparison, value.digits, other)),
    ),
    ...others.map((other) => ({
      place: silence,
      what: { zh: `未写大小 ${measured.unmeasured} → ${other}`, en: `unmeasured ${measured.unmeasured} → ${other}` },
      changed: { ...measured, unmeasured: other },
    })),
  ];
}

const LIMIT: Bilingual = { zh: '界值', en: 'limit' };
const OPERATOR: Bilingual = { zh: '运算符', en: 'operator' };
const UNIT: Bilingual = { zh: '单位', en: 'unit' };
