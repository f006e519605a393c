import { nameInitials } from '../../people/domain/name-initials.js';

/** What a person can be known by on the phone. */
export const IDENTIFIERS = ['name', 'birth-date', 'phone'] as const;
export type Identifier = (typeof IDENTIFIERS)[number];

/** As heard; what was not asked is left out. */
export interface Heard {
  /** Whole, or its first letters. */
  name?: string;
  /** `1968-03-14`, `0314`, `3-14` or `3月14日`: year, if any, month and day. */
  birthDate?: string;
  /** The last four digits or more of a number on record. */
  phone?: string;
}

export interface KnownAs {
  name: string | null;
  /** FHIR date, perhaps only a year or month. */
  birthDate: string | null;
  phones: readonly string[];
}

/** How many must agree, and none may differ, before a value is said. */
export const IDENTIFIERS_NEEDED = 2;

/** Which identifiers agree with what is on record, and which do not. Nothing on record agrees with nothing. */
export function identify(heard: Heard, known: KnownAs): { agreed: Identifier[]; differing: Identifier[] } {
  const agreed: Identifier[] = [];
  const differing: Identifier[] = [];
  const note = (which: Identifier, agrees: boolean): unknown => (agrees ? agreed : differing).push(which);
  if (heard.name !== undefined) note('name', known.name !== null && isSameName(heard.name, known.name));
  if (heard.birthDate !== undefined)
    note('birth-date', known.birthDate !== null && isSameDay(heard.birthDate, known.birthDate));
  if (heard.phone !== undefined) {
    const ending = digits(heard.phone);
    note('phone', ending.length >= 4 && known.phones.some((phone) => digits(phone).endsWith(ending)));
  }
  return { agreed, differing };
}

export function isIdentified({ agreed, differing }: ReturnType<typeof identify>): boolean {
  return agreed.length >= IDENTIFIERS_NEEDED && differing.length === 0;
}

/** The whole name, or its first letters as people type them for it: `李建国` or `ljg`. One letter is no name. */
function isSameName(heard: string, known: string): boolean {
  const key = nameKey(heard);
  return key === nameKey(known) || (key.length > 1 && nameInitials(known).split(' ').includes(key));
}

/** One width and case; without the spaces and dots that are written or not. */
function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•・.'’-]/g, '');
}

function isSameDay(heard: string, known: string): boolean {
  const [year, month, day] = known.split('-');
  if (!year || !month || !day) return false;
  const parts = heard.normalize('NFKC').match(/\d+/g) ?? [];
  const said = parts.length === 1 ? compactDay(parts[0]) : parts.map(Number);
  const [d, m, y] = [...said].reverse();
  return d === Number(day) && m === Number(month) && (y === undefined || y === Number(year));
}

/** `0314` or `19680314`. */
function compactDay(text: string): number[] {
  const match = /^(\d{4})?(\d{2})(\d{2})$/.exec(text);
  return match ? match.slice(1).flatMap((part) => (part === undefined ? [] : Number(part))) : [];
}

function digits(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '');
}
