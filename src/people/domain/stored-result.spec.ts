import { codeTokens } from './stored-result.js';

describe('search tokens of a code', () => {
  it.each([
    [undefined, ' '],
    [{}, ' '],
    [{ coding: [{ system: 'http://loinc.org', code: '718-7' }] }, ' http://loinc.org|718-7 '],
    [
      { coding: [{ code: 'HGB' }, { system: 'urn:lis' }, { system: 'urn:lis', code: '1' }] },
      ' |HGB urn:lis|1 ',
    ],
  ])('of %j are %j', (code, tokens) => {
    expect(codeTokens(code)).toBe(tokens);
  });

  it('fit their column, and are never cut in the middle', () => {
    const coding = [
      { code: 'a'.repeat(600) },
      ...Array.from({ length: 100 }, (_, i) => ({ code: `code-${i}` })),
    ];
    const tokens = codeTokens({ coding });
    expect(tokens.length).toBeLessThanOrEqual(512);
    expect(tokens).toMatch(/^ (\|code-\d+ )+$/);
  });
});
