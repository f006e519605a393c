import { parseCookie, stringifySetCookie } from 'cookie';

const NAME = 'firstcall';
/** A browser takes `__Host-` only over TLS, for the whole of this very host: no other host can plant one. */
const SECURE_NAME = `__Host-${NAME}`;

/** The secret that a browser holds, out of its Cookie header. */
export function sessionSecretOf(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string') return null;
  const cookies = parseCookie(header);
  return cookies[SECURE_NAME] ?? cookies[NAME] ?? null;
}

/**
 * Set-Cookie for a session; it ends with the browser, or by the service. Null takes it away.
 * @param isSecure the browser reached us over TLS
 */
export function sessionCookie(secret: string | null, isSecure: boolean): string {
  return stringifySetCookie({
    name: isSecure ? SECURE_NAME : NAME,
    value: secret ?? '',
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
    ...(secret === null && { maxAge: 0 }),
  });
}
