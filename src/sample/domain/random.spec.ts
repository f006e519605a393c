import fc from 'fast-check';
import { Random } from './random.js';

describe('seeded random numbers', () => {
  it('repeat for the same labels and differ for others', () => {
    const draw = (...labels: (string | number)[]) => Array.from({ length: 20 }, bind(new Random(...labels)));
    expect(draw('seed', 1)).toEqual(draw('seed', 1));
    expect(draw('seed', 1)).not.toEqual(draw('seed', 2));
    // A label ends where it ends: 'a','bc' is not 'ab','c'.
    expect(draw('a', 'bc')).not.toEqual(draw('ab', 'c'));
  });

  it('stay in their bounds for any seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, low, width) => {
        const random = new Random(seed);
        for (let i = 0; i < 20; i++) {
          const drawn = random.integer(low, low + width);
          expect(Number.isInteger(drawn) && drawn >= low && drawn <= low + width).toBe(true);
        }
      }),
    );
  });

  it('are normal with mean 0 and deviation 1', () => {
    const random = new Random('normal');
    const drawn = Array.from({ length: 20_000 }, () => random.normal());
    const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
    const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('shuffle without losing or doubling anyone, and pick by weight', () => {
    const random = new Random('shuffle');
    const people = Array.from({ length: 50 }, (_, i) => i);
    const shuffled = random.shuffle(people);
    expect(shuffled).not.toEqual(people);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(people);
    const picks = Array.from({ length: 4000 }, () => random.weighted([['rare', 1], ['common', 9]] as const)); // prettier-ignore
    expect(picks.filter((one) => one === 'rare').length / picks.length).toBeCloseTo(0.1, 1);
  });

  it('make well-formed version 4 UUIDs', () => {
    const random = new Random('uuid');
    const made = new Set(Array.from({ length: 2000 }, () => random.uuid()));
    expect(made.size).toBe(2000);
    for (const uuid of made)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

function bind(random: Random): () => number {
  return () => random.next();
}
