import fc from 'fast-check';
import { breakOf } from './json-break.js';

describe('where a text stops being JSON', () => {
  it.each([
    ['', 1, 1, 'it ends too early'],
    ['{"a":1', 1, 7, 'it ends too early'],
    ['{"a" 1}', 1, 6, 'a colon is expected'],
    ['{a:1}', 1, 2, 'a key in quotes or } is expected'],
    ['{"a":1,}', 1, 8, 'a key in quotes is expected'],
    ['[1,]', 1, 4, 'a value is expected'],
    ['[1 2]', 1, 4, 'a comma or a closing bracket is expected'],
    ['[1}', 1, 3, 'a comma or a closing bracket is expected'],
    ['{\n  "a": 01\n}', 2, 8, 'a value is expected'],
    ['{\n\n"a": NaN}', 3, 6, 'a value is expected'],
    ['["\u0001"]', 1, 2, 'a value or ] is expected'],
    ['{} {}', 1, 4, 'something follows the value'],
    ['"张三', 1, 1, 'a value is expected'],
  ])('%j: line %i, column %i, %s', (text, line, column, what) => {
    expect(() => {
      JSON.parse(text);
    }).toThrow();
    expect(breakOf(text)).toEqual({ line, column, what });
  });

  it('is found at or before the place where the parser gives up, in any damaged document', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '}', ']', ',', '"', 'x', '\\'),
        (json, place, put) => {
          const at = place % (json.length + 1);
          const text = json.slice(0, at) + put + json.slice(at + 1);
          const refused = refusalOf(text);
          if (refused === null) return;
          const { line, column } = breakOf(text);
          expect(line).toBe(1);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual(text.length + 1);
          const said = /at position (\d+)/.exec(refused)?.[1];
          if (said !== undefined) expect(column).toBeLessThanOrEqual(Number(said) + 1);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('never repeats what stands in the text', () => {
    const text = '{"name":"张三" "phone":"13800000000"}';
    expect(JSON.stringify(breakOf(text))).not.toMatch(/张三|138/);
  });
});

function refusalOf(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
