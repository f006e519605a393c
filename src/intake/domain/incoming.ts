import { type Witness } from '../../database/index.js';

/** A resource as it comes: its type is known, its shape has been validated. */
export type IncomingResource = fhir4.FhirResource;

/** One entry of a message that has passed validation. */
export interface IncomingEntry {
  /** Place in the payload, and in the answer. */
  index: number;
  /** FHIRPath of the resource, for refusals: `Bundle.entry[3].resource`. */
  path: string;
  fullUrl: string | null;
  resource: IncomingResource;
  /** PUT: the id in the URL. */
  chosenId: string | null;
  /** `ifNoneExist`, or a conditional update: the identifier to match. */
  condition: { system: string; value: string } | null;
  /** A matched conditional create changes nothing; a conditional update does. */
  isCreate: boolean;
}

/** A message on its way in: one acknowledged unit. */
export interface IncomingMessage {
  feed: {
    id: string;
    isHistory: boolean;
    /** Of its key; a feed's where it is left out. */
    scope?: string;
    /** Address on the network that it sends from; null for a command on this machine. */
    from?: string | null;
  };
  entries: readonly IncomingEntry[];
  /** The payload word for word; entry indexes point into it. */
  source: string | Buffer;
  /** Writes down who brought it, where it is no machine that sends; of a machine's, its key does. */
  witness?: Witness;
}

/** What became of an entry. */
export interface EntryResult {
  status: 200 | 201 | 202;
  type: string;
  /** Null for what is only kept with its payload. */
  id: string | null;
  version: number;
  lastModified: Date;
  /** Of a result: what it was among those stored before. */
  outcome?: 'new' | 'repeat' | 'version' | 'late';
}

/** Types that Firstcall reads; the rest is kept with its payload and answered 202. */
const CLINICAL_TYPES = [
  'Encounter',
  'Condition',
  'FamilyMemberHistory',
  'MedicationRequest',
  'MedicationStatement',
  'Procedure',
  'Specimen',
  'ServiceRequest',
  'RelatedPerson',
  'Consent',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'QuestionnaireResponse',
  'Device',
] as const;

export function isResult(resource: IncomingResource): resource is fhir4.Observation | fhir4.DiagnosticReport {
  return resource.resourceType === 'Observation' || resource.resourceType === 'DiagnosticReport';
}

const CLINICAL = new Set<string>(CLINICAL_TYPES);

export function isClinical(resource: IncomingResource): boolean {
  return CLINICAL.has(resource.resourceType);
}
