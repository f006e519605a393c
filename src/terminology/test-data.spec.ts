import { describeWithData, listTestData, testData } from '../../test/support/test-data.js';
import { vocabulary } from '../../test/support/measure.js';
import { type Measurement } from '../kernel/index.js';
import { NO_CONTEXT } from './domain/context.js';
import { type DiagnosticReport, type Observation } from './domain/fhir-input.js';
import { normalise } from './domain/normalise.js';

/** Observations and reports anywhere in a JSON document; contained ones come with their report. */
function resultsIn(json: unknown): (Observation | DiagnosticReport)[] {
  if (Array.isArray(json)) return json.flatMap(resultsIn);
  if (json === null || typeof json !== 'object') return [];
  const { resourceType } = json as { resourceType?: string };
  if (resourceType === 'Observation' || resourceType === 'DiagnosticReport')
    return [json as Observation | DiagnosticReport];
  return Object.values(json).flatMap(resultsIn);
}

describeWithData('every published example', () => {
  // STU3 writes an interpretation alone where R4 has a list; those files are refused at the front door.
  // Broken requests, some of them not JSON at all, are refused there too.
  const files = listTestData('.').filter((file) => !/stu3|edge-cases|MANIFEST|wearables/.test(file));
  const results = files.flatMap((file) => {
    try {
      return resultsIn(testData(file));
    } catch {
      return [];
    }
  });
  const measurements: Measurement[] = results.flatMap((result) => normalise(result, NO_CONTEXT, vocabulary));

  it('is read without a fault, and in the analyte’s canonical unit', () => {
    expect(results.length).toBeGreaterThan(6_000);
    for (const { analyte, value, doubts, asSent } of measurements) {
      if (analyte === null && asSent !== '')
        expect(doubts.map(({ reason }) => reason)).toEqual(['unknown-code']);
      if (value && 'unit' in value) expect(value.unit).toBe(vocabulary.get(analyte!)!.unit);
      if (value?.kind === 'unit-unknown') expect(doubts[0]!.reason).toBe('unknown-unit');
      if (value?.kind === 'implausible') expect(doubts[0]!.reason).toBe('implausible');
    }
  });

  it('has known codes and units but for a few', () => {
    const doubtful = (reason: string): number =>
      measurements.filter(({ doubts }) => doubts.some((doubt) => doubt.reason === reason)).length;
    expect(doubtful('unknown-code') / measurements.length).toBeLessThan(0.05);
    expect(doubtful('unknown-unit') / measurements.length).toBeLessThan(0.002);
    expect(doubtful('unreadable') / measurements.length).toBeLessThan(0.005);
  });
});
