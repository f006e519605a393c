/** One line of a CSV file (RFC 4180); what a spreadsheet would take for a formula is written as text. */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map((value) => field(value === null ? '' : value)).join(',')}\r\n`;
}

function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
