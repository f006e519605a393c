import { type ChangingPerson, type PrintedNumber } from '../../src/intake/domain/change-of-level.js';
import { findingsOn } from '../../src/intake/domain/findings-then.js';
import { type StoredResult } from '../../src/people/index.js';
import { type LevelPeople, WELL } from './level-people.js';

const AT = new Date('2026-03-02T00:00:00.000Z');

/** A man of 45, well but for these values, of one day; with the findings that they make. */
export async function changingPerson(
  people: LevelPeople,
  values: Readonly<Record<string, string | null>>,
): Promise<ChangingPerson> {
  const all = Object.entries({ ...WELL, ...values });
  const results = all.flatMap(([analyte, written]) =>
    written === null ? [] : [stored(people, analyte, written)],
  );
  const alone: ChangingPerson = {
    ruleSet: people.ruleSet,
    zone: 'Asia/Shanghai',
    person: { sex: 'male', birthDate: '1981-01-15' },
    results,
    records: null,
    findings: [],
    printed: (analyte) => printed(people, analyte),
  };
  return { ...alone, findings: await findingsOn(alone, results) };
}

function stored(people: LevelPeople, analyte: string, written: string): StoredResult {
  const { measurement } = people.measured(analyte, written);
  return {
    id: analyte,
    identityKey: analyte,
    contentHash: null,
    resourceType: 'Observation',
    version: 1,
    status: 'final',
    personId: 'p',
    subjectKey: null,
    messageId: 'm',
    entry: 0,
    codes: ' ',
    at: AT,
    issued: AT,
    sentUpdated: null,
    receivedAt: AT,
    measurements: [{ ...measurement, freshFrom: AT.toISOString() }],
  };
}

function printed({ catalogue }: LevelPeople, id: string): PrintedNumber | undefined {
  const analyte = catalogue.get(id);
  if (analyte?.kind !== 'number' || analyte.unit === null) return undefined;
  return { decimals: analyte.decimals, unit: analyte.unit, plausible: analyte.plausible ?? null };
}
