import { DataSource } from 'typeorm';
import { AuditEventEntity } from '../../src/access/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { checkup } from '../support/checkups.js';
import { bundleOf, loinc, person, result } from '../support/messages.js';

interface Shown {
  year: number;
  people: number | null;
  groups: {
    group: string;
    across: string | null;
    people: number | null;
    levels: Record<string, number | null>;
  }[];
  totals: Record<string, number | null>;
  findings: {
    rule: string;
    title: { zh: string } | null;
    people: number;
    byGroup: Record<string, number | null>;
  }[];
}

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { RULES_DIR: 'rules' } });
});
afterAll(() => app.close());

async function population(query: string): Promise<Shown> {
  const { status, body, text } = await app.get<Shown>(`/api/population?${query}`);
  if (status !== 200) throw new Error(`${status} ${text}`);
  return body;
}

describe('figures of groups', () => {
  it('are none of a few people', async () => {
    expect(await population('by=sex')).toMatchObject({ people: null, groups: [], totals: {} });
    expect(await population('by=year')).toMatchObject({ people: null });
  });

  it('count levels and findings by sex, age, employer and year, and never show a small number', async () => {
    const hiv = result({ code: loinc('56888-1'), valueString: '阳性' });
    for (let i = 0; i < 40; i++) {
      const gender = i % 3 === 0 ? ('male' as const) : ('female' as const);
      const display = i < 12 ? '一机厂' : i < 14 ? '小作坊' : i < 30 ? '二机厂' : undefined;
      const patient = person(undefined, {
        gender,
        birthDate: `${i < 20 ? 1990 : 1960}-01-01`,
        ...(display && { managingOrganization: { display } }),
      });
      const pressure = i % 2 === 0 ? 165 : 118;
      const bundle = bundleOf(patient, [...checkup({ 'systolic-bp': pressure }), ...(i < 9 ? [hiv] : [])]);
      const { status, text } = await app.post('/fhir', bundle);
      if (status !== 200) throw new Error(text);
    }
    const bySex = await population('by=sex');
    expect(bySex.people).toBe(40);
    expect(bySex.groups.map(({ group, people }) => [group, people])).toEqual([
      ['female', 26],
      ['male', 14],
    ]);
    expect(bySex.findings.map(({ rule }) => rule)).toContain('consensus-ab/bp-systolic-grade-2');
    expect(bySex.findings.find(({ rule }) => rule === 'consensus-ab/bp-systolic-grade-2')).toMatchObject({
      people: 20,
      byGroup: { female: 13, male: 7 },
    });
    expect(JSON.stringify(bySex)).not.toMatch(/hiv/i);
    const byEmployer = await population('by=employer');
    expect(byEmployer.groups.map(({ group, people }) => [group, people])).toEqual([
      ['二机厂', 16],
      ['一机厂', 12],
      ['others', 12],
    ]);
    expect((await population('by=age-band')).groups.map(({ group }) => group).sort()).toEqual([
      '30–39',
      '60–69',
    ]);
    const byYear = await population('by=year');
    expect(byYear.groups).toMatchObject([{ group: '2026', people: 40, levels: bySex.totals }]);
    expect((await population('by=sex&year=2025')).people).toBeNull();
    for (const { groups, totals } of [bySex, byEmployer, byYear]) {
      const shown = [...groups.flatMap(({ levels }) => Object.values(levels)), ...Object.values(totals)];
      for (const n of shown) if (n !== null) expect(n).toBeGreaterThanOrEqual(5);
    }
  });

  it('are the levels that were known at the end of a year', async () => {
    const now = app.clock.now();
    try {
      app.clock.set('2027-03-02T02:00:00.000Z');
      for (let i = 0; i < 6; i++) await app.post('/fhir', bundleOf(person(), checkup()));
      expect((await population('by=sex')).people).toBe(46);
      expect((await population('by=sex&year=2026')).people).toBe(40);
      expect((await population('by=year')).groups.map(({ group, people }) => [group, people])).toEqual([
        ['2026', 40],
        ['2027', 46],
      ]);
    } finally {
      app.clock.set(now);
    }
  });

  it('come as CSV too, for those who may, recorded', async () => {
    const { status, text, headers } = await app.get('/api/population/csv?by=sex');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = text.replace('\ufeff', '').split('\r\n');
    expect(lines[0]).toBe('year,sex,kind,code,title_zh,title_en,people');
    expect(lines).toContain('2026,female,people,all,,,26');
    expect(text).toMatch(/2026,male,level,1,,,\*/);
    for (const key of ['read', 'feed'] as const)
      expect((await app.get('/api/population?by=sex', { key })).status).toBe(403);
    expect((await app.get('/api/population?by=name')).status).toBe(400);
    expect((await app.get('/api/population?by=sex&year=2030')).status).toBe(400);
    const events = app.nest.get(DataSource).getRepository(AuditEventEntity);
    expect(await events.countBy({ action: 'read population' })).toBeGreaterThan(3);
  });
});

