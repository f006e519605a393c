import { type Body, type Value } from './body.js';
import { type Client } from './client.js';
import { type Conclusion, writeSuspicion } from './conclusion.js';
import { type Random } from './random.js';

/** What was found at a checkup, before anybody writes it down. */
export interface Found {
  body: Body;
  conclusions: Conclusion[];
}

/**
 * Important results, named after the rules of the notification list of the seed hospital that they meet.
 * Each changes what a checkup found, together with what goes with it (a low haemoglobin has small cells).
 */
const SCENARIOS = {
  'hb-low': ({ body }, random) => {
    const hb = random.integer(62, 88);
    set(body, { hb, mcv: 71, mch: 22.5, mchc: 305, hct: (hb / 305) * 100, rbc: Math.max(3.1, hb / 22.5) });
  },
  'wbc-low': ({ body }, random) => {
    const wbc = random.between(2.1, 3);
    set(body, { wbc, neut: wbc * 0.5, 'neut-percent': 50, lymph: wbc * 0.41, 'lymph-percent': 41 });
  },
  'plt-low': ({ body }, random) => set(body, { plt: random.integer(42, 88) }),
  'plt-high': ({ body }, random) => set(body, { plt: random.integer(400, 560) }),
  'glucose-fasting': ({ body }, random) => {
    const glucose = random.between(7.1, 11.5);
    set(body, { 'glucose-fasting': glucose, hba1c: (glucose + 2.6) / 1.59 + 0.5 });
    if (glucose > 10) body.set('urine-glucose', { grade: 2 });
  },
  'urine-protein': ({ body }, random) => body.set('urine-protein', { grade: random.pick([1, 2] as const) }),
  'urine-rbc': ({ body }, random) => {
    const low = random.integer(16, 30);
    body.set('urine-rbc', { cells: [low, low + 8] }).set('urine-blood', { grade: 3 });
  },
  'urine-ketones': ({ body }) => body.set('urine-ketones', { grade: 2 }),
  'stool-occult-blood': ({ body }) => body.set('stool-occult-blood', { present: true }),
  'ck-high': ({ body }, random) => set(body, { ck: random.integer(2050, 5200), ast: 88, ldh: 410 }),
  'creatinine-high': ({ body }, random) => {
    const creatinine = random.integer(142, 260);
    set(body, { creatinine, urea: creatinine / 16, 'cystatin-c': creatinine / 95 });
  },
  'tumour-marker-high': ({ body }, random, client) => {
    const marker =
      client.sex === 'male' ? random.pick(['cea', 'ca199', 'afp']) : random.pick(['cea', 'ca125']);
    const limit = { cea: 5, ca199: 37, afp: 7, ca125: 35 }[marker] ?? 5;
    set(body, { [marker]: limit * random.between(1.3, 6) });
  },
  'imaging-malignancy': (found, random, client) =>
    replace(found, writeSuspicion(random, 'imaging', client.sex)),
  'cytology-malignancy': (found, random, client) =>
    replace(found, writeSuspicion(random, 'cytology', client.sex)),
} satisfies Record<string, (found: Found, random: Random, client: Client) => unknown>;

export type Scenario = keyof typeof SCENARIOS;
export const SCENARIO_NAMES = Object.keys(SCENARIOS) as Scenario[];

/** Turns what was found into an important result. Cytology becomes imaging for a man. */
export function play(scenario: Scenario, found: Found, random: Random, client: Client): void {
  const possible =
    scenario === 'cytology-malignancy' && client.sex === 'male' ? 'imaging-malignancy' : scenario;
  SCENARIOS[possible](found, random, client);
}

function set(body: Body, values: Record<string, number>): void {
  for (const [id, number] of Object.entries(values)) body.set(id, { number } satisfies Value);
}

function replace(found: Found, suspicion: Conclusion): void {
  found.conclusions = [...found.conclusions.filter(({ exam }) => exam !== suspicion.exam), suspicion];
}
