import { type CareSetting, localDay } from '../../kernel/index.js';
import { readTime } from '../../people/domain/fhir-time.js';
import { settingOf } from './result-context.js';

/** One thing that a record says of its person: a condition, a relative's condition, a medicine. */
export interface Statement {
  of: 'history' | 'family' | 'medication';
  /** `system|code`. */
  codes: string[];
  texts: string[];
  /** False where the record says that it is not so (refuted, not taken). */
  isSo: boolean;
  /** First and last day that it speaks of, in the centre's zone; open where the record does not say. */
  from?: string;
  until?: string;
}

/** What one record says, as far as rules may ask for it. */
export interface Said {
  /** `meta.lastUpdated` as sent, ISO 8601 in UTC. */
  updated?: string;
  /** Entered in error. */
  isWithdrawn?: true;
  statements: Statement[];
  /** Of an encounter. */
  setting?: CareSetting;
  /** Of an encounter: its sender's id, by which results may name it. */
  id?: string;
  /** Of a request that is open. */
  orders?: Order[];
}

/** A test that was ordered and is still to come. */
export interface Order {
  /** What was ordered, as it was written. */
  code: fhir4.CodeableConcept;
  /** The day when it was ordered, in the centre's zone; open where nobody says. */
  on?: string;
}

/** The types that rules may ask. */
export const SPEAKING_TYPES = [
  'Condition',
  'FamilyMemberHistory',
  'MedicationStatement',
  'MedicationRequest',
  'Encounter',
  'ServiceRequest',
] as const;

/** What a resource says; null for a type that rules do not ask. Suspected diagnoses say nothing: they are not known. */
export function readSaid(resource: fhir4.FhirResource, zone: string): Said | null {
  const said = read(resource, zone);
  if (!said) return null;
  const updated = readTime(resource.meta?.lastUpdated, zone)?.from.toISOString();
  return { ...(updated && { updated }), ...said };
}

function read(resource: fhir4.FhirResource, zone: string): Said | null {
  switch (resource.resourceType) {
    case 'Condition':
      return condition(resource, zone);
    case 'FamilyMemberHistory':
      return familyHistory(resource, zone);
    case 'MedicationStatement':
      return medicationStatement(resource, zone);
    case 'MedicationRequest':
      return medicationRequest(resource, zone);
    case 'Encounter':
      return encounter(resource);
    case 'ServiceRequest':
      return serviceRequest(resource, zone);
    default:
      return null;
  }
}

/** Which of two versions of a record counts: the one updated later, else the withdrawn one; 0: the one that comes later. */
export function compareSaid(a: Said, b: Said): number {
  const [first, second] = [a.updated ?? '', b.updated ?? ''];
  if (first !== second) return first < second ? -1 : 1;
  return Number(a.isWithdrawn ?? false) - Number(b.isWithdrawn ?? false);
}

const WITHDRAWN: Said = { isWithdrawn: true, statements: [] };
const NOTHING: Said = { statements: [] };
const ENTERED_IN_ERROR = 'entered-in-error';
const NOT_KNOWN = new Set(['unconfirmed', 'provisional', 'differential']);

function condition(resource: fhir4.Condition, zone: string): Said {
  const verification = resource.verificationStatus?.coding?.map(({ code }) => code ?? '') ?? [];
  if (verification.includes(ENTERED_IN_ERROR)) return WITHDRAWN;
  if (verification.some((code) => NOT_KNOWN.has(code))) return NOTHING;
  const since = resource.onsetDateTime ?? resource.onsetPeriod?.start ?? resource.recordedDate;
  const isSo = !verification.includes('refuted');
  return {
    statements: [{ of: 'history', ...meantBy(resource.code), isSo, ...days(since, undefined, zone) }],
  };
}

function familyHistory(resource: fhir4.FamilyMemberHistory, zone: string): Said {
  if (resource.status === ENTERED_IN_ERROR) return WITHDRAWN;
  if (resource.status === 'health-unknown') return NOTHING;
  const known = days(resource.date, undefined, zone);
  const statements = (resource.condition ?? []).map(({ code }): Statement => ({
    of: 'family',
    ...meantBy(code),
    isSo: true,
    ...known,
  }));
  return { statements };
}

