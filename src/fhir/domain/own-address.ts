/** What an HTTP request says about how the service was reached. */
export interface Reached {
  protocol: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

const HOST = /^[A-Za-z0-9.-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::\d{1,5})?$/;
const PREFIX = /^(?:\/[\w.~-]+)+$/;

/**
 * The base of the service as the caller sees it, through proxies too (`X-Forwarded-Proto`, `-Host`, `-Port`,
 * `-Prefix`), without a slash at the end. Values that are no host or path are left out of account.
 */
export function ownAddress({ protocol, headers }: Reached): string {
  const proto = first(headers['x-forwarded-proto']) ?? protocol;
  const forwarded = first(headers['x-forwarded-host']);
  let host = [forwarded, first(headers['host'])].find((name) => name !== undefined && HOST.test(name));
  host ??= 'localhost';
  const port = first(headers['x-forwarded-port']);
  if (forwarded === host && port && /^\d{1,5}$/.test(port) && !/:\d+$/.test(host)) {
    if (port !== (proto === 'https' ? '443' : '80')) host += `:${port}`;
  }
  const prefix = first(headers['x-forwarded-prefix'])?.replace(/\/+$/, '');
  return `${proto === 'https' ? 'https' : 'http'}://${host}${prefix && PREFIX.test(prefix) ? prefix : ''}`;
}

/** Each proxy appends; the first is what the caller used. */
function first(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  return value?.split(',')[0]?.trim() || undefined;
}
