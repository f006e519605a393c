import { type Facts, type Interval, localDay, type MeasuredFact, type MeasuredValue } from '../../kernel/index.js';
import { CAN_MEET, CAN_MISS, type Reach, reach } from './compare.js';
import * as arithmetic from './interval-arithmetic.js';
import { type Over } from './over.js';
import { type Leaf } from './rule.js';
import { type Threshold } from './threshold.js';
import { type Test, verdictOf, verdictOn } from './value-verdict.js';
import { COULD, FIRES, MISSING, SILENT, type Verdict } from './verdict.js';

/** What a condition over time found. */
export interface LookedBack {
  verdict: Verdict;
  /** The value that counts now; null when there is none. */
  current: MeasuredFact | null;
  /** Every result that it looked at, newest first. */
  looked: readonly MeasuredFact[];
  /** The change, or how often; null where the condition compares the values themselves, or there is nothing to compare. */
  number: Interval | null;
}

/** One analyte's results as the condition sees them. */
interface Series {
  current: MeasuredFact | null;
  /** Before `current`, newest first. */
  earlier: readonly MeasuredFact[];
  /** How many of the newest are equally late. */
  tied: number;
  /** Instant of the result being judged, ISO 8601 and in milliseconds. */
  at: string;
  now: number;
  zone: string;
}

const NONE: readonly MeasuredFact[] = [];

/** A condition over time on the facts, its `not` included. Of a group, the analyte that decides (see `compileLeaf`). */
export function lookBack(leaf: Leaf, facts: Facts): LookedBack {
  return deciding(leaf, lookBackOnEach(leaf, facts));
}

/** Each analyte of the condition by itself; one at least. */
export function lookBackOnEach(leaf: Leaf, facts: Facts): LookedBack[] {
  return seriesOf(leaf, facts).map((series) => lookAt(leaf, series));
}

export function deciding(leaf: Leaf, [first, ...rest]: readonly LookedBack[]): LookedBack {
  return rest.reduce(
    (best, next) => ((leaf.negated ? next.verdict < best.verdict : next.verdict > best.verdict) ? next : best),
    first as LookedBack,
  );
}

/** The anchor's own analyte alone when the leaf is about it; otherwise those with a value, or nothing at all. */
function seriesOf({ analytes }: Leaf, { anchor, others, earlier, earlierTied, zone }: Facts): Series[] {
  const own = anchor.measurement.analyte;
  const { at } = anchor.source;
  const shared = { at, now: Date.parse(at), zone };
  const before = (analyte: string) => ({ earlier: earlier.get(analyte) ?? NONE, tied: earlierTied?.get(analyte) ?? 1 });
  if (analytes.has(own)) return [{ current: anchor, ...before(own), ...shared }];
  const found = [...analytes].flatMap((analyte): Series[] => {
    const current = others.get(analyte);
    return current ? [{ current, ...before(analyte), ...shared }] : [];
  });
  return found.length > 0 ? found : [{ current: null, earlier: NONE, tied: 1, ...shared }];
}

/** Of values that are equally late each may be the last: the condition says what it says of the gravest (see `strongestOf`). */
function lookAt(leaf: Leaf, series: Series): LookedBack {
  let best = lookAtOrdered(leaf, series);
  if (series.tied < 2 || !asksForLast(leaf.over as Over, series)) return best;
  for (let i = 1; i < series.tied && best.verdict !== FIRES; i++) {
    const next = lookAtOrdered(leaf, { ...series, earlier: [series.earlier[i]!] });
    if (next.verdict > best.verdict) best = next;
  }
  return best;
}

/** Whether the condition holds the last of what is earlier against something, and nothing before it; others ask all alike. */
function asksForLast({ kind }: Over, { current, earlier }: Series): boolean {
  if (kind === 'rate') return earlier[0]?.source.at !== current?.source.at;
  return kind === 'previous' || kind === 'change';
}

function lookAtOrdered(leaf: Leaf, series: Series): LookedBack {
  const over = leaf.over as Over;
  switch (over.kind) {
    case 'latest':
      return latest(leaf, over, series);
    case 'previous':
      return previous(leaf, over, series);
    case 'change':
    case 'rise':
    case 'fall':
    case 'rate':
      return moved(leaf, over, series);
    case 'count':
      return counted(leaf, over, series);
    case 'confirmed':
      return confirmed(leaf, over, series);
    case 'ever-before':
      return everBefore(leaf, over, series);
  }
}

