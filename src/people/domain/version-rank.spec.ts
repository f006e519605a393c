import fc from 'fast-check';
import { compareRank, isEvidence, isPreliminary, type VersionRank } from './version-rank.js';

const RANKED = [
  'registered',
  'preliminary',
  'final',
  'amended',
  'corrected',
  'cancelled',
  'entered-in-error',
];
const early = new Date('2026-03-01T00:00:00Z');
const late = new Date('2026-03-01T00:00:00.001Z');
const rank = (status: string, issued: Date | null = null, sentUpdated: Date | null = null): VersionRank => ({
  status,
  issued,
  sentUpdated,
});

/** Whether a version that arrived later takes the place of one that arrived earlier. */
const overtakes = (later: VersionRank, earlier: VersionRank): boolean => compareRank(later, earlier) >= 0;

const instant = fc.constantFrom(null, early, late);
const version = fc.record({ status: fc.constantFrom(...RANKED), issued: instant, sentUpdated: instant });

describe('which version counts', () => {
  it.each([
    ['a later issue, whatever the status', rank('preliminary', late), rank('entered-in-error', early), true],
    ['not an earlier issue', rank('entered-in-error', early), rank('preliminary', late), false],
    ['a later update of one issue', rank('final', early, late), rank('corrected', early, early), true],
    ['not an earlier update', rank('corrected', early, early), rank('final', early, late), false],
    ['an issue before none', rank('registered', early), rank('entered-in-error', null, late), true],
    ['an update before none', rank('final', early, early), rank('corrected', early), true],
    ['the later arrival of equals', rank('final', early, late), rank('final', early, late), true],
    ['the later arrival of timeless equals', rank('final'), rank('final'), true],
  ])('%s', (_, later, earlier, expected) => {
    expect(overtakes(later, earlier)).toBe(expected);
  });

  it('ranks statuses of one time in the order of the specification', () => {
    for (const [low, status] of RANKED.entries())
      for (const [high, other] of RANKED.entries())
        expect(overtakes(rank(status, early), rank(other, early))).toBe(low >= high);
  });

  it('is total and transitive, so that the order of arrival decides only between equals', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(overtakes(a, b) || overtakes(b, a)).toBe(true);
        if (overtakes(a, b) && overtakes(b, c)) expect(overtakes(a, c)).toBe(true);
        const areEqual = a.issued === b.issued && a.sentUpdated === b.sentUpdated && a.status === b.status;
        expect(overtakes(a, b) && overtakes(b, a)).toBe(areEqual);
      }),
    );
  });

  it('ends with the same version whatever the order of arrival', () => {
    fc.assert(
      fc.property(fc.array(version, { minLength: 1, maxLength: 6 }), (versions) => {
        const winner = (list: VersionRank[]): VersionRank =>
          list.reduce((current, next) => (overtakes(next, current) ? next : current));
        expect(winner([...versions].reverse())).toEqual(winner(versions));
      }),
    );
  });
});

describe('which statuses count', () => {
  it.each([
    ['final', true, false],
    ['amended', true, false],
    ['corrected', true, false],
    ['preliminary', true, true],
    ['partial', true, true],
    ['appended', true, false],
    ['unknown', true, false],
    ['registered', false, false],
    ['cancelled', false, false],
    ['entered-in-error', false, false],
    ['invented', false, false],
  ])('%s is evidence: %p, preliminary: %p', (status, evidence, preliminary) => {
    expect([isEvidence(status), isPreliminary(status)]).toEqual([evidence, preliminary]);
  });
});
