import { ERROR_CODES, type Fault } from '../../kernel/index.js';

export type Severity = fhir4.OperationOutcomeIssue['severity'];

/** Firstcall's own error codes beside R4's coarser issue types. */
const ERROR_SYSTEM = 'urn:firstcall:error';

/**
 * The R4 OperationOutcome of some faults: the element in `expression`, the cause in `diagnostics`.
 * @param severity `information` where nothing is wrong, as for a resource that is kept but not used
 */
export function toOperationOutcome(
  faults: readonly Fault[],
  severity: Severity = 'error',
): fhir4.OperationOutcome {
  const issue = faults.map((fault) => toIssue(fault, severity));
  // R4 wants at least one issue, even to say that there is none.
  if (issue.length === 0)
    issue.push({ severity: 'information', code: 'informational', diagnostics: 'no faults' });
  return { resourceType: 'OperationOutcome', issue };
}

function toIssue({ code, message, path }: Fault, severity: Severity): fhir4.OperationOutcomeIssue {
  return {
    severity,
    code: severity === 'information' ? 'informational' : ERROR_CODES[code].issue,
    details: { coding: [{ system: ERROR_SYSTEM, code }] },
    diagnostics: path === undefined ? message : `${path}: ${message}`,
    ...(path !== undefined && { expression: [path] }),
  };
}
