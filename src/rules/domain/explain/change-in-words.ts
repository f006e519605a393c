import { Decimal } from 'decimal.js';
import { exactly } from '../../../kernel/index.js';
import { type AnalyteCatalogue, type Bilingual } from '../catalogue.js';
import { gradeInWords } from '../in-words.js';
import { neighbours as neighboursOf } from '../strength/step.js';
import { COULD } from '../verdict.js';
import { nameIn, personInWords } from './asked-in-words.js';
import { nearestAsSent } from './as-sent.js';
import { besideOf } from './beside.js';
import { type Change } from './explanation.js';
import { inputsAsSent, type SeenDerived } from './inputs-as-sent.js';
import { keyOfValue, type Replacement, type SeenLeaf, type Surroundings } from './leaf-again.js';
import { numberOf, valuesSeen } from './seen-again.js';
import { type Chosen, type SeenRule, type Silencing, verdictWith } from './smallest-change.js';

/** Each change of a silencing in words, in the canonical unit and as the laboratory would have sent it. */
export function changesInWords(rule: SeenRule, { chosen }: Silencing, around: Surroundings): Change[] {
  const derivedAmong = rule.leaves.flatMap(derivedIn);
  return chosen.map((one) => {
    const others = chosen.filter((other) => other !== one).map(({ place, candidate }) => [place.key, candidate.replacement] as const);
    const silencesAll = (replaced: Iterable<readonly [string, Replacement]>): boolean =>
      verdictWith(rule, new Map([...others, ...replaced]), around) < COULD;
    const silences = (replacement: Replacement): boolean => silencesAll([[one.place.key, replacement]]);
    const derived = derivedAmong.find(({ value }) => keyOfValue(value) === one.place.key);
    const inputs = derived ? inputsAsSent(derived, derivedAmong, silencesAll, around.catalogue) : [];
    return { ...changeOf(one, silences, around.catalogue), inputs };
  });
}

/** The derived value that a condition saw; of a condition over time it is not kept what its earlier values were told. */
function derivedIn({ leaf, seen }: SeenLeaf): SeenDerived[] {
  const [value] = valuesSeen(leaf, seen);
  return value && !seen.over && seen.looked && value.analyte === seen.analyte ? [{ value, looked: seen.looked, by: seen.by }] : [];
}

function changeOf(one: Chosen, silences: (replacement: Replacement) => boolean, catalogue: AnalyteCatalogue): Omit<Change, 'inputs'> {
  const { place, conditions } = one;
  const { leaf, seen } = place.leaf;
  const { value } = place;
  const name = nameIn(value ? { analyte: value.analyte, fact: value.analyte } : seen, catalogue);
  const from = value ? value.converted : seen.converted;
  const unit = unitOf(one, catalogue);
  const reaches = reachOf(one, silences);
  const { asSent, to } = inNumbers(one, silences, catalogue);
  const change = { conditions, name, observationId: value?.source.observationId ?? null, from, to, unit, reaches, asSent };
  const age = personUnit(leaf.threshold);
  return { ...change, unit: age ?? unit, says: inWords(one, change, age, catalogue) };
}

function personUnit(threshold: { kind: string; unit?: string }): string | null {
  return threshold.kind === 'person-number' ? (threshold.unit ?? null) : null;
}

function unitOf({ place, candidate }: Chosen, catalogue: AnalyteCatalogue): string | null {
  const { replacement } = candidate;
  const isNumber = 'value' in replacement && replacement.value?.kind === 'number';
  return isNumber && place.value ? (catalogue.get(place.value.analyte)?.printUnit ?? null) : null;
}

/** The nearest value in words, grades as plus signs, and the nearest as the laboratory would have sent it. */
function inNumbers(
  { place: { value }, candidate: { replacement, to, size } }: Chosen,
  silences: (replacement: Replacement) => boolean,
  catalogue: AnalyteCatalogue,
): Pick<Change, 'asSent' | 'to'> {
  const kind = 'value' in replacement ? replacement.value?.kind : null;
  if (kind === 'ordinal' && to !== null) return { to: gradeInWords(to), asSent: null };
  if (kind !== 'number' || size === null || !value) return { to, asSent: null };
  const silencesAt = (number: string) => silences({ value: numberOf(value.analyte, exactly(number), catalogue) });
  const before = neighboursOf(size).find((number) => !silencesAt(number));
  const sent = before === undefined ? null : nearestAsSent(value, { to: size, before }, silencesAt, catalogue);
  if (before === undefined || !sent) return { to, asSent: null };
  // The laboratory's last digit may be a finer one.
  const isNearer = new Decimal(sent.canonical).minus(before).abs().lessThan(new Decimal(size).minus(before).abs());
  return { to: isNearer ? sent.canonical : to, asSent: sent.asSent };
}

/** Whether what lies beyond silences too. */
function reachOf({ place, candidate }: Chosen, silences: (replacement: Replacement) => boolean): Change['reaches'] {
  const { replacement, size } = candidate;
  if (size === null) return 'only';
  const [isBelow, isAbove] = besideOf(place, replacement, size).map(silences);
  if (isBelow === isAbove) return 'only';
  return isAbove ? 'up' : 'down';
}

/** What the report would have to say; null where it is no flag of the report. */
function flagInWords(replacement: Replacement, to: string | null): Bilingual | null {
  if ('ownLower' in replacement) return FLAGS[to === 'L' ? 'L' : 'not-low'];
  return 'ownLimit' in replacement ? FLAGS[to === 'H' ? 'H' : 'not-high'] : null;
}

const FLAGS: Record<'H' | 'L' | 'not-high' | 'not-low', Bilingual> = {
  H: { zh: '报告注明高于参考上限', en: 'the report says that it is above its limit' },
  'not-high': { zh: '报告注明未超过参考上限', en: 'the report says that it is within its limit' },
  L: { zh: '报告注明低于参考下限', en: 'the report says that it is below its lower limit' },
  'not-low': { zh: '报告注明未低于参考下限', en: 'the report says that it is not below its lower limit' },
};

const SIGNS = { up: '≥ ', down: '≤ ', only: '' };

function inWords(
  { place, candidate }: Chosen,
  { name, from, to, unit, reaches, asSent }: Omit<Change, 'says' | 'inputs'>,
  ageUnit: string | null,
  catalogue: AnalyteCatalogue,
): Bilingual {
  const { seen, leaf } = place.leaf;
  const of = (language: keyof Bilingual): string => {
    const zh = language === 'zh';
    const flagged = flagInWords(candidate.replacement, to);
    if (flagged) return flagged[language];
    if (to === null && leaf.threshold.kind === 'text') {
      const title = leaf.threshold.lexicon.title[language];
      return zh ? `结论不再提示“${title}”，或写明已排除` : `the conclusion no longer suggests "${title}", or excludes it`;
    }
    const word = (text: string) => (place.value ? text : personInWords(leaf.fact, text, ageUnit, catalogue)[language]);
    const was = from === null ? (zh ? '未知' : 'not known') : word(from);
    const before = place.value && seen.converted !== null && unit ? `${was} ${unit}` : was;
    const own = asSent === null || asSent.startsWith(`${to} `) ? '' : zh ? `（报告单位 ${SIGNS[reaches]}${asSent}）` : ` (as sent: ${SIGNS[reaches]}${asSent})`;
    return `${before} → ${SIGNS[reaches]}${word(to ?? '')}${unit ? ` ${unit}` : ''}${own}`;
  };
  return { zh: `${name.zh} ${of('zh')}`, en: `${name.en} ${of('en')}` };
}