function within(facts: readonly MeasuredFact[], window: { ms: number } | null, now: number): readonly MeasuredFact[] {
  return window ? facts.filter(({ source }) => now - Date.parse(source.at) <= window.ms) : facts;
}

/**
 * What lies before the present: what is earlier than the value that counts now and, when that is of another day than the
 * result being judged (another analyte, not measured in this visit), that value too.
 */
function past({ current, earlier, at, zone }: Series): readonly MeasuredFact[] {
  const isOfToday = !current || localDay(current.source.at, zone) === localDay(at, zone);
  return isOfToday ? earlier : [current, ...earlier];
}

/** What was measured longer ago than the window is missing: it says nothing of this visit. */
function latest(test: Test, over: Over & { kind: 'latest' }, series: Series): LookedBack {
  const looked = within(series.current ? [series.current] : NONE, over.window, series.now);
  const [fact = null] = looked;
  return { verdict: fact ? verdictOn(test, fact) : MISSING, current: fact, looked, number: null };
}

function previous(test: Test, over: Over & { kind: 'previous' }, series: Series): LookedBack {
  const looked = within(past(series).slice(0, 1), over.window, series.now);
  const [fact] = looked;
  const verdict = fact ? verdictOn(test, fact) : MISSING;
  return { verdict, current: series.current, looked, number: null };
}

type Moving = Over & { kind: 'change' | 'rise' | 'fall' | 'rate' };

/** Change, rise, fall and rate: arithmetic on what the values may be. */
function moved({ threshold, negated }: Leaf, over: Moving, series: Series): LookedBack {
  const { current, now } = series;
  const earlier = within(against(over, series), over.window, now);
  const looked = [...(current ? [current] : []), ...earlier];
  const isOld = current === null || within([current], over.window, now).length === 0;
  if (isOld || earlier.length === 0 || looked.some(({ measurement }) => measurement.value === null)) {
    return { verdict: MISSING, current, looked, number: null };
  }
  const at = (reading: 'sure' | 'worst'): Interval => {
    const spans = looked.map(({ measurement }) => spanOf(measurement.value as MeasuredValue, over.floor)[reading]);
    return movement(over, spans[0] as Interval, spans.slice(1));
  };
  const compared = (interval: Interval) => reachOfMovement(threshold, over, interval, looked);
  const sure = at('sure');
  const certain = verdictOf(compared(sure), true, negated);
  if (certain === FIRES || certain === SILENT) return { verdict: certain, current, looked, number: sure };
  const worst = at('worst');
  return { verdict: verdictOf(compared(worst), false, negated), current, looked, number: worst };
}

/** What the present value is held against: all that is earlier in the window, or the latest of it. */
function against(over: Moving, { current, earlier }: Series): readonly MeasuredFact[] {
  if (over.kind === 'rise' || over.kind === 'fall') return earlier;
  if (over.kind === 'change') return earlier.slice(0, 1);
  // Between two results of one instant there is no time for a rate.
  const first = earlier.findIndex(({ source }) => source.at !== current?.source.at);
  return first < 0 ? NONE : earlier.slice(first, first + 1);
}

function movement(over: Moving, now: Interval, earlier: readonly Interval[]): Interval {
  const then = over.kind === 'fall' ? arithmetic.greatest(earlier) : arithmetic.least(earlier);
  const relative = 'relative' in over && over.relative;
  // Each value occurs once, so that nothing is wider than it must be: (now ÷ then − 1), not (now − then) ÷ then.
  const change = relative
    ? arithmetic.minus(arithmetic.over(now, then), arithmetic.number(1))
    : arithmetic.minus(now, then);
  const signed = over.kind === 'fall' ? arithmetic.negative(change) : change;
  return relative ? arithmetic.times(signed, arithmetic.number(100)) : signed;
}

function reachOfMovement(threshold: Threshold, over: Moving, moved: Interval, looked: readonly MeasuredFact[]): Reach {
  if (threshold.kind !== 'number') return CAN_MEET | CAN_MISS;
  if (over.kind !== 'rate') return reach(threshold.comparison, moved, threshold.limit);
  // change ÷ elapsed against limit ÷ per, without a quotient that would have to be cut.
  const side = arithmetic.times(moved, arithmetic.number(over.per.ms));
  const limit = arithmetic.times(arithmetic.number(threshold.limit), arithmetic.number(elapsedMs(looked)));
  return reach(threshold.comparison, side, limit.low as string);
}

