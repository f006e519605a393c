/**
 * The primitive types of FHIR R4 as JSON carries them (http://hl7.org/fhir/R4/datatypes.html#primitive).
 * HL7's patterns are XML Schema's, whose white space is space, tab, CR and LF only: a JavaScript `\s` would also take
 * the full-width space U+3000 of Chinese text.
 */

/** Says what a value must be, or null when it is. Never repeats the value. */
export type PrimitiveCheck = (value: unknown) => string | null;

/** Strings SHALL NOT exceed 1 MB (datatypes.html#string). */
const MOST_CHARACTERS = 1024 * 1024;
const LARGEST_INTEGER = 2 ** 31 - 1;

const WITHOUT_SPACE = /^[^ \t\r\n]+$/;
const CODE = /^[^ \t\r\n]+(?:[ \t\r\n][^ \t\r\n]+)*$/;
const ID = /^[A-Za-z0-9\-.]{1,64}$/;
const OID = /^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/;
const UUID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const BASE64 = /^[0-9A-Za-z+/=\s]+$/;
const TIME = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?$/;
const DATE = /^(?!0000)[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$/;
// Seconds up to 59: R4 also has :60, a leap second, which no clock behind this can keep.
const CLOCK =
  'T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))';
const DAY = '(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])';
const INSTANT = new RegExp(`^${DAY}${CLOCK}$`);

const DATE_FORM = 'must be a date: YYYY, YYYY-MM or YYYY-MM-DD';
const INSTANT_FORM = 'must be an instant with its zone: YYYY-MM-DDThh:mm:ss+08:00';
const DATETIME_FORM =
  'must be a date or an instant with its zone: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+08:00';
const NO_SUCH_DAY = 'names a day that the calendar does not have';

/** What kind of JSON value this is, in words. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function notA(wanted: string, value: unknown): string {
  return `must be ${wanted}, but is ${kindOf(value)}`;
}

/** A text that is no text, is empty, or is too long; null when there is nothing to say. */
function textFault(value: unknown, most: number): string | null {
  if (typeof value !== 'string') return notA('a string', value);
  if (value.length === 0) return 'must not be empty; leave the element out instead';
  return value.length > most ? `must have at most ${most} characters` : null;
}

function matching(pattern: RegExp, form: string, most = MOST_CHARACTERS): PrimitiveCheck {
  return (value) => {
    const fault = textFault(value, most);
    if (fault !== null) return fault;
    return pattern.test(value as string) ? null : form;
  };
}

function digitsAt(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

/** Whether the day of a well-formed `YYYY-MM-DD…` exists. */
function isDayOfCalendar(text: string): boolean {
  const day = digitsAt(text, 8);
  if (day <= 28) return true;
  const month = digitsAt(text, 5);
  if (month !== 2) return day <= 30 || ![4, 6, 9, 11].includes(month);
  const year = Number(text.slice(0, 4));
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day === 29 && isLeap;
}

function calendar(isWellFormed: (text: string) => boolean, form: string): PrimitiveCheck {
  return (value) => {
    if (typeof value !== 'string') return notA('a string', value);
    if (!isWellFormed(value)) return form;
    return value.length < 10 || isDayOfCalendar(value) ? null : NO_SUCH_DAY;
  };
}

function wholeNumber(least: number, wanted: string): PrimitiveCheck {
  return (value) => {
    if (typeof value !== 'number') return notA('a number', value);
    return Number.isInteger(value) && value >= least && value <= LARGEST_INTEGER ? null : `must be ${wanted}`;
  };
}

const text: PrimitiveCheck = (value) => textFault(value, MOST_CHARACTERS);
const address = matching(WITHOUT_SPACE, 'must be a URI without spaces');

/** `JSON.parse` makes Infinity of 1e999. */
const decimal: PrimitiveCheck = (value) => {
  if (typeof value !== 'number') return notA('a number', value);
  return Number.isFinite(value) ? null : 'must be a number that can be represented';
};

const base64Binary: PrimitiveCheck = (value) => {
  const fault = textFault(value, Infinity);
  if (fault !== null) return fault;
  const encoded = value as string;
  const length = encoded.length % 4 === 0 ? encoded.length : encoded.replace(/\s+/g, '').length;
  return BASE64.test(encoded) && length % 4 === 0 ? null : 'must be base64';
};

/** The check of each primitive type by its R4 name. */
export const PRIMITIVES: ReadonlyMap<string, PrimitiveCheck> = new Map<string, PrimitiveCheck>([
  ['base64Binary', base64Binary],
  ['boolean', (value) => (typeof value === 'boolean' ? null : notA('true or false', value))],
  ['canonical', address],
  ['code', matching(CODE, 'must be a code: no spaces at its ends, single ones within')],
  ['date', calendar((value) => DATE.test(value), DATE_FORM)],
  ['dateTime', calendar((value) => INSTANT.test(value) || DATE.test(value), DATETIME_FORM)],
  ['decimal', decimal],
  ['id', matching(ID, 'must be an id: 1 to 64 of A-Z, a-z, 0-9, - and .')],
  ['instant', calendar((value) => INSTANT.test(value), INSTANT_FORM)],
  ['integer', wholeNumber(-LARGEST_INTEGER - 1, 'a whole number of 32 bits')],
  ['markdown', text],
  ['oid', matching(OID, 'must be an OID: urn:oid:1.2.3')],
  ['positiveInt', wholeNumber(1, 'a whole number of 1 or more')],
  ['string', text],
  ['time', matching(TIME, 'must be a time: hh:mm:ss')],
  ['unsignedInt', wholeNumber(0, 'a whole number of 0 or more')],
  ['uri', address],
  ['url', address],
  ['uuid', matching(UUID, 'must be a UUID in lower case: urn:uuid:…')],
  ['xhtml', (value) => textFault(value, Infinity)],
]);
