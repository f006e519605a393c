interface PatientIdentifier {
  system?: string;
  value?: string;
  type?: { coding?: { code?: string }[]; text?: string };
}

const ZEROS = /^0+$/;
const REPEATED = /^(.)\1{3,}$/;
/** Digits hidden by the sender: many people share what is left. */
const MASKED = /[*＊•]|x{3,}/i;
const WORDS = /^(unknown|none|null|n\/?a|nil|test|无|不详|未知|暂无|-+|\?+)$/i;
const IDENTITY_SYSTEM = /(身份证|id-?card|identity-?(card|number|no)|resident|2\.16\.156\.10011\.1\.3|sfz)/i;
const IDENTITY_TYPES = new Set(['NI', 'NNCHN', 'NNCN', 'PRC']);
const IDENTITY_NUMBER = /^\d{17}[\dX]$/i;
/** GB 11643-1999, ISO 7064 MOD 11-2. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** An identifier that is a resident identity number, by its system or type. */
export function isIdentityNumber(identifier: PatientIdentifier): boolean {
  return (
    IDENTITY_SYSTEM.test(identifier.system ?? '') ||
    /身份证/.test(identifier.type?.text ?? '') ||
    (identifier.type?.coding ?? []).some((coding) => IDENTITY_TYPES.has(coding.code ?? ''))
  );
}

/** GB 11643 check digit of an 18-character identity number. */
export function hasValidCheckDigit(number: string): boolean {
  if (!IDENTITY_NUMBER.test(number)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return CHECK_DIGITS[sum % 11] === number[17]?.toUpperCase();
}

/** How identifier values are compared: without outer spaces; the X of an identity number is the same in either case. */
export function comparableValue(value: string): string {
  const trimmed = value.trim();
  return IDENTITY_NUMBER.test(trimmed) ? trimmed.toUpperCase() : trimmed;
}

/**
 * The identifiers by which a person may be matched: complete, of a trusted system, no placeholder, and a Chinese
 * identity number only with a right check digit.
 */
export function matchingIdentifiers(
  identifiers: readonly PatientIdentifier[] | undefined,
  untrustedSystems: ReadonlySet<string>,
): { system: string; value: string }[] {
  const found: { system: string; value: string }[] = [];
  for (const identifier of identifiers ?? []) {
    const { system } = identifier;
    const value = comparableValue(identifier.value ?? '');
    if (!system || untrustedSystems.has(system) || isPlaceholder(value)) continue;
    const isWrong =
      isIdentityNumber(identifier) && /^\d{15,17}[\dX]$/.test(value) && !hasValidCheckDigit(value);
    if (!isWrong) found.push({ system, value });
  }
  return found;
}

function isPlaceholder(value: string): boolean {
  const compact = value.replace(/[\s\-._/]/g, '');
  return (
    compact === '' || ZEROS.test(compact) || REPEATED.test(compact) || MASKED.test(value) || WORDS.test(value)
  );
}
