/** Keys are numbered from 1; a sealed value and a search hash say by which they were made. */
export type KeyNumber = number;
export const FIRST: KeyNumber = 1;

/** The keys of a database. */
export interface Ring {
  /** Of identifiers and of the audit trail's chain: never changed. */
  hashing: Buffer;
  /** Everything that is sealed was sealed by one of these. */
  sealing: ReadonlyMap<KeyNumber, Buffer>;
  /** Contacts are found under the hash by one of these. */
  searching: ReadonlyMap<KeyNumber, Buffer>;
  /** When each was made. */
  madeAt: ReadonlyMap<KeyNumber, Date>;
}

/** Every instance looks for new keys so often; a clock may be wrong by a few seconds. */
export const LOOK_EVERY_MS = 2_000;
/** So long after it was made a key is known everywhere, and written by. */
export const KNOWN_AFTER_MS = 10_000;
/** So long after that nothing is written by the key before it any more. */
export const SETTLED_AFTER_MS = 60_000;

/** The ring of a database that has never had another key. */
export function firstRing({ sealing, hashing }: { sealing: Buffer; hashing: Buffer }): Ring {
  return {
    hashing,
    sealing: new Map([[FIRST, sealing]]),
    searching: new Map([[FIRST, hashing]]),
    madeAt: new Map([[FIRST, new Date(0)]]),
  };
}

/** The key to write by: the newest that every instance knows. */
export function writing({ sealing, madeAt }: Ring, now: Date): KeyNumber {
  const known = (number: KeyNumber): boolean =>
    now.getTime() - madeAt.get(number)!.getTime() >= KNOWN_AFTER_MS;
  const numbers = [...sealing.keys()];
  if (numbers.length === 1) return numbers[0]!;
  // The oldest is left when the clock says that none is known: it was set back.
  return Math.max(
    numbers.filter(known).reduce((a, b) => Math.max(a, b), 0),
    Math.min(...numbers),
  );
}

/** How a search hash begins: with nothing by the first key, as all did; by others with what no hash begins with. */
export function prefixOf(number: KeyNumber): string {
  return number === FIRST ? '' : `.${number.toString(36).padStart(2, '0')}`;
}

/** What a row of `data_key` is for: `sealing`, `hashing`, and of later keys `sealing:2`, `searching:2`. */
export function readPurpose(
  purpose: string,
): { of: 'sealing' | 'searching' | 'hashing'; number: KeyNumber } | null {
  if (purpose === 'hashing') return { of: 'hashing', number: FIRST };
  if (purpose === 'sealing') return { of: 'sealing', number: FIRST };
  const [, of, digits] = /^(sealing|searching):(\d{1,4})$/.exec(purpose) ?? [];
  return of ? { of: of as 'sealing' | 'searching', number: Number(digits) } : null;
}

export function purposeOf(of: 'sealing' | 'searching', number: KeyNumber): string {
  return number === FIRST ? of : `${of}:${number}`;
}
