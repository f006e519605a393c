import { createHash } from 'node:crypto';
import { checkDigit } from './identity-number.js';
import { generateClients, type SampleBundle } from './generate-clients.js';
import { type DiagnosticReport, type Observation, type Patient, type Resource } from './r4.js';

const NOW = new Date('2026-11-22T02:30:00Z');
const REQUEST = { seed: 'spec', people: 200, now: NOW, years: 2 };
const sample = [...generateClients(REQUEST)];

describe('the sample of checkup clients', () => {
  it('is the same bytes for the same seed, and others for another seed', () => {
    expect(fingerprint(generateClients(REQUEST))).toBe(fingerprint(sample));
    expect(fingerprint(generateClients({ ...REQUEST, seed: 'other' }))).not.toBe(fingerprint(sample));
  });

  it('has about 60 results a checkup and one to three checkups a client', () => {
    const counts = checkups(sample).map((bundle) => all(bundle, 'Observation').length);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(58);
    expect(Math.max(...counts)).toBeLessThanOrEqual(66);
    const visits = new Map<string, number>();
    for (const { serial } of checkups(sample)) visits.set(serial, (visits.get(serial) ?? 0) + 1);
    expect(visits.size).toBe(200);
    expect(new Set(visits.values())).toEqual(new Set([1, 2, 3]));
  });

  it('has about 7 % of clients with an important result', () => {
    const important = new Set(
      sample.filter(({ scenarios }) => scenarios.length > 0).map(({ serial }) => serial),
    );
    expect(important.size / 200).toBeCloseTo(0.07, 2);
  });

  it('never crosses a limit of the notification list unless it means to', () => {
    for (const { bundle, scenarios, serial, era } of sample) {
      if (scenarios.length > 0 || era === 'correction') continue;
      for (const { resource } of bundle.entry) {
        const broken = rings(resource);
        if (broken) throw new Error(`${serial}: ${broken}`);
      }
    }
  });

  it('crosses one in every Bundle that means to', () => {
    const meant = sample.filter(({ scenarios }) => scenarios.length > 0);
    for (const one of meant) {
      const hits = one.bundle.entry.filter(({ resource }) => rings(resource) !== null);
      expect(hits.length).toBeGreaterThanOrEqual(one.scenarios.length);
    }
    expect(Math.max(...meant.map(({ scenarios }) => scenarios.length))).toBe(2);
  });

  it('rings a few people now, corrects one of them later and brings one old result late', () => {
    const now = NOW.getTime();
    const today = sample.filter(({ era, scenarios, bundle }) => {
      return era === 'current' && scenarios.length > 0 && now - Date.parse(bundle.timestamp) < 8 * 3_600_000;
    });
    expect(today.length).toBeGreaterThanOrEqual(4);
    const [correction, ...others] = sample.filter(({ era }) => era === 'correction');
    expect(others).toHaveLength(0);
    const [corrected] = all(correction!, 'Observation') as Observation[];
    const original = sample
      .filter(({ serial, era }) => serial === correction!.serial && era === 'current')
      .flatMap((one) => all(one, 'Observation') as Observation[])
      .find(({ identifier }) => identifier[0]?.value === corrected?.identifier[0]?.value);
    expect(corrected?.status).toBe('corrected');
    expect(original?.status).toBe('final');
    expect(Date.parse(corrected!.issued)).toBeGreaterThan(Date.parse(original!.issued));
    expect(rings(original!)).not.toBeNull();
    expect(rings(corrected!)).toBeNull();
    const late = sample.filter(({ era }) => era === 'late');
    expect(late).toHaveLength(1);
    expect(now - Date.parse(late[0]!.bundle.timestamp)).toBeGreaterThan(30 * 86_400_000);
  });

  it('loads only what is older than 30 days as history, and nothing from the future', () => {
    for (const { era, bundle } of sample) {
      const age = NOW.getTime() - Date.parse(bundle.timestamp);
      expect(age).toBeGreaterThanOrEqual(0);
      if (era === 'history') expect(age).toBeGreaterThan(30 * 86_400_000);
    }
  });

  it('points only to resources of the same Bundle, with unique identifiers', () => {
    for (const { bundle } of sample) {
      const urls = new Set(bundle.entry.map(({ fullUrl }) => fullUrl));
      expect(urls.size).toBe(bundle.entry.length);
      const links = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map(
        ([, url]) => url ?? '',
      );
      expect(links.filter((url) => !urls.has(url))).toEqual([]);
    }
    const results = checkups(sample).flatMap((one) => all(one, 'Observation') as Observation[]);
    expect(new Set(results.map(({ identifier }) => identifier[0]?.value)).size).toBe(results.length);
  });

  it('examines adults only, also at their first checkup', () => {
    for (const { bundle } of sample) {
      const [patient] = bundle.entry.flatMap(({ resource }) =>
        resource.resourceType === 'Patient' ? [resource] : [],
      );
      const age = (Date.parse(bundle.timestamp) - Date.parse(patient!.birthDate)) / 31_557_600_000;
      expect(age).toBeGreaterThan(18);
    }
  });

  it('gives every client a checked identity number, and ages as at the seed hospital', () => {
    const patients = new Map<string, Patient>();
    for (const one of generateClients({ ...REQUEST, people: 800 })) {
      patients.set(one.serial, all(one, 'Patient')[0] as Patient);
    }
    const numbers = [...patients.values()].map(({ identifier }) => identifier[1]?.value ?? '');
    expect(new Set(numbers).size).toBe(800);
    for (const number of numbers) expect(number[17]).toBe(checkDigit(number.slice(0, 17)));
    const ages = [...patients.values()].map(
      ({ birthDate }) => (NOW.getTime() - Date.parse(birthDate)) / 31_557_600_000,
    );
    expect(Math.abs(ages.reduce((sum, age) => sum + age, 0) / ages.length - 45.37)).toBeLessThan(2);
    expect([...patients.values()].some(({ name }) => name[0]?.text.includes('·'))).toBe(true);
  });

  it('speaks as several laboratories do', () => {
    const text = JSON.stringify(sample);
    for (const spelling of [
      '10*9/L',
      '10^9/L',
      '×10⁹/L',
      'μmol/L',
      '\u00b5mol/L',
      '/HP',
      '个/',
      '"++"',
      '阴性',
      '±',
      '体质辨识总分',
    ]) {
      expect(text).toContain(spelling);
    }
  });

  it('makes any number of people, from one on', () => {
    for (const people of [1, 2, 7]) {
      const serials = [...generateClients({ ...REQUEST, people })].map(({ serial }) => serial);
      expect(new Set(serials).size).toBe(people);
    }
  });
});

