import { type MeasuredFact } from '../../kernel/index.js';
import { inWords } from './in-words.js';
import { type LevelPlan, type OwnRangeLevel } from './level-plan.js';
import { type Leaf, type LeafEvidence, type Rule } from './rule.js';

/** Rules for levels that nobody writes: one for each analyte that no written one looks at (domain notes 05 §1, rule 10). */
export class OwnRangeRules {
  readonly #rules = new Map<string, Rule>();

  private constructor(
    private readonly own: OwnRangeLevel,
    private readonly withRow: ReadonlySet<string>,
  ) {}

  /** @param withRow analytes that rules for levels look at */
  static of(plan: LevelPlan | null, withRow: ReadonlySet<string>): OwnRangeRules | null {
    return plan?.ownRange ? new OwnRangeRules(plan.ownRange, withRow) : null;
  }

  get level(): OwnRangeLevel['level'] {
    return this.own.level;
  }

  /** The rule of a value that is outside its own report's interval, and what it saw; null where that says nothing. */
  about(fact: MeasuredFact): { rule: Rule; evidence: LeafEvidence[] } | null {
    const { analyte, beyond, value, asSent } = fact.measurement;
    if (!beyond || !value || analyte === null || this.withRow.has(analyte) || this.own.except.has(analyte)) return null;
    const rule = this.ruleOf(analyte);
    const unit = beyond.limit !== null && value.kind === 'number' ? value.unit : null;
    const operator = beyond.side === 'above' ? 'aboveOwnLimit' : 'belowOwnLimit';
    const seen: LeafEvidence = {
      fact: analyte, analyte, operator, threshold: beyond.limit ?? '1', unit, negated: false, truth: 'fires', couldFire: false,
      source: fact.source, asSent, isUnitKnown: true, converted: inWords(value),
    }; // prettier-ignore
    return { rule, evidence: [seen] };
  }

  private ruleOf(analyte: string): Rule {
    let rule = this.#rules.get(analyte);
    if (!rule) this.#rules.set(analyte, (rule = ruleFor(analyte, this.own)));
    return rule;
  }
}

function ruleFor(analyte: string, { level, advice, source, review, owner, reviewBy, file, line }: OwnRangeLevel): Rule {
  const leaf: Leaf = {
    index: 0, fact: analyte, analytes: new Set([analyte]), operator: 'aboveOwnLimit', value: 1, unit: null, written: '1',
    threshold: { kind: 'own-limit', end: 'high', times: '1', inclusive: false }, over: null, negated: false,
  }; // prettier-ignore
  return {
    id: `stratification/outside-own-range-${analyte}`,
    pack: 'stratification',
    kind: 'stratification',
    title: { zh: '超出本报告的参考区间', en: "Outside the report's own reference interval" },
    source,
    population: 'adult',
    condition: { leaf },
    leaves: [leaf],
    event: { type: 'level', class: null, reason: null, advice, level, domain: 'other', suspected: true },
    review,
    status: 'proposal',
    owner,
    reviewBy,
    file,
    line,
  };
}
