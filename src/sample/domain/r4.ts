/** The parts of FHIR R4 that the sample writes, and no more. */
export interface Coding {
  system?: string;
  code?: string;
  display?: string;
}

export interface CodeableConcept {
  coding?: Coding[];
  text?: string;
}

export interface Quantity {
  value: number;
  comparator?: '<';
  unit?: string;
  system?: string;
  code?: string;
}

export interface Reference {
  reference: string;
}

export interface Identifier {
  use?: 'usual' | 'official';
  type?: CodeableConcept;
  system: string;
  value: string;
}

export interface ReferenceRange {
  low?: Quantity;
  high?: Quantity;
  text?: string;
}

export interface Patient {
  resourceType: 'Patient';
  identifier: Identifier[];
  active: boolean;
  name: { use: 'official'; text: string; family: string; given: string[] }[];
  telecom: { system: 'phone'; value: string; use: 'mobile' }[];
  gender: 'male' | 'female';
  birthDate: string;
  managingOrganization?: Reference;
}

export interface Organization {
  resourceType: 'Organization';
  identifier: Identifier[];
  active: boolean;
  name: string;
}

export interface Encounter {
  resourceType: 'Encounter';
  identifier: Identifier[];
  status: 'finished';
  class: Coding;
  type: CodeableConcept[];
  subject: Reference;
  period: { start: string; end: string };
}

export interface Specimen {
  resourceType: 'Specimen';
  type: CodeableConcept;
  subject: Reference;
  collection: { collectedDateTime: string; fastingStatusCodeableConcept: CodeableConcept };
}

export interface ObservedValue {
  valueQuantity?: Quantity;
  valueString?: string;
  valueRange?: { low: Quantity; high: Quantity };
  valueCodeableConcept?: CodeableConcept;
}

export interface Observation extends ObservedValue {
  resourceType: 'Observation';
  identifier: Identifier[];
  status: 'final' | 'corrected' | 'entered-in-error';
  category: CodeableConcept[];
  code: CodeableConcept;
  subject: Reference;
  encounter: Reference;
  effectiveDateTime: string;
  issued: string;
  interpretation?: CodeableConcept[];
  note?: { text: string }[];
  specimen?: Reference;
  referenceRange?: ReferenceRange[];
  component?: { code: CodeableConcept; valueQuantity: Quantity }[];
}

export interface DiagnosticReport {
  resourceType: 'DiagnosticReport';
  identifier: Identifier[];
  status: 'final';
  category: CodeableConcept[];
  code: CodeableConcept;
  subject: Reference;
  encounter: Reference;
  effectiveDateTime: string;
  issued: string;
  performer?: { display: string }[];
  result?: Reference[];
  conclusion?: string;
  conclusionCode?: CodeableConcept[];
}

export type Resource = Patient | Organization | Encounter | Specimen | Observation | DiagnosticReport;

export interface BundleEntry {
  fullUrl: string;
  resource: Resource;
  request: { method: 'POST'; url: string; ifNoneExist?: string };
}

export interface Bundle {
  resourceType: 'Bundle';
  type: 'transaction';
  timestamp: string;
  entry: BundleEntry[];
}
