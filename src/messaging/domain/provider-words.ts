/**
 * A provider's code, such as `550`, `UNDELIV` or `isv.AMOUNT_NOT_ENOUGH`: no words, and no run of digits that could be
 * somebody's number.
 */
export const CODE = /^(?!.*\d{6})[\w.:^-]{1,64}$/;

/** A telephone number of China, or what looks like a resident identity number, standing by itself. */
const OF_SOMEBODY =
  /(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)|(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/;

/** The code in what a provider said; null where it is none. */
export function codeIn(said: string | null): string | null {
  return said !== null && CODE.test(said) ? said : null;
}

/** Whether what a provider calls a message may be kept as it is: one word, and nobody's number. */
export function isPlainName(providerId: string): boolean {
  return /^[\x21-\x7e]{1,128}$/.test(providerId) && !OF_SOMEBODY.test(providerId);
}
