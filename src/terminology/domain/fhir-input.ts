import { type Coding } from '../../kernel/index.js';

/** The elements of FHIR R4 that are read here; the front door has validated the whole resource. */

export interface CodeableConcept {
  coding?: Coding[];
  text?: string;
}

export interface Quantity {
  value?: number;
  comparator?: string;
  unit?: string;
  system?: string;
  code?: string;
}

export interface Range {
  low?: Quantity;
  high?: Quantity;
}

export interface Ratio {
  numerator?: Quantity;
  denominator?: Quantity;
}

export interface ReferenceRange {
  low?: Quantity;
  high?: Quantity;
  type?: CodeableConcept;
  appliesTo?: CodeableConcept[];
  age?: Range;
  text?: string;
}

/** What an Observation and its components have in common. */
export interface Valued {
  code?: CodeableConcept;
  valueQuantity?: Quantity;
  valueCodeableConcept?: CodeableConcept;
  valueString?: string;
  valueBoolean?: boolean;
  valueInteger?: number;
  valueRange?: Range;
  valueRatio?: Ratio;
  valueSampledData?: object;
  valueTime?: string;
  valueDateTime?: string;
  valuePeriod?: object;
  dataAbsentReason?: CodeableConcept;
  interpretation?: CodeableConcept[];
  referenceRange?: ReferenceRange[];
}

export interface Observation extends Valued {
  resourceType: 'Observation';
  status?: string;
  category?: CodeableConcept[];
  component?: Valued[];
}

export interface DiagnosticReport {
  resourceType: 'DiagnosticReport';
  status?: string;
  category?: CodeableConcept[];
  code?: CodeableConcept;
  conclusion?: string;
  conclusionCode?: CodeableConcept[];
  presentedForm?: { contentType?: string; data?: string }[];
  contained?: { resourceType: string }[];
}
