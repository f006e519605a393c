import { type Facts, type MeasuredFact } from '../../kernel/index.js';
import { type Screen } from './screen.js';
import { FIRES, type Verdict } from './verdict.js';

/** Values that are equally late as the one that stands for their analyte and say something else, by analyte. */
export type Rivals = ReadonlyMap<string, readonly MeasuredFact[]>;
export const NO_RIVALS: Rivals = new Map();

/** More ways than this are not gone through: then each rival is tried by itself, beside the values that stand. */
const MOST_WAYS = 64;

/** Every way in which values that are equally late go together; the first is the one without rivals. */
export function alternatives(
  facts: ReadonlyMap<string, MeasuredFact>,
  analytes: Iterable<string>,
  rivals: Rivals = NO_RIVALS,
): ReadonlyMap<string, MeasuredFact>[] {
  if (rivals.size === 0) return [facts];
  const contested = [...analytes].flatMap((analyte) => {
    const others = rivals.get(analyte);
    return others ? { analyte, others } : [];
  });
  const ways = contested.reduce((count, { others }) => count * (1 + others.length), 1);
  const swap = (way: ReadonlyMap<string, MeasuredFact>, analyte: string, others: readonly MeasuredFact[]) =>
    others.map((other) => new Map(way).set(analyte, other));
  if (ways > MOST_WAYS) return [facts, ...contested.flatMap(({ analyte, others }) => swap(facts, analyte, others))];
  let all = [facts];
  for (const { analyte, others } of contested) all = all.flatMap((way) => [way, ...swap(way, analyte, others)]);
  return all;
}

/** What a rule says, and of which facts. */
export interface Said {
  verdict: Verdict;
  facts: Facts;
}

/** What a rule says of facts: where several values are equally late, of those of which it says most. */
export function strongestOf(
  { screen, analytes }: { screen: Screen; analytes: Iterable<string> },
  facts: Facts,
): Said {
  if (!facts.rivals) return { verdict: screen(facts), facts };
  let best: Said | null = null;
  for (const others of alternatives(facts.others, analytes, facts.rivals)) {
    const each = { ...facts, others };
    const verdict = screen(each);
    if (verdict === FIRES) return { verdict, facts: each };
    if (best === null || verdict > best.verdict) best = { verdict, facts: each };
  }
  return best!;
}

/** Without those that say the same as a later one. */
export function distinctReadings(facts: readonly MeasuredFact[]): MeasuredFact[] {
  if (facts.length < 2) return [...facts];
  const readings = new Map<string, MeasuredFact>();
  for (const fact of facts) {
    const reading = readingOf(fact);
    readings.delete(reading);
    readings.set(reading, fact);
  }
  return [...readings.values()];
}

/** Of many that are equally late each is held against all others, again and again. */
const readings = new WeakMap<MeasuredFact['measurement'], string>();

/** What a value says, whatever result it is from. */
export function readingOf({ measurement }: MeasuredFact): string {
  let reading = readings.get(measurement);
  if (reading === undefined) {
    const { value, ownLimit, ownLower, beyond } = measurement;
    readings.set(measurement, (reading = JSON.stringify([value, ownLimit, ownLower, beyond])));
  }
  return reading;
}
