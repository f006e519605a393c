import { type Bundle } from '../../sample/domain/r4.js';
import { courseOf } from './course.js';
import { standingOf } from './letter.js';

const NOW = new Date('2026-11-22T02:30:00Z');
const courses = Array.from({ length: 60 }, (_, ordinal) => courseOf('spec', ordinal, NOW));

describe('the letters of a client', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(courseOf('spec', 7, NOW)).toEqual(courses[7]);
    expect(courseOf('other', 7, NOW)).not.toEqual(courses[7]);
  });

  it('are about one client each, and no two clients are alike', () => {
    for (const { patient, steps } of courses) {
      for (const { versions } of steps.flat())
        expect(versions.filter(({ key }) => key === `Patient ${patient}`)).toHaveLength(1);
    }
    expect(new Set(courses.map(({ patient }) => patient)).size).toBe(courses.length);
  });

  it('hold no two versions of a result with one release', () => {
    for (const { steps } of courses) {
      const versions = [...new Set(steps.flat())]
        .flatMap((letter) => letter.versions)
        .filter(({ key }) => key.startsWith('Observation'));
      const releases = versions.map(({ key, issuedAt }) => `${key} ${issuedAt}`);
      expect(new Set(releases).size).toBe(releases.length);
    }
  });

  it('bring every kind of news: repeats, corrections, withdrawals, letters at once, calls that end', () => {
    const letters = courses.flatMap(({ steps }) => steps.flat());
    expect(new Set(letters).size).toBeLessThan(letters.length);
    const statuses = new Set(
      letters.flatMap(({ bytes }) =>
        (JSON.parse(bytes.toString()) as Bundle).entry.flatMap(({ resource }) =>
          resource.resourceType === 'Observation' ? resource.status : [],
        ),
      ),
    );
    expect([...statuses].sort()).toEqual(['corrected', 'entered-in-error', 'final']);
    expect(courses.some(({ steps }) => steps.some((step) => step.length > 1))).toBe(true);
    const ringing = courses.filter(({ steps }) => standingOf(steps.flat()).findings.size > 0).length;
    expect(ringing).toBeGreaterThan(10);
    expect(ringing).toBeLessThan(50);
    const silenced = courses.filter(({ steps }) => {
      const all = steps.flat();
      return all.some((_, i) => standingOf(all.slice(0, i)).findings.size > standingOf(all).findings.size);
    });
    expect(silenced.length).toBeGreaterThan(3);
  });
});
