import { type Facts, type MeasuredFact } from '../../kernel/index.js';
import { LEVELS, type Level, NOT_EVALUABLE } from '../../rules/domain/rule.js';
import { COULD, FIRES, type Verdict } from '../../rules/domain/verdict.js';
import { plainText } from '../../rules/domain/text/plain-text.js';
import { type LevelPlan, type LevelRules, type ReadyLevel } from '../../rules/index.js';
import { type DomainLevel, type LevelInput, type Undecided, type Unsettled } from './level-assessment.js';
import { CONCLUSION, isUsable, type LevelFacts } from './level-facts.js';

/** What has been said of one domain so far. */
interface Domain {
  proven: Level | null;
  cannotBeJudged: ReadyLevel[];
  could: { ready: ReadyLevel; level: Level; facts: Facts; widens: boolean }[];
}

/** Gathers, rule by rule, what each domain comes to and where it is undecided. */
export class DomainTally {
  /** The gravest level that the whole could still be; null when nothing can widen it. */
  could: Level | null = null;
  #texts: readonly string[] | null = null;
  readonly #domains: ReadonlyMap<string, Domain>;

  constructor(
    private readonly plan: LevelPlan,
    private readonly levels: Pick<LevelRules, 'basic' | 'domains' | 'formulas' | 'models'>,
    private readonly input: Pick<LevelInput, 'latest' | 'ordered'>,
    private readonly seen: LevelFacts,
  ) {
    this.#domains = new Map(
      [...plan.domains.keys()].map((id) => [id, { proven: null, cannotBeJudged: [], could: [] }]),
    );
  }

  /** @param facts on which the rule said so */
  add(ready: ReadyLevel, verdict: Verdict, facts: Facts): void {
    const { level, domain: id } = ready.event;
    const domain = this.#domains.get(id);
    if (!domain) return;
    if (level === NOT_EVALUABLE) {
      if (verdict === FIRES) domain.cannotBeJudged.push(ready);
      return;
    }
    if (verdict === FIRES) domain.proven = graver(domain.proven, level);
    if (verdict !== COULD) return;
    const widens = this.#widens(ready);
    if (widens) this.could = graver(this.could, level);
    domain.could.push({ ready, level, facts, widens });
  }

  get cannotBeJudged(): boolean {
    return [...this.#domains.values()].some(
      ({ cannotBeJudged, proven }) => cannotBeJudged.length > 0 && proven === null,
    );
  }

  /** The gravest level that a domain knows whose finding nobody can judge. */
  get gravest(): Level {
    const of = [...this.#domains].filter(([, { cannotBeJudged }]) => cannotBeJudged.length > 0);
    const levels = of.flatMap(([id]) => this.levels.domains.get(id)?.gravest ?? []);
    return levels.reduce<Level | null>(graver, null) ?? LEVELS[0];
  }

  /** Where each domain stands, in the order of the plan. */
  domains(): DomainLevel[] {
    const domains: DomainLevel[] = [];
    for (const [domain, { proven, cannotBeJudged, could }] of this.#domains) {
      const isOpen = () => cannotBeJudged.length > 0 || could.length > 0 || !this.#isLookedAt(domain);
      const level = proven ?? (isOpen() ? null : 5);
      domains.push({ domain, level, cannotBeJudged: cannotBeJudged.map(({ rule }) => rule) });
    }
    return domains;
  }

  /** Where a domain could be graver than what is proven in it, the gravest first. */
  undecided(): Undecided[] {
    const undecided: Undecided[] = [];
    for (const [domain, { proven, could }] of this.#domains) {
      if (could.length === 0) continue;
      const graverOnes = could.filter(({ level }) => proven === null || level < proven);
      const [first] = graverOnes;
      if (!first) continue;
      undecided.push({
        domain,
        could: graverOnes.reduce((gravest, { level }) => graver(gravest, level), first.level),
        widens: graverOnes.some(({ widens }) => widens),
        missing: this.#inOrder(
          distinct(graverOnes.flatMap(({ ready, facts }) => this.#unsettled(ready, facts))),
        ),
      });
    }
    return undecided.sort((a, b) => a.could - b.could);
  }

  /** As the basic set has them, then the others. */
  #inOrder(missing: readonly Unsettled[]): Unsettled[] {
    const basic = this.plan.basicSet.flatMap(({ analytes }) => analytes);
    const placeOf = ({ fact }: Unsettled): number =>
      basic.includes(fact) ? basic.indexOf(fact) : basic.length;
    return [...missing].sort((a, b) => placeOf(a) - placeOf(b));
  }

  #isLookedAt(domain: string): boolean {
    const of = this.levels.domains.get(domain);
    if (!of) return false;
    // What records alone tell is always looked at: not on record counts as no.
    return of.needs.length === 0 || of.needs.some((all) => all.every((need) => this.#isMet(need, domain)));
  }

  #isMet(need: ReadonlySet<string>, domain: string): boolean {
    for (const analyte of need) {
      if (analyte === CONCLUSION ? this.#isSpokenOf(domain) : isUsable(this.input.latest.get(analyte)))
        return true;
    }
    return false;
  }

  /** An ECG says nothing of the breast: a report counts for the parts of the body that it names. */
  #isSpokenOf(domain: string): boolean {
    if (this.seen.conclusions.length === 0) return false;
    const words = this.plan.words.get(domain) ?? [];
    this.#texts ??= this.seen.conclusions.map(textOf);
    return this.#texts.some((text) => words.some((word) => text.includes(word)));
  }

  #widens({ analytes }: ReadyLevel): boolean {
    for (const analyte of analytes) {
      if (this.levels.basic.has(analyte) || this.input.ordered.has(analyte) || this.seen.open.has(analyte))
        return true;
    }
    return false;
  }

  /** The conditions that leave the rule undecided. */
  #unsettled({ leaves }: ReadyLevel, facts: Facts): Unsettled[] {
    return leaves
      .filter(({ screen }) => screen(facts) === COULD)
      .flatMap(({ leaf: { fact, analytes, threshold } }): Unsettled | Unsettled[] => {
        const computedFrom = this.#openInputsOf(fact);
        if (computedFrom) return computedFrom;
        if (analytes.size === 0) return { fact, why: 'not-known' };
        const ids = [...analytes];
        if (ids.some((id) => this.input.ordered.has(id))) return { fact, why: 'ordered' };
        const latest = ids.flatMap((id) => this.input.latest.get(id) ?? []);
        if (latest.length === 0 && !analytes.has(CONCLUSION)) return { fact, why: 'not-measured' };
        const end =
          threshold.kind === 'own-limit' ? (threshold.end === 'low' ? 'ownLower' : 'ownLimit') : null;
        const isWithoutLimit = end !== null && !latest.some(({ measurement }) => measurement[end]);
        return { fact, why: isWithoutLimit ? 'no-limit' : 'uncertain' };
      });
  }

  /** Nobody measures what is computed: what settles it are the inputs that are missing. Null for what is measured. */
  #openInputsOf(fact: string): Unsettled[] | null {
    const { formulas, models } = this.levels;
    const formula = [...formulas, ...models].find(({ id }) => id === fact);
    if (!formula || this.input.latest.has(fact)) return null;
    const open = formula.inputs.filter(({ analyte }) => this.seen.open.has(analyte));
    if (open.length === 0) return null;
    const why = (analyte: string) => (this.input.ordered.has(analyte) ? 'ordered' : 'not-measured');
    return open.flatMap(({ analyte }) => this.#openInputsOf(analyte) ?? { fact: analyte, why: why(analyte) });
  }
}

function textOf({ measurement: { value } }: MeasuredFact): string {
  return value?.kind === 'text' ? plainText(value.text).toLowerCase() : '';
}

function graver<L extends number>(a: L | null, b: L | null): L {
  return (a === null ? b : b === null || a <= b ? a : b) as L;
}

function distinct(all: readonly Unsettled[]): Unsettled[] {
  return [...new Map(all.map((one) => [`${one.fact} ${one.why}`, one])).values()];
}
