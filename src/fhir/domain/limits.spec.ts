import fc from 'fast-check';
import { checkDepth, depthOf, isDeeperThan, MOST_LEVELS, parseJson } from './limits.js';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('the depth of a body', () => {
  it.each([
    ['1', 0],
    ['"[[["', 0],
    ['{}', 1],
    ['{"a":[{"b":"}]\\"]"}]}', 3],
    ['[[],[[]],[]]', 3],
    ['["\\\\",[]]', 2],
    [']]]', 0],
    ['"never ends [[[', 0],
    ['"ends in a backslash \\', 0],
  ])('%s is %i', (json, levels) => {
    expect(depthOf(json)).toBe(levels);
  });

  it('is taken at 64 levels and refused at 65', () => {
    expect(checkDepth(nested(MOST_LEVELS))).toBeNull();
    expect(checkDepth(nested(MOST_LEVELS + 1))).toMatchObject({ code: 'too-deep' });
    expect(isDeeperThan(MOST_LEVELS, JSON.parse(nested(MOST_LEVELS)))).toBe(false);
    expect(isDeeperThan(MOST_LEVELS, JSON.parse(nested(MOST_LEVELS + 1)))).toBe(true);
  });

  it('is the same in the text and in the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), (value) => {
        const depth = depthOf(JSON.stringify(value));
        expect(isDeeperThan(depth, value)).toBe(false);
        expect(depth === 0 || isDeeperThan(depth - 1, value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused before 32 MB of brackets are parsed', () => {
    const start = performance.now();
    expect(parseJson('['.repeat(32 * 1024 * 1024))).toMatchObject({ ok: false, fault: { code: 'too-deep' } });
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('parsing a body', () => {
  it('gives the value', () => {
    expect(parseJson('{"a":[1,"__proto__"]}')).toEqual({ ok: true, value: { a: [1, '__proto__'] } });
  });

  it('does not quote what it could not parse', () => {
    const parsed = parseJson('{"name":"张三" x}');
    expect(parsed).toMatchObject({ ok: false, fault: { code: 'invalid-json' } });
    expect(JSON.stringify(parsed)).not.toContain('张三');
  });

  it.each(['', '{', '{"a":1}{', 'NaN', "{'a':1}", '\uFEFF'])('refuses %j', (json) => {
    expect(parseJson(json)).toMatchObject({ ok: false, fault: { code: 'invalid-json' } });
  });

  it.each([
    ['{"resourceType":"Bundle","entry":[{"resource":{"__proto__":{"a":1}}}]}', 'Bundle.entry[0].resource'],
    ['{"\\u005f_proto__":1}', 'Resource'],
    ['{"__\\u0070roto__":1}', 'Resource'],
    ['{"张三":{"\\u005f\\u005F\\u0070\\u0072\\u006f\\u0074\\u006f__":1}}', 'Resource.*'],
  ])('refuses a prototype as a key in %s', (json, path) => {
    expect(parseJson(json)).toMatchObject({ ok: false, fault: { code: 'invalid-resource', path } });
  });

  it('finds a prototype key however it is escaped', () => {
    const escaped = [...'__proto__'].map((letter) => {
      const hex = letter.charCodeAt(0).toString(16).padStart(4, '0');
      return fc.constantFrom(letter, `\\u${hex}`, `\\u${hex.toUpperCase()}`);
    });
    fc.assert(
      fc.property(fc.tuple(...escaped), (letters) => {
        expect(parseJson(`{"a":[{"${letters.join('')}":{}}]}`).ok).toBe(false);
      }),
    );
  });
});
