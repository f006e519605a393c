import { ERROR_CODES, type Fault } from '../../kernel/index.js';

export type Severity = 'fatal' | 'error' | 'warning' | 'information';

/** The parts of R4's OperationOutcome that Firstcall writes. */
export interface OperationOutcome {
  resourceType: 'OperationOutcome';
  issue: OutcomeIssue[];
}

export interface OutcomeIssue {
  severity: Severity;
  /** http://hl7.org/fhir/issue-type */
  code: string;
  /** Firstcall's own code. */
  details?: { coding: { system: string; code: string }[] };
  diagnostics: string;
  /** FHIRPath of the element. */
  expression?: string[];
}

const ERROR_SYSTEM = 'urn:firstcall:error';

/**
 * The R4 OperationOutcome of some faults: the element in `expression`, the cause in `diagnostics`.
 * @param severity `information` where nothing is wrong, as for a resource that is kept but not used
 */
export function toOperationOutcome(faults: readonly Fault[], severity: Severity = 'error'): OperationOutcome {
  const issue = faults.map((fault) => toIssue(fault, severity));
  // R4 wants at least one issue, even to say that there is none.
  if (issue.length === 0)
    issue.push({ severity: 'information', code: 'informational', diagnostics: 'no faults' });
  return { resourceType: 'OperationOutcome', issue };
}

function toIssue({ code, message, path }: Fault, severity: Severity): OutcomeIssue {
  return {
    severity,
    code: severity === 'information' ? 'informational' : ERROR_CODES[code].issue,
    details: { coding: [{ system: ERROR_SYSTEM, code }] },
    diagnostics: path === undefined ? message : `${path}: ${message}`,
    ...(path !== undefined && { expression: [path] }),
  };
}
