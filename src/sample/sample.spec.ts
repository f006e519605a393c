import { join } from 'node:path';
import { NOTHING_EARLIER, UNKNOWN_PERSON } from '../kernel/index.js';
import { catalogueOf, judge, loadRules, type RuleSet } from '../rules/index.js';
import { loadVocabulary, NO_CONTEXT, normalise, type Observation } from '../terminology/index.js';
import { type Bundle, type DiagnosticReport, type Observation as Result, type Patient } from './domain/r4.js';
import { generateClients, workloadTemplates } from './index.js';

const ROOT = join(import.meta.dirname, '../..');
const NOW = new Date('2026-11-22T02:30:00Z');
const vocabulary = loadVocabulary(join(ROOT, 'vocabulary'));
let rules: RuleSet;
beforeAll(async () => {
  rules = await loadRules(join(ROOT, 'rules'), catalogueOf(vocabulary));
});

interface Reading {
  fires: string[];
  review: string[];
  doubts: string[];
}

/** Reads and judges a Bundle as the service does, without storing it. */
async function read({ entry, timestamp }: Bundle): Promise<Reading> {
  const reading: Reading = { fires: [], review: [], doubts: [] };
  const patient = entry.find(({ resource }) => resource.resourceType === 'Patient')?.resource as Patient;
  const person = { ...UNKNOWN_PERSON, sex: patient.gender, ageYears: 45, ageDays: 16_500 };
  for (const { resource } of entry) {
    if (resource.resourceType !== 'Observation' && resource.resourceType !== 'DiagnosticReport') continue;
    for (const measurement of normalise(asReceived(resource), contextOf(resource, patient), vocabulary)) {
      reading.doubts.push(...measurement.doubts.map(({ reason }) => reason));
      const { analyte, value } = measurement;
      if (analyte === null || value === null) continue;
      const source = {
        observationId: 'o',
        component: measurement.component,
        at: timestamp,
        status: resource.status,
      };
      const facts = {
        person,
        anchor: { measurement: { ...measurement, analyte }, source },
        others: new Map(),
        earlier: NOTHING_EARLIER,
        zone: 'Asia/Shanghai',
      };
      for (const { rule, truth, couldFire } of await judge(rules, facts)) {
        if (truth === 'fires') reading.fires.push(rule.id);
        else if (truth === 'unknown' && couldFire) reading.review.push(rule.id);
      }
    }
  }
  return reading;
}

/** What arrives has been through JSON. */
function asReceived(resource: Result | DiagnosticReport): Observation {
  return JSON.parse(JSON.stringify(resource)) as Observation;
}

function contextOf(resource: Result | DiagnosticReport, patient: Patient): typeof NO_CONTEXT {
  const fasting = 'specimen' in resource ? 'fasting' : null;
  return { ...NO_CONTEXT, fasting, setting: 'checkup', sex: patient.gender, ageYears: 45 };
}

describe('the sample, read with the shipped vocabulary and rules', () => {
  it('rings what it means to ring and nothing else, in every laboratory’s spelling', async () => {
    const doubts = new Set<string>();
    let reviews = 0;
    for (const { bundle, scenarios, era } of generateClients({
      seed: 'read',
      people: 200,
      now: NOW,
      years: 2,
    })) {
      const reading = await read(bundle);
      if (scenarios.length === 0 || era === 'correction') expect(reading.fires).toEqual([]);
      for (const scenario of scenarios) expect(reading.fires.join()).toMatch(meaning(scenario));
      for (const doubt of reading.doubts) doubts.add(doubt);
      reviews += reading.review.length;
    }
    // One item and one unit that nobody knows, for the data-quality queue, and one creatinine to be looked at.
    expect([...doubts].sort()).toEqual(['unknown-code', 'unknown-unit']);
    expect(reviews).toBe(1);
  });

  it('calls in the load test exactly those who are marked, and leaves nothing to review', async () => {
    for (const { text, important } of workloadTemplates('bench', NOW, 280)) {
      const { fires, review } = await read(JSON.parse(text) as Bundle);
      expect(fires.length > 0).toBe(important);
      expect(review).toEqual([]);
    }
  });
});

/** A man has no cytology; his suspicion is an image. */
function meaning(scenario: string): RegExp {
  return scenario === 'cytology-malignancy'
    ? /(cytology|imaging)-malignancy/
    : new RegExp(`important-results/${scenario}`);
}
