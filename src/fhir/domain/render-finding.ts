/** A finding as it is kept; its evidence is already read. */
export interface FindingShown {
  id: string;
  personId: string | null;
  ruleId: string;
  status: 'final' | 'preliminary' | 'retracted';
  urgency: 'A' | 'important' | 'B' | 'C';
  identifiedAt: Date;
  updatedAt: Date;
  evidence: {
    title: { zh: string; en: string };
    sentence: { zh: string; en: string };
    implicated: readonly { type: string; id: string }[];
    /** The rule's limit waits for a doctor to confirm it. */
    review: 'pending' | null;
  };
}

export const RULE_SYSTEM = 'urn:firstcall:rule';
const SEVERITY = { A: 'high', important: 'moderate', B: 'moderate', C: 'low' } as const;
/** Said of findings whose limit no doctor has confirmed yet. */
export const TO_BE_CONFIRMED = {
  system: 'urn:firstcall:review',
  code: 'pending',
  display: '界值待医生确认 limit to be confirmed by a doctor',
} as const;
const STATUS = { final: 'final', preliminary: 'preliminary', retracted: 'entered-in-error' } as const;
/** http://hl7.org/fhir/R4/extension-translation.html */
const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';

/** The status under which FHIR clients look for a finding, in the words of the table; null when it has none of ours. */
export function findingStatus(fhirStatus: string): FindingShown['status'] | null {
  const found = Object.entries(STATUS).find(([, status]) => status === fhirStatus);
  return found ? (found[0] as FindingShown['status']) : null;
}

/** 阳性发现 as a DetectedIssue: Chinese first, the English sentence beside it as a translation. */
export function renderFinding(finding: FindingShown): fhir4.DetectedIssue {
  const { title, sentence, implicated, review } = finding.evidence;
  return {
    resourceType: 'DetectedIssue',
    id: finding.id,
    meta: {
      versionId: String(finding.updatedAt.getTime()),
      lastUpdated: finding.updatedAt.toISOString(),
      ...(review === 'pending' && { tag: [TO_BE_CONFIRMED] }),
    },
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${finding.id}` }],
    status: STATUS[finding.status],
    code: { coding: [{ system: RULE_SYSTEM, code: finding.ruleId, display: title.zh }], text: title.zh },
    severity: SEVERITY[finding.urgency],
    ...(finding.personId !== null && { patient: { reference: `Patient/${finding.personId}` } }),
    identifiedDateTime: finding.identifiedAt.toISOString(),
    ...(implicated.length > 0 && {
      implicated: implicated.map(({ type, id }) => ({ reference: `${type}/${id}` })),
    }),
    detail: sentence.zh,
    _detail: {
      extension: [
        {
          url: TRANSLATION,
          extension: [
            { url: 'lang', valueCode: 'en' },
            { url: 'content', valueString: sentence.en },
          ],
        },
      ],
    },
  };
}
