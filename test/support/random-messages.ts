import fc from 'fast-check';
import { about, daysBefore, loinc, person, quantity, result } from './messages.js';
import { anticoagulant, condition, encounter, familyHistory } from './records.js';

export const PERSONS = 3;
export const ORDERS = 5;
const STATUSES = [
  'registered',
  'preliminary',
  'final',
  'amended',
  'corrected',
  'cancelled',
  'entered-in-error',
];
export const ORDER_SYSTEM = 'urn:test:series';
const RECORD_SYSTEM = 'urn:test:records';
const RECORDS = ['Condition', 'MedicationStatement', 'FamilyMemberHistory', 'Encounter'] as const;

/** What each order number measures, with values at its limits, beside them and doubtful ones. */
const MEASURES: readonly ((pick: number) => Partial<fhir4.Observation>)[] = [
  (pick) => number('6690-2', [3, 3.01, 2.9, 6][pick % 4]!, '10*9/L'),
  (pick) => number('718-7', [89, 90, 130, 60][pick % 4]!, 'g/L'),
  (pick) => number('777-3', [400, 399, 89, 90][pick % 4]!, '10*9/L'),
  (pick) => number('2157-6', [2000, 2001, 100, 9000][pick % 4]!, 'U/L'),
  // A glucose means one thing or another by its specimen, which travels apart.
  (pick) => ({
    ...number('14749-6', [6.9, 7, 11.1, 25][pick % 4]!, 'mmol/L'),
    specimen: { reference: 'Specimen/SPECIMEN' },
  }),
  (pick) => ({ code: loinc('20454-5'), valueString: ['±', '+', '阴性', '阳性'][pick % 4]! }),
  (pick) => ({
    ...number('2039-6', [5, 5.1, 50, 1][pick % 4]!, 'ng/mL'),
    ...(pick % 8 < 4 && { referenceRange: [{ high: quantity(5, 'ng/mL') }] }),
  }),
  (pick) => ({ code: loinc('14682-9'), valueQuantity: { value: [900, 80, 133, 134][pick % 4]! } }),
  (pick) => ({
    code: loinc('82810-3'),
    valueCodeableConcept: {
      coding: [{ system: 'http://snomed.info/sct', code: ['77386006', '60001007'][pick % 2] }],
    },
  }),
];
/** Orders that look back upon each other: mostly the same few tests on different days. */
const OFTEN = [0, 1, 1, 1, 2, 2, 3];

function number(code: string, value: number, unit: string): Partial<fhir4.Observation> {
  return { code: loinc(code), valueQuantity: quantity(value, unit) };
}

/** One thing that is sent: a version of a result or of a record, the person, or the specimen. */
export type Sent =
  | { kind: 'record'; which: number; updated: number; isWithdrawn: boolean }
  | { kind: 'version'; order: number; issued: number; updated: number; status: number; isHistory: boolean }
  | { kind: 'person'; who: number }
  | { kind: 'specimen' };

/** What lies behind the versions of one run: the same version always says the same. */
export interface World {
  measures: number[];
  picks: number[];
  owners: number[];
  ages: number[];
  records: number[];
}

const sent: fc.Arbitrary<Sent> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('version' as const),
      order: fc.nat(ORDERS - 1),
      issued: fc.nat(1),
      updated: fc.nat(1),
      status: fc.nat(STATUSES.length - 1),
      isHistory: fc.integer({ min: 0, max: 9 }).map((one) => one < 2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      which: fc.nat(RECORDS.length - 1),
      updated: fc.nat(2),
      isWithdrawn: fc.integer({ min: 0, max: 9 }).map((one) => one < 2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('person' as const), who: fc.nat(PERSONS - 1) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'specimen' as const }) },
);
const numbers = (most: number, length: number) =>
  fc.array(fc.nat(most), { minLength: length, maxLength: length });
export const world: fc.Arbitrary<World> = fc.record({
  measures: fc.oneof(
    numbers(MEASURES.length - 1, ORDERS),
    fc.array(fc.constantFrom(...OFTEN), { minLength: ORDERS, maxLength: ORDERS }),
  ),
  picks: numbers(7, 11),
  // Mostly the first person; sometimes a version names another.
  owners: fc.array(fc.constantFrom(0, 0, 0, 1, 2), { minLength: 7, maxLength: 7 }),
  // A version may move its result in time.
  ages: fc.array(fc.constantFrom(0, 0, 1, 3, 40), { minLength: 7, maxLength: 7 }),
  records: numbers(11, 13),
});
/** The same things twice: in one order and in another, with repeats, cut into bundles differently. */
export const plan = fc.array(sent, { minLength: 1, maxLength: 11 }).chain((all) => {
  const order = fc.shuffledSubarray([...all.keys()], { minLength: all.length });
  const repeats = fc.array(fc.nat(all.length - 1), { maxLength: 4 });
  const cuts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 });
  const way = fc.record({ order, repeats, cuts });
  return fc.record({ all: fc.constant(all), one: way, other: way });
});
export type Way = { order: number[]; repeats: number[]; cuts: number[] };

