import fc from 'fast-check';
import { changingPerson } from '../../../test/support/changing-person.js';
import { LevelPeople } from '../../../test/support/level-people.js';
import { assessedWith, changesOfLevel, targetOf } from './change-of-level.js';

describe('what would lower a level', () => {
  let people: LevelPeople;
  beforeAll(async () => {
    people = await LevelPeople.shipped();
  });

  it.each<[string, Record<string, string | null>, string[]]>([
    ['a pressure', { 'systolic-bp': '165' }, ['systolic-bp 165 → 159: 3']],
    ['a fasting glucose', { 'glucose-fasting': '7.4' }, ['glucose-fasting 7.4 → 6.9: 4']],
    ['a value that is too low', { hb: '125' }, ['hb 125 → 130: 5']],
    ['a body mass index', { bmi: '24.3' }, ['bmi 24.3 → 23.9: 5']],
    ['two at the same level: none alone', { 'systolic-bp': '165', 'ldl-c': '5.2' }, []],
    [
      'a graver one beside a milder: to the milder',
      { 'systolic-bp': '165', 'ldl-c': '3.6' },
      ['systolic-bp 165 → 159: 3'],
    ],
    ['nothing at level 5', {}, []],
    ['nothing where it is not known', { 'systolic-bp': null, 'diastolic-bp': null }, []],
    [
      'with a basic value missing: nothing is proven any more',
      { 'systolic-bp': '135', hb: null },
      ['systolic-bp 135 → 129: unknown'],
    ],
  ])('%s', async (_, values, expected) => {
    const found = await changesOfLevel(await changingPerson(people, values));
    expect(found.map(({ analyte, from, to, level }) => `${analyte} ${from} → ${to}: ${level.code}`)).toEqual(
      expected,
    );
  });

  it('a kidney value by what is derived from it', async () => {
    const person = await changingPerson(people, { creatinine: '130' });
    const now = await assessedWith(person, null);
    const [change] = await changesOfLevel(person);
    expect(change).toBeDefined();
    expect(['creatinine', 'egfr']).toContain(change!.analyte);
    expect(Number((await assessedWith(person, change!)).code)).toBeGreaterThan(Number(now.code));
  });

  it('follows findings: a class A value is level 1 until it is none', async () => {
    const person = await changingPerson(people, { hb: '58' });
    expect(person.findings.map(({ ruleId }) => ruleId)).toContain('consensus-ab/hb-low');
    const [change] = await changesOfLevel(person);
    expect(change).toMatchObject({ analyte: 'hb', from: '58', level: { code: 2 } });
    expect((await assessedWith(person, { ...change!, to: String(Number(change!.to) - 1) })).code).toBe(1);
  });

  it('tells where LDL is on target', async () => {
    const target = async (ldl: string): Promise<string | null> =>
      (await targetOf(await changingPerson(people, { 'ldl-c': ldl }), 'ldl-c', 'down'))?.to ?? null;
    expect(await target('5.2')).toBe('3.3');
    expect(await target('3.0')).toBeNull();
    const low = await changingPerson(people, { hb: '95' });
    expect(await targetOf(low, 'hb')).toMatchObject({ from: '95', to: '130' });
    expect(await targetOf(low, 'urine-protein')).toBeNull();
    // Whether she is pregnant is not known: 100 would do then, and is too low otherwise.
    const woman = { ...low, person: { sex: 'female' as const, birthDate: '1986-01-15' } };
    expect(await targetOf(woman, 'hb')).toMatchObject({ from: '95', to: '115' });
  });

  it('is exact: it lowers the level, and one last digit less of it does not', async () => {
    const ranges: Record<string, readonly [number, number, number]> = {
      'systolic-bp': [70, 200, 0],
      'diastolic-bp': [45, 120, 0],
      bmi: [15, 40, 1],
      'glucose-fasting': [2.5, 18, 1],
      'ldl-c': [1, 6, 2],
      triglycerides: [0.5, 12, 2],
      creatinine: [40, 700, 0],
      hb: [50, 210, 0],
      wbc: [0.8, 35, 1],
      plt: [20, 1100, 0],
      urate: [200, 700, 0],
      alt: [5, 700, 0],
    };
    const value = fc.constantFrom(...Object.keys(ranges)).chain((analyte) => {
      const [min, max, decimals] = ranges[analyte]!;
      return fc.double({ min, max, noNaN: true }).map((v) => [analyte, v.toFixed(decimals)] as const);
    });
    const values = fc.array(value, { minLength: 1, maxLength: 2 }).map((some) => Object.fromEntries(some));
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(values, async (some) => {
        const person = await changingPerson(people, some);
        const now = await assessedWith(person, null);
        const rank = (code: number | 'unknown'): number => (code === 'unknown' ? 5 : code);
        for (const { analyte, from, to, level } of await changesOfLevel(person)) {
          changed++;
          const then = await assessedWith(person, { analyte, to });
          expect(then.code).toBe(level.code);
          expect(rank(then.code)).toBeGreaterThan(rank(now.code));
          const { decimals } = person.printed(analyte)!;
          const step = Math.sign(Number(from) - Number(to)) * 10 ** -decimals;
          const nearer = (Number(to) + step).toFixed(decimals);
          if (Number(nearer) === Number(from)) continue;
          const less = await assessedWith(person, { analyte, to: nearer });
          expect(rank(less.code)).toBeLessThanOrEqual(rank(now.code));
        }
      }),
      { numRuns: 60 },
    );
    expect(changed).toBeGreaterThan(20);
  });
});
