/**
 * `describe` for tests that need what not every machine has. Without it they fail in CI; elsewhere one test says loudly
 * what was not tested. `body` runs only where nothing is missing, so it may look at it.
 * @param missing what is not there; null when everything is
 */
export function describeWhere(missing: string | null, name: string, body: () => void): void {
  if (missing === null) return describe(name, body);
  const message = `NOT TESTED, ${missing}: ${name}`;
  describe(name, () => {
    it('has what it needs', () => {
      if (process.env.CI) throw new Error(message);
      process.stderr.write(`\n!!! ${message}\n`);
    });
  });
}