/** One thing as it is sent; `prefix` tells the persons and order numbers of one run from those of another. */
export function resourceOf(one: Sent, given: World, prefix: string): fhir4.FhirResource {
  if (one.kind === 'person') return person(`${prefix}-${one.who}`);
  if (one.kind === 'specimen') return specimen(prefix);
  return one.kind === 'record' ? record(one, given, prefix) : version(one, given, prefix);
}

export function comesAsHistory(one: Sent): boolean {
  return one.kind === 'version' && one.isHistory;
}

function version(
  { order, issued, updated, status }: Extract<Sent, { kind: 'version' }>,
  given: World,
  prefix: string,
): fhir4.Observation {
  const which = order * 31 + issued * 14 + updated * 7 + status;
  const measured = MEASURES[given.measures[order]!]!(given.picks[which % given.picks.length]!);
  const days = given.ages[(order * 3 + (which % 5)) % given.ages.length]!;
  return result({
    ...measured,
    ...(which % 3 > 0 && {
      encounter: { identifier: { system: RECORD_SYSTEM, value: `${prefix}-Encounter` } },
    }),
    ...(measured.specimen && { specimen: { reference: `Specimen/${prefix}-s` } }),
    // A specimen and what was measured in it are one person's.
    ...about(`${prefix}-${measured.specimen ? 0 : given.owners[which % given.owners.length]}`),
    identifier: [{ system: ORDER_SYSTEM, value: `${prefix}-${order}` }],
    status: STATUSES[status] as fhir4.Observation['status'],
    // At one instant identity decides which is earlier, and here no two ways share identities.
    effectiveDateTime: daysBefore(days, order * 1000),
    issued: daysBefore(0, issued * 60_000),
    meta: { lastUpdated: daysBefore(days, updated * 60_000) },
  });
}

/** A version of a record: which says what, of whom, from which day, follows from the world; some are known by id alone. */
function record(
  { which, updated, isWithdrawn }: Extract<Sent, { kind: 'record' }>,
  given: World,
  prefix: string,
): fhir4.FhirResource {
  const type = RECORDS[which]!;
  const pick = given.records[(which * 3 + updated) % given.records.length]!;
  // What is known by id is one record for each person; what has a number may turn out to be another person's.
  const isNumbered = type === 'Encounter' || given.records[which]! % 2 === 0;
  const mrn = `${prefix}-${isNumbered && pick % 4 === 3 ? 1 : 0}`;
  const shared = {
    meta: { lastUpdated: daysBefore(0, updated * 60_000) },
    ...(isNumbered && { identifier: [{ system: RECORD_SYSTEM, value: `${prefix}-${type}` }] }),
  };
  const id = isNumbered ? undefined : `${prefix}-${type}`;
  const day = daysBefore([0, 2, 30, -3][pick % 4]!).slice(0, 10);
  switch (type) {
    case 'Condition': {
      const verification = isWithdrawn
        ? 'entered-in-error'
        : ['confirmed', 'refuted', 'provisional'][pick % 3]!;
      return { ...condition('', mrn, { verification, recordedDate: day }), ...shared, id };
    }
    case 'MedicationStatement': {
      const status: fhir4.MedicationStatement['status'] = isWithdrawn
        ? 'entered-in-error'
        : (['active', 'not-taken', 'stopped'] as const)[pick % 3]!;
      // What one rule looks at thins the blood; levels look at what lowers the glucose.
      const text = pick % 2 === 0 ? '华法林钠片' : '二甲双胍片';
      const taken = { status, medicationCodeableConcept: { text }, effectivePeriod: { start: day } };
      return { ...anticoagulant('', mrn, taken), ...shared, id };
    }
    case 'FamilyMemberHistory':
      return { ...familyHistory('', mrn), ...shared, id, ...(isWithdrawn && { status: 'entered-in-error' }) };
    case 'Encounter': {
      const status = isWithdrawn ? 'entered-in-error' : 'finished';
      const code = ['IMP', 'AMB', 'HH'][pick % 3]!;
      return { ...encounter('', mrn), ...shared, id, status, class: { code } };
    }
  }
}

function specimen(prefix: string): fhir4.Specimen {
  return {
    resourceType: 'Specimen',
    id: `${prefix}-s`,
    ...about(`${prefix}-0`),
    collection: { fastingStatusCodeableConcept: { coding: [{ code: 'F' }] } },
  };
}
