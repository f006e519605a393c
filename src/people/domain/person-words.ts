import { TAIL_DIGITS } from './phone-tail.js';

/** What somebody types to find a person, read: the end of a telephone number, first letters, or the beginning of a name. */
export type PersonWords =
  | { by: 'tail'; tail: string }
  | { by: 'letters'; letters: string; name: string }
  | { by: 'name'; name: string };

export function readPersonWords(typed: string): PersonWords {
  const name = typed.normalize('NFKC').trim();
  if (new RegExp(`^\\d{${TAIL_DIGITS}}$`).test(name)) return { by: 'tail', tail: name };
  if (/^[a-z]{1,31}$/i.test(name)) return { by: 'letters', letters: name.toLowerCase(), name };
  return { by: 'name', name };
}
