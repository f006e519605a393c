import fc from 'fast-check';
import { ageBand } from './age-band.js';
import { csvLine } from './csv.js';
import { employerOf, organizationNames, UNKNOWN_GROUP } from './employer.js';
import { type Counted, groupTable, LEVEL_CODES } from './group-table.js';

const people = (count: number, group: string, level: Counted['level'], ...findings: string[]): Counted[] =>
  Array.from({ length: count }, () => ({ group, level, findings }));

describe('a table of groups', () => {
  it('counts people by level and finding, the largest group first', () => {
    const table = groupTable([
      ...people(6, 'female', '3', 'a/x'),
      ...people(9, 'female', '5'),
      ...people(20, 'male', '3', 'a/x', 'a/x'),
      ...people(8, 'male', '5'),
      // Nobody is at 1, 2 or unknown: not to tell that, the smallest of the others goes with them.
      ...people(7, 'male', '4'),
      ...people(5, 'female', '4'),
    ])!;
    expect(table.people).toBe(55);
    expect(table.groups.map(({ group, people: n }) => [group, n])).toEqual([
      ['male', 35],
      ['female', 20],
    ]);
    expect(table.groups[0]!.levels).toMatchObject({ 3: 20, 5: 8 });
    expect(table.totals).toMatchObject({ 1: null, 2: null, 3: 26, 4: null, 5: 17 });
    expect(table.findings).toEqual([{ rule: 'a/x', people: 26, byGroup: { male: 20, female: 6 } }]);
  });

  it('puts groups that are too small together, with the smallest of the others until they are enough', () => {
    const table = groupTable([...people(30, 'a', '3'), ...people(7, 'b', '3'), ...people(3, 'c', '4')])!;
    expect(table.groups.map(({ group, people: n }) => [group, n])).toEqual([
      ['a', 30],
      ['others', 10],
    ]);
    expect(table.groupsTogether).toBe(2);
  });

  it('leaves out findings of a few, and of all but a few', () => {
    const table = groupTable([
      ...people(3, 'a', '3', 'few', 'most'),
      ...people(20, 'a', '3', 'most'),
      ...people(2, 'a', '3'),
    ])!;
    expect(table.findings).toEqual([]);
    expect(table.findingsLeftOut).toBe(2);
  });

  it('of four people there is none', () => {
    expect(groupTable(people(4, 'a', '3'))).toBeNull();
  });

  it('shows no number below five, whoever is counted', () => {
    const one = fc.record({
      group: fc.constantFrom('a', 'b', 'c', 'd', 'others'),
      level: fc.constantFrom(...LEVEL_CODES),
      findings: fc.subarray(['x', 'y', 'z']),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 120 }), (counted) => {
        const table = groupTable(counted);
        if (!table) return;
        const shown = [
          ...table.groups.flatMap(({ people: n, levels }) => [n, ...Object.values(levels)]),
          ...Object.values(table.totals),
          ...table.findings.flatMap(({ people: n, byGroup }) => [n, ...Object.values(byGroup)]),
        ];
        for (const n of shown) if (n !== null) expect(n).toBeGreaterThanOrEqual(5);
        expect(table.groups.reduce((sum, { people: n }) => sum + n, 0)).toBe(counted.length);
        expect(new Set(table.groups.map(({ group }) => group)).size).toBe(table.groups.length);
      }),
    );
  });
});

describe('what people are grouped by', () => {
  it.each([
    [null, 'unknown'],
    [17, '0–17'],
    [18, '18–29'],
    [29, '18–29'],
    [69, '60–69'],
    [70, '70+'],
  ])('age %s is %s', (age, band) => {
    expect(ageBand(age)).toBe(band);
  });

  it.each<[fhir4.Reference | undefined, string]>([
    [{ display: ' 一机厂 ', reference: 'Organization/1' }, '一机厂'],
    [{ identifier: { system: 'urn:e', value: '7' } }, 'urn:e|7'],
    [{ reference: 'Organization/1' }, 'Organization/1'],
    [{ reference: 'urn:uuid:0b5ca2a7' }, UNKNOWN_GROUP],
    [undefined, UNKNOWN_GROUP],
  ])('employer %j is %s', (managingOrganization, name) => {
    expect(employerOf({ resourceType: 'Patient', managingOrganization })).toBe(name);
  });

  it('an employer has the name of the Organization that is referred to, by whichever of its ids, if that is but one', () => {
    const names = organizationNames([
      {
        id: 'ours',
        resource: {
          resourceType: 'Organization',
          id: 'theirs',
          name: ' 一机厂 ',
          identifier: [{ system: 'urn:e', value: '7' }],
        },
      },
      { id: 'b', resource: { resourceType: 'Organization', id: 'both', name: '二机厂' } },
      { id: 'c', resource: { resourceType: 'Organization', id: 'both', name: '三机厂' } },
      { id: 'nameless', resource: { resourceType: 'Organization' } },
    ]);
    const of = (managingOrganization: fhir4.Reference, contained?: fhir4.FhirResource[]) =>
      employerOf({ resourceType: 'Patient', managingOrganization, ...(contained && { contained }) }, names);
    expect(of({ reference: 'Organization/ours' })).toBe('一机厂');
    expect(of({ reference: 'https://his.example/fhir/Organization/theirs/_history/2' })).toBe('一机厂');
    expect(of({ identifier: { system: 'urn:e', value: '7' } })).toBe('一机厂');
    expect(of({ reference: 'Organization/both' })).toBe('Organization/both');
    expect(of({ reference: 'Organization/nameless' })).toBe('Organization/nameless');
    const inside = { resourceType: 'Organization', id: 'o', name: '四机厂' } as const;
    expect(of({ reference: '#o' }, [inside])).toBe('四机厂');
    expect(of({ reference: '#p' }, [inside])).toBe(UNKNOWN_GROUP);
  });

  it('is written so that a spreadsheet neither breaks nor computes it', () => {
    expect(csvLine(['a,"b"', '=1+1', 3, null, '@x'])).toBe(`"a,""b""",'=1+1,3,,'@x\r\n`);
  });
});
