import { checkupBundle } from './checkup-bundle.js';
import { makeClient } from './client.js';
import { examine } from './generate-clients.js';
import { identityNumber, mobileNumber } from './identity-number.js';
import { HOUR, MINUTE } from './moment.js';
import { Random } from './random.js';
import { type Scenario, SCENARIO_NAMES } from './scenario.js';
import { type Bundle } from './r4.js';

/**
 * A Bundle with holes where one person differs from the next. A load test fills the holes and sends the same
 * realistic bodies for any number of people, without the cost of writing each.
 */
export interface WorkloadTemplate {
  text: string;
  important: boolean;
  observations: number;
  /** What goes into the holes for the person with this number; every text is as long as its hole. */
  fill(ordinal: number): Record<Hole, string>;
}

/** The holes, as they stand in the text. */
export const HOLES = {
  serial: '#-SERIAL-#',
  identity: '#-IDENTITY-CARD--#',
  mobile: '#-MOBILE--#',
} as const;
export type Hole = keyof typeof HOLES;

/** Results of one checkup in the workload of the seed hospital. */
const RESULTS = 60;
/** 7.2 % of 65,045 examinees had an important result (one centre, 2022; notification clocks, sizing). */
const IMPORTANT_EVERY = 14;

/**
 * Templates of checkups released just now, 60 results each, one in fourteen with an important result.
 * @param count how many different checkups; the same seed, now and count give the same bytes
 */
export function* workloadTemplates(
  seed: string | number,
  now: Date,
  count: number,
): Generator<WorkloadTemplate> {
  for (let index = 0; index < count; index++) yield template(seed, now.getTime(), index);
}

function template(seed: string | number, now: number, index: number): WorkloadTemplate {
  const random = new Random(seed, 'workload', index);
  const { birthDate, sex, ...rest } = makeClient(random, HOLES.serial, index, now);
  const client = { ...rest, birthDate, sex, identityNumber: HOLES.identity, mobile: HOLES.mobile };
  const important = index % IMPORTANT_EVERY === IMPORTANT_EVERY - 1;
  const scenarios = important
    ? [SCENARIO_NAMES[Math.floor(index / IMPORTANT_EVERY) % SCENARIO_NAMES.length]]
    : [];
  const drawnAt = now - 3 * HOUR - (index % 60) * MINUTE;
  const checkup = examine(random, client, {
    visit: 0,
    drawnAt,
    issuedAt: drawnAt + HOUR,
    scenarios: scenarios.filter((one): one is Scenario => one !== undefined),
    missingUnit: false,
  });
  const suspicions = checkup.found.conclusions.filter(
    () => important && /imaging|cytology/.test(scenarios[0] ?? ''),
  );
  checkup.found.conclusions = suspicions.slice(-1);
  const bundle = sixtyResults(checkupBundle(random, checkup));
  return {
    text: JSON.stringify(bundle),
    important,
    observations: RESULTS,
    fill: (ordinal) => ({
      serial: `KH${String(ordinal).padStart(8, '0')}`,
      identity: identityNumber(birthDate, sex, ordinal),
      mobile: mobileNumber(ordinal),
    }),
  };
}

/** Keeps the first sixty Observations, and of the reports those that conclude something. */
function sixtyResults(bundle: Bundle): Bundle {
  let results = 0;
  const entry = bundle.entry.filter(({ resource }) => {
    if (resource.resourceType === 'DiagnosticReport') return resource.conclusion !== undefined;
    return resource.resourceType !== 'Observation' || ++results <= RESULTS;
  });
  if (results < RESULTS)
    throw new RangeError(`a checkup of ${results} results is too short for the workload`);
  return { ...bundle, entry };
}
