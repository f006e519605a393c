import { Decimal } from 'decimal.js';
import { assessLevel } from '../../assessment/domain/assess-level.js';
import { type LevelAssessment, type LevelReason } from '../../assessment/domain/level-assessment.js';
import { exactly } from '../../kernel/index.js';
import { printedLimit } from '../../rules/domain/own-limit.js';
import { type StoredMeasurement, type StoredResult } from '../../people/index.js';
import { derivedFrom, findingsThen, formulasOf, type JudgedPerson } from './findings-then.js';
import { levelInput } from './level-input.js';
import { leversOf, NEVER_RAISED } from './levers.js';
import { nearestOnGrid } from './nearest-on-grid.js';

/** Everything that a person's level follows from, with how values are printed. */
export interface ChangingPerson extends JudgedPerson {
  /** How a numeric analyte, or a derived value, is printed; undefined for what is no number. */
  printed: (analyte: string) => PrintedNumber | undefined;
}

export interface PrintedNumber {
  /** Decimals of the canonical unit. */
  decimals: number;
  /** UCUM. */
  unit: string;
  /** What nobody goes beyond. */
  plausible: { low: string; high: string } | null;
}

/** One value that would be otherwise, and the level that would come of it. */
export interface LevelChange {
  analyte: string;
  /** As it is, and as it would have to be, in `unit`: one last digit less of a change makes no difference. */
  from: string;
  to: string;
  unit: string;
  level: Pick<LevelAssessment, 'code' | 'text'>;
}

/** A value that may be asked to be otherwise. */
interface Place {
  analyte: string;
  now: string;
  result: StoredResult;
  component: number;
  /** Computed, not reported: it would be reported otherwise. */
  isDerived: boolean;
}

type Test = (assessed: LevelAssessment) => boolean;

/**
 * The changes of one value that each lower the level, the smallest (as a share of the value) first; none where several
 * values hold the level, each by itself, or where it is 5 or not known. Asked of the same functions that gave the level:
 * findings are judged anew, values that are derived from it computed anew.
 */
export async function changesOfLevel(person: ChangingPerson): Promise<LevelChange[]> {
  const now = await assessedWith(person, null);
  if (typeof now.code !== 'number' || now.code === 5) return [];
  const { code } = now;
  const changes: LevelChange[] = [];
  for (const analyte of holding(
    person,
    now.reasons.filter(({ level }) => level === code),
  )) {
    const place = placeOf(person, analyte);
    const change =
      place &&
      (await nearestChange(
        person,
        place,
        (then) => rankOf(then) > code,
        NEVER_RAISED.has(analyte) ? 'down' : null,
      ));
    if (change) changes.push(change);
  }
  return changes.sort((a, b) => shareOf(a) - shareOf(b));
}

/**
 * The nearest value of an analyte at which nothing that it has a part in proves a level: where it is on target. Null
 * where it is, where there is none, or where it is not a number.
 * @param only `down`: at most what it is
 */
export async function targetOf(
  person: ChangingPerson,
  analyte: string,
  only: 'down' | null = null,
): Promise<LevelChange | null> {
  const own = new Set(
    person.ruleSet.levels.rules.flatMap((one) => (one.analytes.has(analyte) ? one.event.domain : [])),
  );
  // Where something in its domains is left open, a value that proves nothing may still be off target.
  const isOnTarget: Test = ({ reasons, undecided }) =>
    !reasons.some(({ ruleId }) => analytesOf(person, ruleId).has(analyte)) &&
    !undecided.some(({ domain }) => own.has(domain));
  const place = person.printed(analyte) && placeOf(person, analyte);
  if (!place || isOnTarget(await assessedWith(person, null))) return null;
  return nearestChange(person, place, isOnTarget, only);
}

/** The level once a value is another. @param change null: as it is */
export async function assessedWith(
  person: ChangingPerson,
  change: { analyte: string; to: string } | null,
): Promise<LevelAssessment> {
  const place = change && placeOf(person, change.analyte);
  if (change && place) return assessedAt(person, place, change.to);
  return assessLevel(levelInput(person.ruleSet.levels, person, person.zone).input);
}

async function assessedAt(person: ChangingPerson, place: Place, to: string): Promise<LevelAssessment> {
  const changed = { ...person, results: withValue(person, place, to) };
  const findings = await findingsThen(changed, place.analyte);
  return assessLevel(levelInput(person.ruleSet.levels, { ...changed, findings }, person.zone).input);
}

