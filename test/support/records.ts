import { about } from './messages.js';

export const ICD10 = 'http://hl7.org/fhir/sid/icd-10';
const STATUS = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';

/** A condition by its ICD-10 code: diabetes (E11.9) unless said otherwise; known by an id of its feed. */
export function condition(
  id: string,
  mrn: string,
  { code = 'E11.9', verification = 'confirmed', ...more }: ConditionOptions = {},
): fhir4.Condition {
  return {
    resourceType: 'Condition',
    id,
    ...about(mrn),
    code: { coding: [{ system: ICD10, code }] },
    verificationStatus: { coding: [{ system: STATUS, code: verification }] },
    ...more,
  };
}

interface ConditionOptions extends Partial<Omit<fhir4.Condition, 'code'>> {
  code?: string;
  verification?: string;
}

/** Warfarin, taken unless said otherwise. */
export function anticoagulant(
  id: string,
  mrn: string,
  more: Partial<fhir4.MedicationStatement> = {},
): fhir4.MedicationStatement {
  return {
    resourceType: 'MedicationStatement',
    id,
    ...about(mrn),
    status: 'active',
    medicationCodeableConcept: { text: '华法林钠片' },
    ...more,
  };
}

/** A father's cancer of the colon. */
export function familyHistory(
  id: string,
  mrn: string,
  more: Partial<fhir4.FamilyMemberHistory> = {},
): fhir4.FamilyMemberHistory {
  return {
    resourceType: 'FamilyMemberHistory',
    id,
    patient: about(mrn).subject,
    status: 'completed',
    relationship: { text: '父亲' },
    condition: [{ code: { text: '结肠癌' } }],
    ...more,
  };
}

/** A stay in hospital, unless the class says otherwise. */
export function encounter(id: string, mrn: string, more: Partial<fhir4.Encounter> = {}): fhir4.Encounter {
  return {
    resourceType: 'Encounter',
    id,
    ...about(mrn),
    status: 'finished',
    class: { code: 'IMP' },
    ...more,
  };
}
