import { type Client } from './client.js';
import { type Random } from './random.js';

/** One result: a number, a number below the measuring range, a grade of `-` to `++++`, cells a field, or presence. */
export type Value =
  | { number: number }
  | { below: number }
  | { grade: 0 | 0.5 | 1 | 2 | 3 | 4 }
  | { cells: readonly [number, number] }
  | { present: boolean };

/** What one checkup found, by item. */
export type Body = Map<string, Value>;

/**
 * Measures a client: values that go together (haemoglobin with sex and red cells, lipids with weight, glucose with
 * HbA1c), kept inside the limits of all packs that ring, so that only a scenario ever does.
 */
export function measureBody(random: Random, client: Client, age: number): Body {
  const body: Body = new Map();
  const put = (id: string, value: number, low: number, high: number): number => {
    const kept = Math.min(high, Math.max(low, value));
    body.set(id, { number: kept });
    return kept;
  };
  const noise = (deviation: number): number => random.normal() * deviation;
  const man = client.sex === 'male';
  measureFigure(client, man, age, put, noise);
  measureBlood(client, man, put, noise);
  measureChemistry(client, man, age, put, noise);
  measureMarkers(man, age, put, random, body);
  measureUrineAndStool(client, put, random, body);
  return body;
}

type Put = (id: string, value: number, low: number, high: number) => number;
type Noise = (deviation: number) => number;

function measureFigure({ traits }: Client, man: boolean, age: number, put: Put, noise: Noise): void {
  const height = put('height', (man ? 170.5 : 158.8) + 5.6 * traits.blood + noise(0.4), 142, 198);
  const wanted = Math.min(38, Math.max(16.5, (man ? 24.6 : 23.1) + 3.1 * traits.adiposity + noise(0.4)));
  const weight = put('weight', (wanted * height * height) / 10_000, 36, 150);
  put('bmi', weight / (height / 100) ** 2, 15, 40);
  put('waist', (man ? 86 : 78) + 8.5 * traits.adiposity + 0.12 * (age - 45) + noise(1.5), 56, 130);
  const systolic = put('systolic', 121 + 0.45 * (age - 45) + 9 * traits.pressure + noise(5), 90, 158);
  put('diastolic', 0.45 * systolic + 23 + noise(5), 52, 98);
  put('heart-rate', 74 + noise(9), 52, 112);
}

function measureBlood({ traits }: Client, man: boolean, put: Put, noise: Noise): void {
  const wbc = put('wbc', 6.1 + 0.3 * traits.adiposity + noise(1.3), 3.3, 11.8);
  const neutrophils = put('neut-percent', 57 + noise(7), 36, 78);
  const eosinophils = put('eos-percent', 2.2 + Math.abs(noise(1.5)), 0.2, 9);
  const lymphocytes = put('lymph-percent', 93 - neutrophils - eosinophils + noise(1), 12, 55);
  put('neut', (wbc * neutrophils) / 100, 1, 9.5);
  put('lymph', (wbc * lymphocytes) / 100, 0.6, 5);
  const hb = put('hb', (man ? 152 : 131) + 9 * traits.blood + noise(3), 98, 178);
  const mchc = put('mchc', 334 + noise(7), 312, 356);
  const hct = put('hct', (hb / mchc) * 100, 28, 55);
  const rbc = put('rbc', (hct / (90 + 3.5 * traits.kidney)) * 10, 3.3, 6.5);
  put('mcv', (hct / rbc) * 10, 74, 104);
  put('mch', hb / rbc, 23, 36);
  put('plt', 228 + 45 * traits.liver + noise(15), 108, 380);
}

