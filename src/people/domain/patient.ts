/** What judging and calling need of a Patient; the rest stays sealed. */
export interface Demographics {
  name: string | null;
  sex: 'male' | 'female' | null;
  birthDate: string | null;
  isDeceased: boolean;
  hasGuardian: boolean;
}

export interface ContactPoint {
  system: string;
  value: string;
}

const LONGEST_NAME = 255;
const GUARDIAN_CODES = new Set([
  'GUARD',
  'PRN',
  'MTH',
  'FTH',
  'NMTH',
  'NFTH',
  'ADOPTP',
  'STPPRN',
  'GRPRN',
  'guardian',
  'parent',
]);
const GUARDIAN_WORDS = /监护|父|母|爸|妈|guardian|parent|mother|father/i;

export function demographics(patient: fhir4.Patient): Demographics {
  return {
    name: personName(patient.name),
    sex: patient.gender === 'male' || patient.gender === 'female' ? patient.gender : null,
    birthDate: patient.birthDate ?? null,
    isDeceased: patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined,
    hasGuardian: (patient.contact ?? []).some(
      (contact) => isGuardian(contact.relationship) && isReachable(contact.telecom),
    ),
  };
}

/** Whether a RelatedPerson is a guardian who can be phoned. */
export function isReachableGuardian(related: fhir4.RelatedPerson): boolean {
  return related.active !== false && isGuardian(related.relationship) && isReachable(related.telecom);
}

/** Phone numbers and addresses by which the person can be reached. */
export function contactPoints(patient: fhir4.Patient): ContactPoint[] {
  return (patient.telecom ?? [])
    .filter((telecom) => telecom.value && telecom.use !== 'old')
    .map((telecom) => ({ system: telecom.system ?? 'other', value: telecom.value!.trim() }));
}

function personName(names: fhir4.Patient['name']): string | null {
  const name =
    names?.find((one) => one.use === 'official') ?? names?.find((one) => one.use !== 'old') ?? names?.[0];
  if (!name) return null;
  const given = name.given ?? [];
  const isHan = /\p{Script=Han}/u.test(`${name.family ?? ''}${given.join('')}`);
  const text =
    name.text ??
    (isHan
      ? [name.family, ...given].filter(Boolean).join('')
      : [...given, name.family].filter(Boolean).join(' '));
  return text ? text.slice(0, LONGEST_NAME) : null;
}

export function isGuardian(relationships: readonly fhir4.CodeableConcept[] | undefined): boolean {
  return (relationships ?? []).some(
    ({ text, coding }) =>
      GUARDIAN_WORDS.test(text ?? '') ||
      (coding ?? []).some(
        ({ code, display }) => GUARDIAN_CODES.has(code ?? '') || GUARDIAN_WORDS.test(display ?? ''),
      ),
  );
}

function isReachable(telecom: readonly fhir4.ContactPoint[] | undefined): boolean {
  return (telecom ?? []).some((point) => point.value && point.use !== 'old');
}