async function nearestChange(
  person: ChangingPerson,
  place: Place,
  isGood: Test,
  only: 'down' | null = null,
): Promise<LevelChange | null> {
  const { analyte, now } = place;
  const { decimals, unit, plausible } = person.printed(analyte)!;
  const known = new Map<string, LevelAssessment>();
  const at = async (to: string): Promise<LevelAssessment> => {
    let assessed = known.get(to);
    if (!assessed) known.set(to, (assessed = await assessedAt(person, place, to)));
    return assessed;
  };
  const to = await nearestOnGrid({
    now,
    decimals,
    limits: limitsOn(person, analyte),
    // What is derived from it has limits of its own, that no rule writes for it.
    isDense: derivedFrom(person.ruleSet, analyte).length > 0,
    low: plausible?.low ?? '0',
    high: only === 'down' ? now : (plausible?.high ?? null),
    isGood: async (value) => isGood(await at(value)),
  });
  if (to === null) return null;
  const { code, text } = await at(to);
  return { analyte, from: now, to, unit, level: { code, text } };
}

/** The numeric analytes with a part in every one of these reasons, also by what is derived from them. */
function holding(person: ChangingPerson, reasons: readonly LevelReason[]): string[] {
  const each = reasons.map(({ ruleId }) => {
    const analytes = new Set(analytesOf(person, ruleId));
    for (const formula of formulasOf(person.ruleSet))
      if (analytes.has(formula.id)) for (const analyte of leversOf(formula)) analytes.add(analyte);
    return analytes;
  });
  return [...(each[0] ?? [])].filter(
    (analyte) => person.printed(analyte) && each.every((analytes) => analytes.has(analyte)),
  );
}

function analytesOf({ ruleSet }: ChangingPerson, ruleId: string): ReadonlySet<string> {
  const rule = ruleSet.rules.find(({ id }) => id === ruleId);
  return new Set(rule?.leaves.flatMap(({ analytes }) => [...analytes]));
}

function limitsOn({ ruleSet, results }: ChangingPerson, analyte: string): string[] {
  const ownLimits = (end: 'low' | 'high') =>
    results.flatMap(({ measurements }) =>
      measurements.flatMap((one) => (one.analyte === analyte ? (printedLimit(one, end)?.limit ?? []) : [])),
    );
  const leaves = ruleSet.rules.flatMap((rule) => rule.leaves.filter((leaf) => leaf.analytes.has(analyte)));
  return leaves.flatMap(({ threshold }) => {
    if (threshold.kind === 'number') return [threshold.limit];
    if (threshold.kind !== 'own-limit') return [];
    return ownLimits(threshold.end).map((limit) => new Decimal(limit).times(threshold.times).toFixed());
  });
}

/** Where the latest value of an analyte stands; null where it is not one number. */
function placeOf(person: ChangingPerson, analyte: string): Place | null {
  const { values } = levelInput(person.ruleSet.levels, person, person.zone);
  for (const result of person.results) {
    const measurement = result.measurements.find(
      (one) => one.analyte === analyte && values.isLatest(result.id, one.component),
    );
    const now = measurement && numberOf(measurement);
    if (now) return { analyte, now, result, component: measurement.component, isDerived: false };
  }
  const derived = values.facts.get(analyte);
  const result = person.results.find(({ id }) => id === derived?.source.observationId);
  const now = derived?.from && numberOf(derived.measurement);
  return result && now
    ? { analyte, now, result, component: derived.source.component, isDerived: true }
    : null;
}

function numberOf({ value }: Pick<StoredMeasurement, 'value'>): string | null {
  if (value?.kind !== 'number') return null;
  const { low, high } = value.interval;
  return low !== null && low === high ? low : null;
}

/** The results as they would be with another value in one place. */
function withValue(
  { results, printed }: ChangingPerson,
  { analyte, result, component, isDerived }: Place,
  to: string,
): StoredResult[] {
  const { unit } = printed(analyte)!;
  const value = { kind: 'number' as const, interval: exactly(to), unit };
  const changed = { analyte, value, asSent: `${to} ${unit}`, doubts: [] };
  if (!isDerived) {
    const measurements = result.measurements.map((one) =>
      one.component === component && one.analyte === analyte ? { ...one, ...changed } : one,
    );
    return results.map((one) =>
      one.id === result.id ? { ...result, measurements } : without(analyte, one, result),
    );
  }
  const base = result.measurements.find((one) => one.component === component) ?? result.measurements[0]!;
  const measurements = [{ ...base, ...changed, component: 0, ownLimit: null, ownLower: undefined }];
  return [
    ...results,
    { ...result, id: `${result.id}~`, identityKey: `${result.identityKey}~`, measurements },
  ];
}

/** A result of the same moment says nothing of the analyte any more: it would say otherwise as well. */
function without(analyte: string, one: StoredResult, changed: StoredResult): StoredResult {
  if (one.at.getTime() !== changed.at.getTime()) return one;
  const measurements = one.measurements.filter((each) => each.analyte !== analyte);
  return measurements.length < one.measurements.length ? { ...one, measurements } : one;
}

/** Where nothing is proven any more, it is better than any level that is. */
function rankOf({ code }: LevelAssessment): number {
  return code === 'unknown' ? 5 : code;
}

function shareOf({ from, to }: LevelChange): number {
  const [before, after] = [Number(from), Number(to)];
  return before === 0 ? Infinity : Math.abs((after - before) / before);
}
