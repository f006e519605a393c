import { measureBody } from './body.js';
import { type Checkup, type Oddity } from './checkup.js';
import { checkupBundle, singleResultBundle } from './checkup-bundle.js';
import { type Client, makeClient } from './client.js';
import { writeConclusions } from './conclusion.js';
import { pickHabit } from './laboratory-habit.js';
import { chinaDay, DAY, MINUTE } from './moment.js';
import { type Bundle } from './r4.js';
import { Random } from './random.js';
import { play, type Scenario } from './scenario.js';
import { type ClientPlan, planClients, releaseTime, type Timing, visitTimes } from './visit-plan.js';

export interface SampleRequest {
  /** The same seed, people, now and years give the same bytes. */
  seed: string | number;
  people: number;
  now: Date;
  /** How far back the checkups go. */
  years: number;
}

/**
 * How a Bundle reaches the centre: `history` was told long ago and is loaded silently; `current` comes from the
 * laboratory now; `late` is old but was never sent; `correction` follows its `current` Bundle.
 */
export type Era = 'history' | 'current' | 'late' | 'correction';

export interface SampleBundle {
  era: Era;
  bundle: Bundle;
  /** File number of the client, to find them again. */
  serial: string;
  /** Important results that were put into this Bundle. */
  scenarios: readonly Scenario[];
}

/** Clients of a checkup centre with all their checkups, client by client, oldest Bundle first. */
export function* generateClients({ seed, people, now, years }: SampleRequest): Generator<SampleBundle> {
  const plans = planClients(new Random(seed, 'plan'), people);
  for (const [ordinal, plan] of plans.entries())
    yield* clientBundles(seed, ordinal, plan, now.getTime(), years);
}

function* clientBundles(
  seed: string | number,
  ordinal: number,
  plan: ClientPlan,
  now: number,
  years: number,
): Generator<SampleBundle> {
  const random = new Random(seed, 'client', ordinal);
  const serial = `KH${String(ordinal + 1).padStart(6, '0')}`;
  const client = suitable(makeClient(random, serial, ordinal, now, 18.5 + years), plan);
  const times = visitTimes(random, plan.timing, now, years);
  for (const [visit, drawnAt] of times.entries()) {
    const newest = visit === times.length - 1;
    const timing = newest ? plan.timing : 'earlier';
    const scenarios = newest ? plan.scenarios : [];
    const issuedAt = releaseTime(random, timing, drawnAt, now);
    const checkup = examine(random, client, {
      visit,
      drawnAt,
      issuedAt,
      scenarios,
      missingUnit: newest && plan.missingUnit,
    });
    yield { era: eraOf(timing), bundle: checkupBundle(random, checkup), serial, scenarios };
    if (newest && plan.corrected) {
      const right = { itemId: 'plt', number: 214, issuedAt: issuedAt + 4 * MINUTE };
      const bundle = singleResultBundle(random, checkup, { ...right, status: 'corrected' });
      yield { era: 'correction', bundle, serial, scenarios: [] };
    }
  }
}

function eraOf(timing: Timing): Era {
  return timing === 'earlier' ? 'history' : timing === 'late' ? 'late' : 'current';
}

/** Who has two important results is a newly found diabetic. */
function suitable(client: Client, plan: ClientPlan): Client {
  const diabetic = plan.scenarios.includes('glucose-fasting');
  return diabetic ? { ...client, traits: { ...client.traits, glycaemia: 'raised' } } : client;
}

export interface Visit {
  /** Counts from 0. */
  visit: number;
  drawnAt: number;
  issuedAt: number;
  scenarios: readonly Scenario[];
  missingUnit: boolean;
}

/** Carries out one checkup. */
export function examine(random: Random, client: Client, visit: Visit): Checkup {
  const age = (visit.drawnAt - Date.parse(client.birthDate)) / (365.25 * DAY);
  const found = { body: measureBody(random, client, age), conclusions: writeConclusions(random, client) };
  for (const scenario of visit.scenarios) play(scenario, found, random, client);
  // Too high if it is micromoles: a doctor has to look at it.
  if (visit.missingUnit) found.body.set('creatinine', { number: 158 });
  const oddities: Oddity[] = [];
  if (random.chance(0.03)) oddities.push('unknown-item');
  if (random.chance(0.02)) oddities.push('unknown-unit');
  if (visit.missingUnit) oddities.push('missing-unit');
  return {
    client,
    number: `TJ${chinaDay(visit.drawnAt).replaceAll('-', '')}${client.serial}`,
    drawnAt: visit.drawnAt,
    issuedAt: visit.issuedAt,
    habit: pickHabit(random),
    found,
    oddities,
  };
}
