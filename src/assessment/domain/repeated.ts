import { type Facts, type MeasuredFact } from '../../kernel/index.js';
import { type RepeatedDiagnosis } from '../../rules/domain/repeated-diagnosis.js';
import { FIRES } from '../../rules/domain/verdict.js';
import { type ReadyLevel } from '../../rules/index.js';
import { type LevelInput, type LevelReason } from './level-assessment.js';
import { roundReported } from './level-facts.js';
import { type SeenOn } from './seen-on.js';

/**
 * Reasons that only one value of diagnostic size bears out are suspicions. Where such values were seen on as many days as
 * the plan asks for, or the disease is on record, they are none any more (domain notes 05 §1 rule 6). Levels stay.
 */
export class Repeats {
  readonly #days = new Map<string, SeenOn | null>();

  constructor(
    private readonly input: LevelInput,
    private readonly facts: Facts,
  ) {}

  seenAgain(reason: LevelReason): LevelReason {
    if (reason.from !== 'rule' || !reason.suspected) return reason;
    const { event } = reason.rule;
    const repeats = event.type === 'level' ? event.repeats : undefined;
    if (!repeats) return reason;
    if (repeats.known.some((fact) => this.input.person.answers.get(fact) === true))
      return { ...reason, suspected: false };
    const seenOn = this.#daysOf(repeats);
    if (!seenOn || seenOn.days < 2) return reason;
    if (!isEnough(seenOn, repeats)) return { ...reason, seenOn };
    const { advice } = repeats;
    const rule = { ...reason.rule, event: { ...reason.rule.event, advice } as typeof event };
    return { ...reason, suspected: false, seenOn, rule };
  }

  #daysOf({ id }: RepeatedDiagnosis): SeenOn | null {
    let seen = this.#days.get(id);
    if (seen === undefined)
      this.#days.set(id, (seen = this.#count(this.input.levels.repeated.get(id) ?? [])));
    return seen;
  }

  #count(rules: readonly ReadyLevel[]): SeenOn | null {
    const days = new Set<string>();
    for (const analyte of new Set(rules.flatMap(({ analytes }) => [...analytes]))) {
      for (const { day, facts } of this.input.daysOf?.(analyte) ?? [])
        if (!days.has(day) && facts.some((fact) => this.#reaches(rules, analyte, fact))) days.add(day);
    }
    const [from, ...later] = [...days].sort();
    return from === undefined ? null : { days: days.size, from, to: later.at(-1) ?? from };
  }

  #reaches(rules: readonly ReadyLevel[], analyte: string, fact: MeasuredFact): boolean {
    const others = new Map([[analyte, fact]]);
    if (this.input.levels.plan) roundReported(others, this.input.levels.plan);
    const { rivals: _none, ...facts } = this.facts;
    return rules.some(
      ({ analytes, screen }) => analytes.has(analyte) && screen({ ...facts, others }) === FIRES,
    );
  }
}

function isEnough({ days, from, to }: SeenOn, { days: asked, apartMs }: RepeatedDiagnosis): boolean {
  return days >= asked && Date.parse(to) - Date.parse(from) >= apartMs;
}
