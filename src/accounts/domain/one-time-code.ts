import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** A step before and after: clocks of telephones differ (RFC 6238 §5.2). */
const WINDOW = 1;

function generator(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: 'Firstcall',
    label,
    secret: Secret.fromBase32(secret),
    period: PERIOD_SECONDS,
    digits: 6,
    algorithm: 'SHA1',
  });
}

/**
 * Checks a time-based one-time code (RFC 6238; SHA-1, 6 digits, 30 seconds, which every authenticator has).
 * @param secret base32
 * @param lastStep the step of the last code that was taken: it and those before are not taken again
 * @returns the step of the code; null when it is wrong
 */
export function stepOfCode(secret: string, code: string, now: Date, lastStep: number | null): number | null {
  const digits = code.normalize('NFKC').replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return null;
  const delta = generator(secret).validate({ token: digits, timestamp: now.getTime(), window: WINDOW });
  if (delta === null) return null;
  const step = Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

/** What the authenticator is given, as a QR code or by hand. */
export function enrolmentAddress(secret: string, login: string): string {
  return generator(secret, login).toString();
}

/** The code of this moment: for tests and for nobody else. */
export function codeAt(secret: string, now: Date): string {
  return generator(secret).generate({ timestamp: now.getTime() });
}

/** @param bytes 20 random ones, as RFC 4226 §4 recommends */
export function secretFrom(bytes: Uint8Array): string {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32;
}
