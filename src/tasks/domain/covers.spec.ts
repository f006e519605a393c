import fc from 'fast-check';
import { type Finding } from '../../assessment/index.js';
import { compareUrgency, URGENCIES } from '../../policy/index.js';
import { coveredBy } from './covers.js';

const INHIBIT = [
  { finding: 'c/grave', covers: ['b/middle'] },
  { finding: 'b/middle', covers: ['a/mild'] },
];
const finding = (id: string, change: Partial<Finding> = {}): Finding =>
  ({
    ...{ id, observationId: 'o1', urgency: 'B', status: 'final', kind: 'finding', correction: 'none' },
    ...change,
  }) as Finding;
const grave = (change: Partial<Finding> = {}): Finding =>
  finding('grave', { ruleId: 'c/grave', urgency: 'A', ...change });
const middle = (change: Partial<Finding> = {}): Finding =>
  finding('middle', { ruleId: 'b/middle', ...change });
const mild = (change: Partial<Finding> = {}): Finding =>
  finding('mild', { ruleId: 'a/mild', urgency: 'C', ...change });
const covered = (...findings: Finding[]): string =>
  [...coveredBy(findings, { inhibit: INHIBIT })].map(([one, by]) => `${one} by ${by}`).join(', ');

describe('a graver finding covers its milder form', () => {
  it.each<[string, Finding[], string]>([
    ['alone', [mild()], ''],
    ['with it', [middle(), mild()], 'mild by middle'],
    [
      'through another, which is covered itself',
      [mild(), middle(), grave()],
      'mild by grave, middle by grave',
    ],
    ['through one that does not stand', [grave(), mild()], 'mild by grave'],
    ['of another result', [grave(), mild({ observationId: 'o2' })], ''],
    ['that is graver than its own', [middle({ urgency: 'C' }), mild({ urgency: 'A' })], ''],
    ['that was withdrawn', [middle({ status: 'retracted' }), mild()], ''],
    ['that waits for a doctor', [middle({ kind: 'review' }), mild()], ''],
    ['whose told value has changed', [middle(), mild({ correction: 'due' })], ''],
    ['that says nothing of it', [mild(), finding('x', { ruleId: 'x/x', urgency: 'A' })], ''],
  ])('%s', (_, findings, expected) => expect(covered(...findings)).toBe(expected));

  it('nothing graver is covered, and whatever covers is itself spoken of', () => {
    const one = fc.record({
      ruleId: fc.constantFrom('c/grave', 'b/middle', 'a/mild', 'x/x'),
      urgency: fc.constantFrom(...URGENCIES),
      observationId: fc.constantFrom('o1', 'o2'),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), (given) => {
        const findings = given.map((change, i) => finding(`f${i}`, change));
        const byId = new Map(findings.map((each) => [each.id, each]));
        const found = coveredBy(findings, { inhibit: INHIBIT });
        for (const [id, by] of found) {
          expect(compareUrgency(byId.get(by)!.urgency, byId.get(id)!.urgency)).toBeLessThanOrEqual(0);
          expect(byId.get(by)!.observationId).toBe(byId.get(id)!.observationId);
          expect(found.has(by)).toBe(false);
        }
      }),
    );
  });
});
