/** The search parameters of R4 (http://hl7.org/fhir/R4/searchparameter-registry.html) served for one type. */
type OwnParameter = 'patient' | 'identifier' | 'status' | 'code';

/** Resource types that a feed sends and Firstcall uses, with what they can be searched by. Bundle is not stored. */
export const STORED_TYPES: ReadonlyMap<string, readonly OwnParameter[]> = new Map<string, OwnParameter[]>([
  ['Patient', ['identifier']],
  ['Encounter', ['patient', 'identifier', 'status']],
  ['Observation', ['patient', 'identifier', 'status', 'code']],
  ['DiagnosticReport', ['patient', 'identifier', 'status', 'code']],
  ['Condition', ['patient', 'identifier', 'code']],
  ['FamilyMemberHistory', ['patient', 'identifier', 'status', 'code']],
  ['MedicationRequest', ['patient', 'identifier', 'status', 'code']],
  ['MedicationStatement', ['patient', 'identifier', 'status', 'code']],
  ['Procedure', ['patient', 'identifier', 'status', 'code']],
  ['Specimen', ['patient', 'identifier', 'status']],
  ['ServiceRequest', ['patient', 'identifier', 'status', 'code']],
  ['RelatedPerson', ['patient', 'identifier']],
  ['Consent', ['patient', 'identifier', 'status']],
  ['Practitioner', ['identifier']],
  ['PractitionerRole', ['identifier']],
  ['Organization', ['identifier']],
  ['QuestionnaireResponse', ['patient', 'identifier', 'status']],
  ['Device', ['patient', 'identifier', 'status']],
]);

/** Resource types that Firstcall produces: read and searched, not written from outside. */
export const PRODUCED_TYPES: ReadonlyMap<string, readonly OwnParameter[]> = new Map<string, OwnParameter[]>([
  ['DetectedIssue', ['patient', 'identifier', 'status', 'code']],
  ['Task', ['patient', 'identifier', 'status', 'code']],
  ['Communication', ['patient', 'identifier', 'status']],
  ['RiskAssessment', ['patient', 'identifier']],
  ['CarePlan', ['patient', 'identifier', 'status']],
]);

/** Updated in place, every earlier version still served. */
export const WITH_HISTORY: ReadonlySet<string> = new Set(['RiskAssessment']);

type SearchParameter = fhir4.CapabilityStatementRestResourceSearchParam;
type ServedResource = fhir4.CapabilityStatementRestResource;

const OWN_PARAMETERS: Readonly<Record<OwnParameter, SearchParameter[]>> = {
  patient: [
    { name: 'patient', type: 'reference' },
    { name: 'patient.identifier', type: 'token', documentation: 'Chained: system|value of the person.' },
  ],
  identifier: [{ name: 'identifier', type: 'token' }],
  status: [{ name: 'status', type: 'token' }],
  code: [{ name: 'code', type: 'token' }],
};

const COMMON_PARAMETERS: SearchParameter[] = [
  { name: '_id', type: 'token' },
  { name: '_lastUpdated', type: 'date' },
  { name: '_count', type: 'number', documentation: 'Entries a page; further pages by the link "next".' },
  { name: '_sort', type: 'string' },
];

function stored([type, parameters]: readonly [string, readonly OwnParameter[]]): ServedResource {
  return {
    type: type as ServedResource['type'],
    interaction: [{ code: 'create' }, { code: 'update' }, { code: 'read' }, { code: 'search-type' }],
    conditionalCreate: true,
    conditionalUpdate: true,
    updateCreate: true,
    searchParam: parameters.flatMap((name) => OWN_PARAMETERS[name]),
  };
}

function produced([type, parameters]: readonly [string, readonly OwnParameter[]]): ServedResource {
  return {
    type: type as ServedResource['type'],
    interaction: [
      { code: 'read' },
      { code: 'search-type' },
      ...(WITH_HISTORY.has(type) ? [{ code: 'vread' as const }, { code: 'history-instance' as const }] : []),
    ],
    searchParam: parameters.flatMap((name) => OWN_PARAMETERS[name]),
  };
}

/** Who saw and changed what: for auditors alone. */
const AUDIT: ServedResource = {
  type: 'AuditEvent',
  interaction: [{ code: 'read' }, { code: 'search-type' }],
  searchParam: [
    ...OWN_PARAMETERS.patient,
    { name: 'date', type: 'date' },
    { name: 'agent', type: 'token', documentation: 'user:ID, key:ID, command:NAME or nobody.' },
  ],
};

/**
 * What `GET /fhir/metadata` answers.
 * @param url base of the FHIR door, such as `https://host/fhir`
 * @param date when this version of the service was put in force, as an R4 dateTime
 */
export function capabilityStatement(url: string, version: string, date: string): fhir4.CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'Firstcall 第一时间', version },
    implementation: { description: 'Firstcall 第一时间: results judged and told in time', url },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        security: { description: 'Authorization: Bearer KEY; a key of scope feed writes, others read.' },
        resource: [...[...STORED_TYPES].map(stored), ...[...PRODUCED_TYPES].map(produced), AUDIT],
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        searchParam: COMMON_PARAMETERS,
      },
    ],
  };
}