function measureChemistry({ traits }: Client, man: boolean, age: number, put: Put, noise: Noise): void {
  const usual = { normal: 5.1, raised: 6.4, treated: 6.3 }[traits.glycaemia];
  const glucose = put('glucose-fasting', usual + noise(0.32), 3.9, 6.89);
  put('hba1c', (glucose + 2.6) / 1.59 + (traits.glycaemia === 'treated' ? 1.1 : 0.6) + noise(0.15), 4.4, 8.4);
  const slower = Math.max(0, age - 60) * 0.25;
  const creatinine = put('creatinine', (man ? 77 : 60) + 8 * traits.kidney + slower + noise(3), 38, 122);
  put('cystatin-c', 0.85 + 0.004 * (creatinine - 70) + noise(0.05), 0.5, 1.4);
  put('urea', 5 + 0.4 * traits.kidney + noise(0.9), 2.4, 9.2);
  put('urate', (man ? 370 : 285) + 38 * traits.adiposity + noise(35), 140, 590);
  const alt = put('alt', Math.exp(Math.log(man ? 24 : 17) + 0.4 * traits.liver + noise(0.15)), 5, 170);
  put('ast', 14 + 0.33 * alt + noise(3), 9, 120);
  put('ggt', Math.exp(Math.log(man ? 30 : 17) + 0.5 * traits.liver + noise(0.15)), 6, 190);
  put('alp', 72 + noise(16), 32, 150);
  const bilirubin = put('bilirubin', Math.exp(Math.log(12.5) + noise(0.32)), 4, 40);
  put('bilirubin-direct', bilirubin * 0.28 + noise(0.3), 1, 14);
  put('albumin', put('protein', 73.5 + noise(3.5), 61, 88) * 0.62 + noise(1), 37, 54);
  put('ck', Math.exp(Math.log(man ? 118 : 82) + noise(0.4)), 28, 900);
  put('ldh', 178 + noise(24), 110, 290);
  put('amylase', 68 + noise(16), 30, 150);
  put('potassium', 4.2 + noise(0.3), 3.45, 5.3);
  const sodium = put('sodium', 141 + noise(1.8), 135, 147);
  put('chloride', sodium - 36.5 + noise(1.5), 97, 111);
  put('calcium', 2.35 + noise(0.09), 2.08, 2.62);
  const cholesterol = put(
    'cholesterol',
    4.85 + 0.008 * (age - 45) + 0.85 * traits.lipids + noise(0.2),
    2.6,
    7.7,
  );
  const triglycerides = put('triglycerides', Math.exp(0.3 + 0.4 * traits.adiposity + noise(0.3)), 0.4, 8.5);
  const hdl = put('hdl', (man ? 1.26 : 1.45) - 0.14 * traits.adiposity + noise(0.16), 0.6, 2.5);
  put('ldl', cholesterol - hdl - triglycerides / 2.2, 0.9, 5.4);
  put('homocysteine', (man ? 13.5 : 10.5) + Math.abs(noise(3)), 5, 45);
  put('tsh', Math.exp(Math.log(1.9) + noise(0.45)), 0.2, 9);
}

function measureMarkers(man: boolean, age: number, put: Put, random: Random, body: Body): void {
  const spread = (middle: number, width: number): number => middle * Math.exp(width * random.normal());
  const crp = spread(1.1, 1);
  body.set('crp', crp < 0.5 ? { below: 0.5 } : { number: Math.min(crp, 24) });
  put('afp', spread(2.6, 0.35), 0.7, 6.6);
  put('cea', spread(1.7, 0.4), 0.3, 4.7);
  const ca199 = spread(8, 0.6);
  body.set('ca199', ca199 < 2 ? { below: 2 } : { number: Math.min(ca199, 35) });
  if (!man) put('ca125', spread(12, 0.4), 3, 33);
  if (!man) put('ca153', spread(9, 0.35), 2.5, 28);
  if (man && age >= 40) put('psa', spread(0.8, 0.5), 0.05, 3.8);
}

function measureUrineAndStool({ traits }: Client, put: Put, random: Random, body: Body): void {
  const grade = (chances: readonly (readonly [0 | 0.5 | 1 | 2, number])[]): Value => ({
    grade: random.weighted(chances),
  });
  body.set('urine-protein', grade([[0, 95], [0.5, 5]])); // prettier-ignore
  body.set('urine-glucose', grade(traits.glycaemia === 'treated' ? [[0, 85], [0.5, 8], [1, 7]] : [[0, 99], [0.5, 1]])); // prettier-ignore
  body.set('urine-ketones', grade([[0, 95], [0.5, 3], [1, 2]])); // prettier-ignore
  body.set('urine-blood', grade([[0, 90], [0.5, 6], [1, 4]])); // prettier-ignore
  body.set('urine-leukocyte-esterase', grade([[0, 90], [0.5, 5], [1, 5]])); // prettier-ignore
  put('urine-ph', 5.5 + 0.5 * random.integer(0, 4), 5, 8);
  put('urine-gravity', 1.018 + random.normal() * 0.005, 1.003, 1.032);
  for (const id of ['urine-rbc', 'urine-wbc']) {
    const low = random.weighted([[0, 70], [1, 15], [2, 10], [3, 5]] as const); // prettier-ignore
    body.set(id, { cells: [low, low + random.integer(0, 3)] });
  }
  body.set('stool-occult-blood', { present: false });
}