function fingerprint(bundles: Iterable<SampleBundle>): string {
  const hash = createHash('sha256');
  for (const one of bundles) hash.update(JSON.stringify(one));
  return hash.digest('hex');
}

function checkups(bundles: readonly SampleBundle[]): SampleBundle[] {
  return bundles.filter(({ era }) => era !== 'correction');
}

function all({ bundle }: SampleBundle, type: Resource['resourceType']): Resource[] {
  return bundle.entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === type);
}

/** The notification list of the seed hospital, read from the resource by its local code; null when nothing rings. */
function rings(resource: Resource): string | null {
  if (resource.resourceType === 'DiagnosticReport') return suspicious(resource);
  if (resource.resourceType !== 'Observation') return null;
  const item = (resource.identifier[0]?.value ?? '').replace(/^TJ\d{8}KH\d{6}-/, '');
  // Without its unit a creatinine rings nobody; it goes to review.
  const unitLost = item === 'CREA' && resource.valueQuantity?.unit === undefined;
  const value = unitLost ? undefined : resource.valueQuantity?.value;
  if (value !== undefined && LIMITS[item]?.(value)) return `${item} ${value}`;
  if (value !== undefined && MARKERS.includes(item) && value > upperLimit(resource))
    return `${item} ${value}`;
  const text = resource.valueString ?? resource.valueCodeableConcept?.text ?? '';
  if (item === 'U-PRO' && /^\(?[1-4]?\+/.test(text)) return `${item} ${text}`;
  if ((item === 'U-GLU' || item === 'U-KET') && /\+\+|[2-4]\+/.test(text)) return `${item} ${text}`;
  if (item === 'FOB' && /阳性|\+/.test(text)) return `${item} ${text}`;
  const cells = resource.valueRange?.high.value ?? Number(/(\d+)\D*$/.exec(text)?.[1] ?? 0);
  return (item === 'U-RBC' || item === 'U-WBC') && cells > 15 ? `${item} ${cells}` : null;
}

const MARKERS = ['AFP', 'CEA', 'CA19-9', 'CA125', 'CA15-3', 'TPSA'];
const LIMITS: Record<string, (value: number) => boolean> = {
  WBC: (value) => value <= 3,
  RBC: (value) => value < 3 || value > 7,
  PLT: (value) => value < 90 || value >= 400,
  HGB: (value) => value < 90,
  FPG: (value) => value >= 7,
  CK: (value) => value > 2000,
  CREA: (value) => value > 133,
  'U-RBC': (value) => value > 15,
  'U-WBC': (value) => value > 15,
};

function upperLimit({ referenceRange }: Observation): number {
  const range = referenceRange?.[0];
  return range?.high?.value ?? Number(/[\d.]+$/.exec(range?.text ?? '')?.[0] ?? Number.NaN);
}

function suspicious({ conclusion }: DiagnosticReport): string | null {
  return /恶性不除外|不能排除恶性|待排|HSIL|ASC-H/.test(conclusion ?? '') ? (conclusion ?? null) : null;
}
