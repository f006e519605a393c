const ID_OF_THE_TIME = /^([0-9a-f]{8})-([0-9a-f]{4})-7/;

/**
 * The least id that could have been made `ms` milliseconds before this one: ids rise with the time at which they are
 * made (UUIDv7). Messages come in a little out of their order, because each is made before its transaction begins.
 */
export function idBefore(id: string, ms: number): string {
  const [, high = '', low = ''] = ID_OF_THE_TIME.exec(id) ?? [];
  if (high === '') return '';
  const time = Math.max(0, parseInt(high + low, 16) - ms);
  const digits = time.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}
