import { PRODUCED_TYPES, STORED_TYPES } from './domain/capability-statement.js';
import { findingStatus } from './domain/render-finding.js';
import { type Searchable } from './domain/search-request.js';
import { type Token } from './domain/search-values.js';

/** Where a type is kept and how its rows are searched. */
export interface ServedType {
  /** Null for what is not produced yet: every search is empty. */
  table:
    'person' | 'observation' | 'clinical_resource' | 'finding' | 'task' | 'contact' | 'assessment' | null;
  /** Conditions that make a row one of this type. */
  only: { sql: string; values: readonly string[] };
  updated: string;
  /** Other instants at which it became another version, and of which row of `table` they are. */
  alsoUpdated?: (at: string) => { sql: string; from: string };
  /** No index on `updated` alone: the order is by id unless the caller insists. */
  isScannedByTime: boolean;
  person: string;
  searchable: Searchable;
  /** A FHIR status in the words of the table; null when no row can have it. */
  status: (fhirStatus: string) => string | null;
  /** Null when `codes` holds search tokens; else the column with our own code and its system. */
  ownCode: { column: string; system: string } | null;
}

const NOTHING = { sql: '', values: [] };
const asIs = (status: string): string => status;

const searchableOf = (names: readonly string[], date = false): Searchable => ({
  patient: names.includes('patient'),
  identifier: names.includes('identifier'),
  status: names.includes('status'),
  code: names.includes('code'),
  date,
});

function storedType(type: string, names: readonly string[]): ServedType {
  const shared = { person: 'person_id', status: asIs, ownCode: null };
  if (type === 'Patient') {
    return {
      ...shared,
      table: 'person',
      only: NOTHING,
      updated: 'updated_at',
      isScannedByTime: false,
      person: 'id',
      searchable: { ...searchableOf(names), patient: false },
    };
  }
  if (type === 'Observation' || type === 'DiagnosticReport') {
    return {
      ...shared,
      table: 'observation',
      only: { sql: 'component = 0 AND resource_type = ?', values: [type] },
      updated: 'received_at',
      isScannedByTime: true,
      searchable: searchableOf(names, true),
    };
  }
  return {
    ...shared,
    table: 'clinical_resource',
    only: { sql: 'type = ?', values: [type] },
    updated: 'updated_at',
    isScannedByTime: false,
    searchable: searchableOf(names),
  };
}

function producedType(type: string, names: readonly string[]): ServedType {
  const shared = {
    only: NOTHING,
    updated: 'updated_at',
    isScannedByTime: false,
    person: 'person_id',
    searchable: searchableOf(names),
    status: asIs,
    ownCode: null,
  };
  if (type === 'DetectedIssue') {
    return {
      ...shared,
      table: 'finding',
      only: { sql: 'kind = ?', values: ['finding'] },
      status: findingStatus,
      ownCode: { column: 'rule_id', system: 'urn:firstcall:rule' },
    };
  }
  if (type === 'Task') {
    return { ...shared, table: 'task', ownCode: { column: 'code', system: 'urn:firstcall:task' } };
  }
  if (type === 'Communication') return { ...shared, table: 'contact' };
  if (type === 'RiskAssessment')
    return { ...shared, table: 'assessment', updated: 'assessed_at', alsoUpdated: byOverrides };
  return { ...shared, table: null };
}

/**
 * The latest beginning or end of each doctor's own level: each is a version of the RiskAssessment that it stands beside. What
 * is raised again ends with the level that is graver, which has an instant of its own.
 * @param at now, as SQL: a level ends on its date although nobody writes it
 */
function byOverrides(at: string): { sql: string; from: string } {
  return {
    sql: `CASE WHEN o.ended_because = 'raised-again' THEN o.made_at WHEN o.ended_at IS NOT NULL THEN o.ended_at WHEN o.until <= ${at} THEN o.until ELSE o.made_at END`,
    from: 'level_override o WHERE o.person_id = assessment.person_id AND (o.assessment_id IS NULL OR o.assessment_id = assessment.id)',
  };
}

const SERVED: ReadonlyMap<string, ServedType> = new Map([
  ...[...STORED_TYPES].map(([type, names]) => [type, storedType(type, names)] as const),
  ...[...PRODUCED_TYPES].map(([type, names]) => [type, producedType(type, names)] as const),
]);

export function servedType(type: string): ServedType | undefined {
  return SERVED.get(type);
}

/** The codes of our own that a token can mean. */
export function ownCodeOf(ownCode: NonNullable<ServedType['ownCode']>, token: Token): string | null {
  return token.system === null || token.system === ownCode.system ? token.code : null;
}
