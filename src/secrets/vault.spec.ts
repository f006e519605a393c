import fc from 'fast-check';
import { openText, sealText } from './sealed-text.js';
import { makeDataKeys, unwrapKey, Vault, wrapKey } from './vault.js';

const vault = new Vault(makeDataKeys());
const PLAIN = Buffer.from('13800000001');

describe('a sealed value', () => {
  const sealed = vault.seal(PLAIN, 'contact p1');

  it('opens where it belongs, and reads as nothing', () => {
    expect(vault.open(sealed, 'contact p1')).toEqual(PLAIN);
    expect(sealed.includes(PLAIN)).toBe(false);
    expect(vault.seal(PLAIN, 'contact p1')).not.toEqual(sealed);
    expect(vault.open(vault.seal(Buffer.alloc(0), ''), '')).toHaveLength(0);
  });

  it('never uses a nonce twice', () => {
    const many = Array.from({ length: 2000 }, () => vault.seal(PLAIN, 'contact p1').toString('base64'));
    expect(new Set(many).size).toBe(many.length);
  });

  it('does not open elsewhere, or with other keys', () => {
    expect(() => vault.open(sealed, 'contact p2')).toThrow();
    expect(() => new Vault(makeDataKeys()).open(sealed, 'contact p1')).toThrow();
  });

  it('does not open when any byte was changed', () => {
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = changed[i]! ^ 1;
      expect(() => vault.open(changed, 'contact p1')).toThrow();
    }
  });

  it('does not open when it was cut or lengthened anywhere', () => {
    for (let length = 0; length < sealed.length; length++)
      expect(() => vault.open(sealed.subarray(0, length), 'contact p1')).toThrow();
    expect(() => vault.open(Buffer.concat([sealed, Buffer.of(0)]), 'contact p1')).toThrow();
  });
});

describe('a keyed hash', () => {
  it('finds the same text again, under the same keys alone', () => {
    expect(vault.hash('a')).toBe(vault.hash('a'));
    expect(vault.hash('a')).not.toBe(vault.hash('b'));
    expect(vault.hash('a')).not.toBe(new Vault(makeDataKeys()).hash('a'));
    expect(vault.hash('a')).toMatch(/^[\w-]{27}$/);
  });
});

it('a wrapped key opens for its secret and purpose alone', () => {
  const { sealing } = makeDataKeys();
  const wrapped = wrapKey(sealing, 'secret', 'sealing');
  expect(unwrapKey(wrapped, 'secret', 'sealing')).toEqual(sealing);
  expect(() => unwrapKey(wrapped, 'secret', 'hashing')).toThrow();
  expect(() => unwrapKey(wrapped, 'Secret', 'sealing')).toThrow();
});

describe('a sealed text', () => {
  it.each([0, 1, 2047, 2048, 2049, 500_000])('of %d bytes opens as it was', async (length) => {
    const text = 'ab'.repeat(length).slice(0, length);
    const sealed = await sealText(vault, text, 'here');
    expect(await openText(vault, sealed, 'here')).toBe(text);
    expect(sealed.length).toBeLessThan(2100 + length / 10);
    await expect(openText(vault, sealed, 'there')).rejects.toThrow();
  });

  it('may be any text, given as text or bytes', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 3000 });
    await fc.assert(
      fc.asyncProperty(text, async (plain) => {
        for (const given of [plain, Buffer.from(plain)])
          expect(await openText(vault, await sealText(vault, given, 'x'), 'x')).toBe(plain);
      }),
      { numRuns: 40 },
    );
  });
});
