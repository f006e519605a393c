/** A key by which a request that is sent again counts once. Works without TLS too, where `randomUUID` is missing. */
export function newRequestKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
