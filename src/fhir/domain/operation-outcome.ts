import { ERROR_CODES, type Fault } from '../../kernel/index.js';

export type Severity = fhir4.OperationOutcomeIssue['severity'];

/**
 * The R4 OperationOutcome of some faults: the element in `expression`, the cause in `diagnostics`, Firstcall's own code
 * (system `urn:firstcall:error`) in `details`.
 * @param severity `information` where nothing is wrong, as for a resource that is kept but not used
 */
export function toOperationOutcome(faults: readonly Fault[], severity: Severity = 'error'): fhir4.OperationOutcome {
  if (faults.length === 0) {
    // R4 wants at least one issue; nothing to report is said as http.html#ops does.
    return outcome([{ severity: 'information', code: 'informational', diagnostics: 'All OK' }]);
  }
  return outcome(faults.map((fault) => toIssue(fault, severity)));
}

function outcome(issue: fhir4.OperationOutcomeIssue[]): fhir4.OperationOutcome {
  return { resourceType: 'OperationOutcome', issue };
}

function toIssue({ code, message, path }: Fault, severity: Severity): fhir4.OperationOutcomeIssue {
  return {
    severity,
    code: severity === 'information' ? 'informational' : ERROR_CODES[code].issue,
    details: { coding: [{ system: 'urn:firstcall:error', code }] },
    diagnostics: path === undefined ? message : `${path}: ${message}`,
    ...(path === undefined ? {} : { expression: [path] }),
  };
}
