import { ITEMS } from '../../sample/domain/catalogue.js';
import { type Checkup, SYSTEMS } from '../../sample/domain/checkup.js';
import { checkupBundle, singleResultBundle } from '../../sample/domain/checkup-bundle.js';
import { makeClient } from '../../sample/domain/client.js';
import { examine } from '../../sample/domain/generate-clients.js';
import { HOUR, MINUTE } from '../../sample/domain/moment.js';
import { Random } from '../../sample/domain/random.js';
import { resultNumber } from '../../sample/domain/result-resources.js';
import { type Scenario } from '../../sample/domain/scenario.js';
import { type Letter, letterOf, PACK } from './letter.js';

/** Letters that a feed sends at the same moment. */
export type Step = readonly Letter[];

/** Everything that the laboratory sends of one client, step by step. */
export interface Course {
  /** Identifier of the Patient, `system|value`. */
  patient: string;
  steps: readonly Step[];
}

/** Scenarios of the sample that are one number, and the item that they change. Each is named after the rule it meets. */
const TROUBLES = [
  ['hb-low', 'hb'],
  ['wbc-low', 'wbc'],
  ['plt-low', 'plt'],
  ['plt-high', 'plt'],
  ['ck-high', 'ck'],
  ['creatinine-high', 'creatinine'],
] as const satisfies readonly (readonly [Scenario, string])[];
type Trouble = (typeof TROUBLES)[number];

/** Of results that are looked at: enough calls that begin and end, enough people who are never called. */
const IMPORTANT = 0.35;
const FEWEST_STEPS = 2;
const MOST_STEPS = 5;

/**
 * The letters of one new client: a whole checkup, single results beside it (brought at once, sometimes before the
 * client is known), corrections to and fro, withdrawals, versions that overtake each other, repeats.
 * @param ordinal number of the client; the same seed, ordinal and now give the same bytes
 */
export function courseOf(seed: string | number, ordinal: number, now: Date): Course {
  const laboratory = new Laboratory(new Random(seed, 'soak', ordinal), ordinal, now.getTime());
  const steps = laboratory.opening();
  const random = laboratory.random;
  for (let more = random.integer(FEWEST_STEPS, MOST_STEPS); more > 0; more--) {
    steps.push(laboratory.step(steps.flat()));
  }
  return { patient: `${SYSTEMS.client}|${laboratory.serial}`, steps };
}

/** A result that was sent, and may be sent in another version. */
interface Sent {
  checkup: Checkup;
  itemId: string;
}

/** Writes the letters of one client; every release is a minute after the one before. */
class Laboratory {
  readonly serial: string;
  readonly #main: Checkup;
  readonly #begun: number;
  readonly #client;
  readonly #sent: Sent[] = [];
  #releases = 0;
  #rechecks = 0;

  constructor(
    readonly random: Random,
    ordinal: number,
    now: number,
  ) {
    this.serial = `SK${String(ordinal).padStart(8, '0')}`;
    this.#begun = now - 3 * HOUR;
    this.#client = makeClient(random, this.serial, ordinal, now);
    this.#main = this.#examine([]);
  }

  /** The checkup comes first, last, or at once with a single result. */
  opening(): Step[] {
    const choice = this.random.integer(0, 2);
    if (choice === 0) return [[this.#checkup()]];
    if (choice === 1) return [[this.#checkup(), this.#recheck()]];
    return [[this.#recheck(), this.#recheck()], [this.#checkup()]];
  }

  /** @param earlier every letter so far */
  step(earlier: readonly Letter[]): Step {
    const repeat = (): Letter => this.random.pick(earlier);
    const kinds = {
      repeat: () => [repeat()],
      correction: () => [this.#version('corrected')],
      withdrawal: () => [this.#version('entered-in-error')],
      'two results': () => [this.#recheck(), this.#recheck()],
      'two versions': () => this.#twoVersions(),
      'correction and repeat': () => [this.#version('corrected'), repeat()],
    };
    return kinds[this.random.pick(Object.keys(kinds) as (keyof typeof kinds)[])]();
  }

  #examine(scenarios: readonly Scenario[]): Checkup {
    const visit = { visit: 0, drawnAt: this.#begun, issuedAt: this.#begun, scenarios, missingUnit: false };
    return examine(this.random, this.#client, visit);
  }

  /** The whole checkup, some with something important in it. */
  #checkup(): Letter {
    const trouble = this.random.chance(IMPORTANT) ? this.random.pick(TROUBLES) : null;
    if (trouble) this.#main.found.body.set(trouble[1], { number: this.#number(trouble[1], trouble) });
    const checkup = { ...this.#main, issuedAt: this.#release() };
    for (const [, itemId] of TROUBLES) this.#sent.push({ checkup: this.#main, itemId });
    return letterOf(checkupBundle(this.random, checkup), this.#meets(checkup, trouble));
  }

  /** A single result of a visit of its own. */
  #recheck(): Letter {
    const checkup = { ...this.#main, number: `${this.#main.number}-${++this.#rechecks}` };
    const [, itemId] = this.random.pick(TROUBLES);
    this.#sent.push({ checkup, itemId });
    return this.#single({ checkup, itemId }, 'final');
  }

  #version(status: 'corrected' | 'entered-in-error'): Letter {
    return this.#single(this.random.pick(this.#sent), status);
  }

  #twoVersions(): Letter[] {
    const sent = this.random.pick(this.#sent);
    return this.random.shuffle([this.#single(sent, 'corrected'), this.#single(sent, 'corrected')]);
  }

  /** The result with another number, important or not. */
  #single({ checkup, itemId }: Sent, status: 'final' | 'corrected' | 'entered-in-error'): Letter {
    const troubles = TROUBLES.filter(([, item]) => item === itemId);
    const trouble = this.random.chance(IMPORTANT) ? this.random.pick(troubles) : null;
    const single = { itemId, number: this.#number(itemId, trouble), issuedAt: this.#release(), status };
    const meets = status === 'entered-in-error' ? null : trouble;
    return letterOf(singleResultBundle(this.random, checkup, single), this.#meets(checkup, meets));
  }

  /** A number of this client's, as the sample has it: with the trouble important, without it never. */
  #number(itemId: string, trouble: Trouble | null): number {
    const value = this.#examine(trouble ? [trouble[0]] : []).found.body.get(itemId);
    if (!value || !('number' in value)) throw new RangeError(`${itemId} is no number in the sample`);
    return value.number;
  }

  #meets(checkup: Checkup, trouble: Trouble | null): Map<string, string> {
    if (!trouble) return new Map();
    const [scenario, itemId] = trouble;
    const local = ITEMS.find(({ id }) => id === itemId)?.local ?? '';
    const key = `Observation ${SYSTEMS.result}|${resultNumber(checkup, local)}`;
    return new Map([[key, `${PACK}/${scenario}`]]);
  }

  #release(): number {
    return this.#begun + ++this.#releases * MINUTE;
  }
}