describe('figures by two properties', () => {
  let other: TestApp;
  const population = async (query: string): Promise<Shown> =>
    (await other.get<Shown>(`/api/population?${query}`)).body;
  beforeAll(async () => {
    other = await startApp({ env: { RULES_DIR: 'rules' } });
    // Six of each sex, age and pressure; one man more of the gravest.
    for (let i = 0; i < 97; i++) {
      const gender = i % 2 === 0 ? ('male' as const) : ('female' as const);
      const patient = person(undefined, { gender, birthDate: `${(i >> 1) % 2 === 0 ? 1990 : 1960}-01-01` });
      const pressure = i === 96 ? 165 : [165, 150, 135, 118][(i >> 2) % 4]!;
      const { status, text } = await other.post(
        '/fhir',
        bundleOf(patient, checkup({ 'systolic-bp': pressure })),
      );
      if (status !== 200) throw new Error(text);
    }
  });
  afterAll(() => other.close());

  it('count the same people, show nothing small, and the same on paper', async () => {
    const crossed = await population('by=sex&across=age-band');
    expect(crossed.people).toBe(97);
    expect(crossed.groups.map(({ group, across }) => `${group} ${across}`).sort()).toEqual([
      'female 30–39',
      'female 60–69',
      'male 30–39',
      'male 60–69',
    ]);
    const young = crossed.groups.find(({ group, across }) => group === 'male' && across === '30–39')!;
    expect(young.levels).toMatchObject({ 1: null, 2: 7, 4: 6, unknown: null });
    // Of the level that went with those that nobody is at; so the sum of all stays hidden too.
    expect(young.levels).toMatchObject({ 3: null });
    expect(young.people).toBeNull();
    expect(crossed.findings).toEqual([]);
    const { text, headers } = await other.get('/api/population/csv?by=sex&across=age-band');
    expect(headers.get('content-disposition')).toContain('population-sex-age-band-2026.csv');
    const lines = text.replace('\ufeff', '').split('\r\n');
    expect(lines[0]).toBe('year,sex,age-band,kind,code,title_zh,title_en,people');
    expect(lines).toContain('2026,male,30–39,level,2,,,7');
    expect(lines).toContain('2026,male,30–39,people,all,,,*');
    expect(lines).toContain('2026,,,level,2,,,25');
  });

  it('with the year as one of them are the tables of the other, year by year', async () => {
    for (const query of ['by=year&across=sex', 'by=sex&across=year']) {
      const { groups } = await population(query);
      expect(groups.map(({ group, across }) => [group, across].sort().join(' ')).sort()).toEqual([
        '2026 female',
        '2026 male',
      ]);
      expect(groups.map(({ people }) => people).sort()).toEqual([48, 49]);
    }
    expect((await other.get('/api/population?by=sex&across=sex')).status).toBe(400);
    expect((await other.get('/api/population?by=sex&across=name')).status).toBe(400);
    expect((await other.get('/api/population?by=sex&across=age-band&year=2030')).status).toBe(400);
  });
});

describe('an employer', () => {
  let other: TestApp;
  beforeAll(async () => {
    other = await startApp({ env: { RULES_DIR: 'rules' } });
  });
  afterAll(() => other.close());

  const organization = (name: string, more: Partial<fhir4.Organization> = {}): fhir4.Organization => ({
    resourceType: 'Organization',
    name,
    ...more,
  });
  const post = async (body: object, path = '/fhir') => {
    const { status, text } = await other.post(path, body);
    if (status >= 300) throw new Error(`${status} ${text}`);
  };

  it('goes by the name of its Organization, in the same message, inside the Patient, or sent apart, before or after', async () => {
    for (let i = 0; i < 6; i++) {
      const url = 'urn:uuid:0b5ca2a7-0000-4000-8000-00000000000a';
      const bundle = bundleOf(person(undefined, { managingOrganization: { reference: url } }), checkup());
      await post({
        ...bundle,
        entry: [
          {
            fullUrl: url,
            resource: organization('一机厂', { identifier: [{ system: 'urn:employer', value: '1' }] }),
            request: { method: 'POST', url: 'Organization' },
          },
          ...bundle.entry!,
        ],
      });
      const byIdentifier = { identifier: { system: 'urn:employer', value: '1' } };
      await post(bundleOf(person(undefined, { managingOrganization: byIdentifier }), checkup()));
      const contained = [organization('二机厂', { id: 'o' })];
      const inside = person(undefined, { managingOrganization: { reference: '#o' }, contained });
      await post(bundleOf(inside, checkup()));
      const apart = person(undefined, { managingOrganization: { reference: 'Organization/emp-3' } });
      await post(bundleOf(apart, checkup()));
    }
    await post(organization('三机厂', { id: 'emp-3' }), '/fhir/Organization');
    const { body } = await other.get<Shown>('/api/population?by=employer');
    expect(body.groups.map(({ group, people }) => [group, people])).toEqual([
      ['一机厂', 12],
      ['三机厂', 6],
      ['二机厂', 6],
    ]);
    const [patient] = (await other.search<fhir4.Patient>('Patient', { _count: '1' })).slice(0, 1);
    expect(JSON.stringify(patient)).not.toContain('urn:uuid');
  });
});
