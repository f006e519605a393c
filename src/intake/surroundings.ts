import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { startOfLocalDay } from '../kernel/index.js';
import { isEvidence, type KnownPerson, ObservationRepository, type StoredResult } from '../people/index.js';
import { type RuleSet } from '../rules/index.js';
import { personAt } from './domain/person-at.js';
import { type PersonRecords } from './domain/person-records.js';
import { Timeline } from './domain/timeline.js';
import { Records } from './records.js';

/** Results to be judged, and what is known of them beforehand. */
export interface ToBeJudged {
  person: KnownPerson | null;
  results: readonly StoredResult[];
  /** Readings that stood before and do not any more: what looked at them is judged again. */
  formerly?: readonly StoredResult[];
  /** The results are as they were; something else that rules ask has changed. */
  areUnchanged?: boolean;
  /** The person came with this message, and nothing of theirs was stored before. */
  isNewcomer?: boolean;
  /** The records of a newcomer, or of somebody of whom all is given; those of others are looked up. */
  records?: PersonRecords | null;
  /** The results are all that is stored of the person, and so are the records. */
  areAll?: boolean;
}

/** What judging sees: the results to judge, among all that their rules look at. */
export interface Seen {
  /** The results to judge, then others that look at them. */
  anchors: readonly StoredResult[];
  timeline: Timeline;
  records: PersonRecords | null;
}

/** When an analyte's results must be judged again, in milliseconds. */
interface Span {
  from: number;
  to: number;
}

/** Looks up what the rules look at besides the results to be judged: nothing where no rule does, little where one does. */
@Injectable()
export class Surroundings {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly observations: ObservationRepository,
    private readonly records: Records,
  ) {}

  async of(manager: EntityManager, work: ToBeJudged, rules: RuleSet): Promise<Seen> {
    const { person, results, isNewcomer, areAll, records: given = null } = work;
    if (person === null)
      return { anchors: results, timeline: this.timeline([], rules, null, null), records: null };
    // Nothing is looked at, or there is nothing else: what these results need is not worked out at all.
    if (rules.lookups.of.size === 0 || isNewcomer || areAll)
      return { anchors: results, timeline: this.timeline(results, rules, person, given), records: given };
    const watching = this.watching(work, rules);
    const needed = neededBy([...measuredIn(results, rules), ...watching.keys()], rules);
    const stored = await this.stored(
      manager,
      work,
      [...watching.keys()].flatMap(sourcesIn(rules)),
      needed.reach,
    );
    const isGiven = new Set(results.map(({ id }) => id));
    const others = stored.filter(({ id }) => !isGiven.has(id));
    const later = others.filter((result) => isWatching(result, watching, rules));
    const records = needed.asks ? await this.records.of(manager, person.id) : null;
    return {
      anchors: later.length > 0 ? [...results, ...later] : results,
      timeline: this.timeline([...results, ...others], rules, person, records),
      records,
    };
  }

  /** Results in their order, with the values that the rules in force derive from them. */
  timeline(
    results: readonly StoredResult[],
    { formulas }: RuleSet,
    person: KnownPerson | null,
    records: PersonRecords | null,
  ): Timeline {
    const { timeZone } = this.config;
    return new Timeline(results, formulas, timeZone, personAt(person, records, timeZone));
  }

  /** Analytes (derived ones too) whose results look at what changed, and when. */
  private watching({ results, formerly = [], areUnchanged }: ToBeJudged, rules: RuleSet): Map<string, Span> {
    const spans = new Map<string, Span>();
    for (const result of areUnchanged ? [] : [...results, ...formerly]) {
      for (const { analyte } of result.measurements) {
        const watchers = analyte === null ? undefined : rules.lookups.watchers.get(analyte);
        for (const [judged, ms] of watchers ?? []) {
          const at = result.at.getTime();
          const known = spans.get(judged) ?? { from: Infinity, to: -Infinity };
          // Some facts are those of a day, whatever the hour.
          const from = startOfLocalDay(result.at, this.config.timeZone).getTime();
          spans.set(judged, { from: Math.min(known.from, from), to: Math.max(known.to, at + ms) });
        }
      }
    }
    return spans;
  }

  /** A person's results of the analytes that matter, as far back as they do. */
  private async stored(
    manager: EntityManager,
    { person, results, formerly = [] }: ToBeJudged,
    watching: readonly string[],
    reach: ReadonlyMap<string, number>,
  ): Promise<StoredResult[]> {
    const analytes = new Set([...watching, ...reach.keys()]);
    if (analytes.size === 0 || person === null) return [];
    const longest = Math.max(0, ...reach.values());
    const earliest = Math.min(...[...results, ...formerly].map(({ at }) => at.getTime()));
    const since = new Date(startOfLocalDay(new Date(earliest), this.config.timeZone).getTime() - longest);
    return this.observations.ofPerson(
      manager,
      person.id,
      [...analytes],
      Number.isNaN(since.getTime()) ? null : since,
    );
  }
}

/** What results are results of: their analytes, and what may be derived from these. */
function measuredIn(results: readonly StoredResult[], { derivedFrom }: RuleSet): string[] {
  return results.flatMap(({ measurements }) =>
    measurements.flatMap(({ analyte }) => {
      if (analyte === null) return [];
      const derived = derivedFrom.get(analyte);
      return derived ? [analyte, ...derived.map(({ id }) => id)] : [analyte];
    }),
  );
}

/** The analytes whose results an analyte's values come from: its own, and those that it is computed from. */
function sourcesIn({ formulas }: RuleSet): (id: string) => string[] {
  return (id) => {
    const formula = formulas.find((one) => one.id === id);
    return [id, ...(formula?.inputs.map(({ analyte }) => analyte) ?? [])];
  };
}

/** What the rules on these analytes look at, and whether they ask for what only records tell. */
function neededBy(
  analytes: readonly string[],
  { lookups }: RuleSet,
): { reach: Map<string, number>; asks: boolean } {
  const reach = new Map<string, number>();
  let asks = false;
  for (const judged of new Set(analytes)) {
    const lookup = lookups.of.get(judged);
    if (!lookup) continue;
    asks ||= lookup.asked.size > 0;
    for (const [analyte, ms] of lookup.reach) reach.set(analyte, Math.max(reach.get(analyte) ?? 0, ms));
  }
  return { reach, asks };
}

function isWatching(result: StoredResult, watching: ReadonlyMap<string, Span>, rules: RuleSet): boolean {
  if (watching.size === 0 || !isEvidence(result.status)) return false;
  const at = result.at.getTime();
  return measuredIn([result], rules).some((analyte) => {
    const span = watching.get(analyte);
    return span !== undefined && at >= span.from && at <= span.to;
  });
}
