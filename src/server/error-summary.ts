/**
 * An error as it may be written to a log. Drivers quote the values of a statement, and so may any message that holds
 * one: of a database's error only the code is kept, and of a stack only its frames.
 */
export function summaryOf(error: unknown): { what: string; frames: string | undefined } {
  if (!(error instanceof Error)) return { what: `a thrown ${typeof error}`, frames: undefined };
  const { driverError, code } = error as { driverError?: { code?: unknown }; code?: unknown };
  const codes = [driverError?.code, code].filter((one) => typeof one === 'string');
  const fromDriver = driverError
    ? (codes[0] ?? 'of the driver')
    : codes.find((one) => /^(?:ER|SQLITE)_/.test(one));
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  return {
    what: fromDriver === undefined ? `${error.name}: ${error.message}` : `${error.name} ${fromDriver}`,
    frames: frames === '' ? undefined : frames,
  };
}
