import { type Finding } from './finding.js';
import { type LevelReason } from './level-assessment.js';

type Placed = Pick<Finding, 'ruleId' | 'observationId' | 'component'>;

/**
 * The finding behind each reason that is one. A rule may stand on several results (each tumour marker is one), and each is a
 * reason of its own.
 */
export class BehindReasons<F extends Placed> {
  readonly #byPlace: ReadonlyMap<string, F>;
  readonly #byRule: ReadonlyMap<string, F>;

  constructor(findings: readonly F[]) {
    this.#byPlace = new Map(findings.map((one) => [keyOf(one.ruleId, one), one]));
    this.#byRule = new Map(findings.map((one) => [one.ruleId, one]));
  }

  of({ ruleId, finding }: Extract<LevelReason, { from: 'finding' }>): F | undefined {
    return finding.place ? this.#byPlace.get(keyOf(ruleId, finding.place)) : this.#byRule.get(ruleId);
  }
}

function keyOf(
  ruleId: string,
  { observationId, component }: Pick<Placed, 'observationId' | 'component'>,
): string {
  return `${ruleId} ${observationId} ${component}`;
}
