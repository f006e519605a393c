/** Longer than the 8 of NIST SP 800-63B-3 §5.1.1.2, because most accounts have no second factor. */
export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 128;
const FEWEST_DIFFERENT = 5;
const RUNS = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];
const LONGEST_RUN = 7;

export type PasswordFault = 'too-short' | 'too-long' | 'too-simple' | 'holds-name';

/**
 * What is wrong with a password that somebody chooses; null when nothing is. Long and not the obvious; no rule about
 * kinds of characters, as NIST SP 800-63B-3 §5.1.1.2 asks.
 */
export function passwordFault(password: string, login: string): PasswordFault | null {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return 'too-short';
  if (length > LONGEST_PASSWORD) return 'too-long';
  const lower = password.normalize('NFKC').toLowerCase();
  if (login.length >= 3 && lower.includes(login)) return 'holds-name';
  if (new Set(lower).size < FEWEST_DIFFERENT || hasRun(lower)) return 'too-simple';
  return null;
}

function hasRun(text: string): boolean {
  for (let from = 0; from + LONGEST_RUN <= text.length; from++) {
    const part = text.slice(from, from + LONGEST_RUN);
    const backwards = [...part].reverse().join('');
    if (RUNS.some((run) => run.includes(part) || run.includes(backwards))) return true;
  }
  return false;
}
