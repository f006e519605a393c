/**
 * Every refusal has a code; OperationOutcome under `/fhir` and problem JSON under `/api` are made from it.
 * The FHIR issue type (http://hl7.org/fhir/issue-type) stands beside the HTTP status.
 */
export const ERROR_CODES = {
  'invalid-json': { status: 400, issue: 'structure' },
  'invalid-resource': { status: 400, issue: 'invalid' },
  'invalid-request': { status: 400, issue: 'invalid' },
  'unresolved-reference': { status: 400, issue: 'not-found' },
  'too-deep': { status: 400, issue: 'too-long' },
  'too-many-entries': { status: 413, issue: 'too-long' },
  'too-large': { status: 413, issue: 'too-long' },
  'unsupported-encoding': { status: 415, issue: 'not-supported' },
  'unsupported-resource': { status: 400, issue: 'not-supported' },
  'unsupported-bundle-type': { status: 400, issue: 'not-supported' },
  'method-not-allowed': { status: 405, issue: 'not-supported' },
  unauthenticated: { status: 401, issue: 'login' },
  forbidden: { status: 403, issue: 'forbidden' },
  'not-found': { status: 404, issue: 'not-found' },
  conflict: { status: 409, issue: 'conflict' },
  'ambiguous-person': { status: 412, issue: 'multiple-matches' },
  'too-many-requests': { status: 429, issue: 'throttled' },
  'rules-refused': { status: 422, issue: 'business-rule' },
  'try-again': { status: 503, issue: 'transient' },
  internal: { status: 500, issue: 'exception' },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One fault: what is wrong, and where (a FHIRPath of the element, or a file and line). Never holds personal data. */
export interface Fault {
  code: ErrorCode;
  message: string;
  path?: string;
  /** Full name of the rule that the place belongs to, where it is one of a rule. */
  rule?: string;
}

/** A refusal with one or more faults; the first decides the HTTP status. */
export class AppError extends Error {
  readonly faults: readonly Fault[];

  constructor(code: ErrorCode, message: string, path?: string);
  constructor(faults: readonly Fault[]);
  constructor(first: ErrorCode | readonly Fault[], message = '', path?: string) {
    const faults = typeof first === 'string' ? [{ code: first, message, path }] : first;
    super(faults[0]?.message ?? 'refused');
    this.faults = faults;
  }

  get code(): ErrorCode {
    return this.faults[0]?.code ?? 'internal';
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

/** Somebody or something was faster: what the caller read is not so any more. */
export class ConflictError extends AppError {
  /** @param now what is so now, for the caller to show; ids, states and times, never personal data */
  constructor(
    message: string,
    readonly now: Readonly<Record<string, unknown>>,
  ) {
    super('conflict', message);
  }
}