function medicationStatement(resource: fhir4.MedicationStatement, zone: string): Said {
  const { status, effectivePeriod: period, effectiveDateTime, dateAsserted } = resource;
  if (status === ENTERED_IN_ERROR) return WITHDRAWN;
  const isOver = status === 'completed' || status === 'stopped';
  if (!isOver && status !== 'active' && status !== 'not-taken') return NOTHING;
  const since = period?.start ?? effectiveDateTime ?? dateAsserted;
  const until = period?.end ?? (isOver ? effectiveDateTime : undefined);
  // What was taken until a day that nobody wrote down may or may not have been taken on another.
  if (isOver && until === undefined) return NOTHING;
  return { statements: [medication(resource, status !== 'not-taken', days(since, until, zone))] };
}

function medicationRequest(resource: fhir4.MedicationRequest, zone: string): Said {
  const { status, intent, authoredOn, dispenseRequest } = resource;
  if (status === ENTERED_IN_ERROR) return WITHDRAWN;
  if (resource.doNotPerform || ['proposal', 'plan', 'option'].includes(intent)) return NOTHING;
  const until = dispenseRequest?.validityPeriod?.end;
  const isOver = status === 'completed' || status === 'stopped';
  if (status !== 'active' && !(isOver && until !== undefined)) return NOTHING;
  const since = dispenseRequest?.validityPeriod?.start ?? authoredOn;
  return { statements: [medication(resource, true, days(since, isOver ? until : undefined, zone))] };
}

function encounter(resource: fhir4.Encounter): Said {
  const id = resource.id ? { id: resource.id } : {};
  if (resource.status === ENTERED_IN_ERROR) return { ...WITHDRAWN, ...id };
  const setting = settingOf(resource);
  return { statements: [], ...(setting && { setting }), ...id };
}

const ORDERED = new Set(['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order']);

/** What was done, taken back or only proposed is not to come. */
function serviceRequest(resource: fhir4.ServiceRequest, zone: string): Said {
  const { status, intent, doNotPerform, authoredOn, code, orderDetail = [] } = resource;
  if (status === ENTERED_IN_ERROR) return WITHDRAWN;
  if ((status !== 'active' && status !== 'on-hold') || !ORDERED.has(intent) || doNotPerform) return NOTHING;
  const on = days(authoredOn, undefined, zone).from;
  const orders = [code, ...orderDetail].flatMap((one) => (one ? [{ code: one, ...(on && { on }) }] : []));
  return { statements: [], orders };
}

type Medicated = fhir4.MedicationStatement | fhir4.MedicationRequest;

function medication(resource: Medicated, isSo: boolean, when: ReturnType<typeof days>): Statement {
  const { medicationCodeableConcept: concept, medicationReference: reference } = resource;
  const contained = resource.contained?.find(
    (one): one is fhir4.Medication =>
      one.resourceType === 'Medication' && `#${one.id}` === reference?.reference,
  );
  const meant = meantBy(concept ?? contained?.code);
  if (reference?.display) meant.texts.push(reference.display);
  return { of: 'medication', ...meant, isSo, ...when };
}

function meantBy(concept: fhir4.CodeableConcept | undefined): Pick<Statement, 'codes' | 'texts'> {
  const codings = concept?.coding ?? [];
  const texts = [concept?.text, ...codings.map(({ display }) => display)];
  return {
    codes: codings.flatMap(({ system, code }) => (system && code ? `${system}|${code}` : [])),
    texts: [...new Set(texts.flatMap((text) => text ?? []))],
  };
}

function days(
  from: string | undefined,
  until: string | undefined,
  zone: string,
): Pick<Statement, 'from' | 'until'> {
  const [first, last] = [readTime(from, zone)?.from, readTime(until, zone)?.to];
  return {
    ...(first && { from: localDay(first.toISOString(), zone) }),
    ...(last && { until: localDay(last.toISOString(), zone) }),
  };
}