/** Between the present value and the one that it is held against. */
export function elapsedMs([current, earlier]: readonly MeasuredFact[]): number {
  return Date.parse(current?.source.at ?? '') - Date.parse(earlier?.source.at ?? '');
}

/**
 * What a value may be: `sure` whatever was meant (anything, when the unit is missing or the number impossible), `worst`
 * within its readings.
 */
function spanOf(value: MeasuredValue, floor: string | null): { sure: Interval; worst: Interval } {
  const { ANYTHING, hull, notBelow } = arithmetic;
  switch (value.kind) {
    case 'number': {
      const interval = notBelow(value.interval, floor);
      return { sure: interval, worst: interval };
    }
    case 'implausible':
      return { sure: ANYTHING, worst: value.interval };
    case 'unit-unknown':
      return { sure: ANYTHING, worst: value.readings.length > 0 ? hull(value.readings) : ANYTHING };
    default:
      return { sure: ANYTHING, worst: ANYTHING };
  }
}

/** Visits on which the condition surely held, and on which it may have; those not on record may have been either. */
function counted(leaf: Leaf, over: Over & { kind: 'count' }, { current, earlier, zone }: Series): LookedBack {
  const { comparison, limit } = leaf.threshold as Threshold & { kind: 'number' };
  const days = new Map<string, MeasuredFact[]>();
  for (const fact of current ? [current, ...earlier] : earlier) {
    const day = localDay(fact.source.at, zone);
    const known = days.get(day);
    if (known) known.push(fact);
    else if (days.size < over.visits) days.set(day, [fact]);
    else break;
  }
  const when: Test = { threshold: over.when.threshold, negated: false };
  const verdicts = [...days.values()].map((facts) => strongest(facts.map((fact) => verdictOn(when, fact))));
  const sure = verdicts.filter((verdict) => verdict === FIRES).length;
  const possible = verdicts.filter((verdict) => verdict === FIRES || verdict === COULD).length;
  const between = (high: number): Interval => ({ low: String(sure), high: String(high), lowOpen: false, highOpen: false });
  const looked = [...days.values()].flat();
  const found = { current, looked, number: between(possible) };
  const whole = verdictOf(reach(comparison, between(possible + over.visits - days.size), limit), true, leaf.negated);
  if (whole === FIRES || whole === SILENT) return { ...found, verdict: whole };
  const present = verdictOf(reach(comparison, between(possible), limit), true, leaf.negated);
  return { ...found, verdict: present === COULD ? COULD : MISSING };
}

/** Now and on another day: the weaker of both; without another day the repeat is missing. */
function confirmed(leaf: Leaf, over: Over & { kind: 'confirmed' }, series: Series): LookedBack {
  const { current, earlier, now, zone } = series;
  if (!current) return { verdict: MISSING, current, looked: NONE, number: null };
  const today = localDay(current.source.at, zone);
  const before = within(earlier, over.window, now).filter(({ source }) => localDay(source.at, zone) !== today);
  const present = verdictOn(leaf, current);
  const repeat = before.length > 0 ? someOf(leaf, before) : MISSING;
  const verdict = leaf.negated ? strongest([present, repeat]) : weakest([present, repeat]);
  return { verdict, current, looked: [current, ...before], number: null };
}

/** What this centre has never seen counts as not known before. */
function everBefore(leaf: Leaf, over: Over & { kind: 'ever-before' }, series: Series): LookedBack {
  const looked = within(past(series), over.window, series.now);
  const verdict = looked.length > 0 ? someOf(leaf, looked) : leaf.negated ? FIRES : SILENT;
  return { verdict, current: series.current, looked, number: null };
}

/** Whether the condition held in one of them; under `not`, in none. */
function someOf(test: Test, facts: readonly MeasuredFact[]): Verdict {
  const verdicts = facts.map((fact) => verdictOn(test, fact));
  return test.negated ? weakest(verdicts) : strongest(verdicts);
}

function strongest(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((a, b) => (a > b ? a : b), SILENT as Verdict);
}

function weakest(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((a, b) => (a < b ? a : b), FIRES as Verdict);
}
