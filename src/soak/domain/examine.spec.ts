import fc from 'fast-check';
import { courseOf } from './course.js';
import { examinePerson, type Seen } from './examine.js';
import { type Letter, standingOf } from './letter.js';

const NOW = new Date('2026-11-22T02:30:00Z');

/** What is seen where exactly these letters were taken in. */
function seenAfter(letters: readonly Letter[]): Seen {
  const { records, findings } = standingOf(letters);
  const standing = [...findings];
  return {
    records: [...records.values()],
    findings: standing.map((finding) => {
      const [rule = '', key = ''] = finding.split(' of ');
      return { rule, key };
    }),
    calls: standing.length > 0 ? [standing] : [],
  };
}

/** Letters of one client, and how many of them were acknowledged before one was not. */
const courses = fc.tuple(fc.nat(10_000), fc.nat()).map(([ordinal, cut]) => {
  const letters = [...new Set(courseOf('spec', ordinal, NOW).steps.flat())];
  const at = cut % letters.length;
  return { acknowledged: letters.slice(0, at), next: letters[at]! };
});

const kinds = (...given: Parameters<typeof examinePerson>): string[] =>
  examinePerson(...given).map(({ kind }) => kind);

describe('looking at a person', () => {
  it('finds nothing wrong where what was not answered is there whole, or not at all', () => {
    fc.assert(
      fc.property(courses, ({ acknowledged, next }) => {
        expect(kinds(acknowledged, [next], seenAfter(acknowledged))).toEqual([]);
        expect(kinds(acknowledged, [next], seenAfter([...acknowledged, next]))).toEqual([]);
      }),
    );
  });

  it('finds any record that is missing: lost when it was acknowledged, half-handled otherwise', () => {
    fc.assert(
      fc.property(courses, fc.nat(), ({ acknowledged, next }, pick) => {
        const seen = seenAfter([...acknowledged, next]);
        const at = pick % seen.records.length;
        const less = { ...seen, records: seen.records.filter((_, i) => i !== at) };
        expect(kinds([...acknowledged, next], [], less)).toEqual(['lost']);
        const isNews = !standingOf(acknowledged).records.has(seen.records[at]!.key);
        const fresh = seen.records.filter(({ key }) => !standingOf(acknowledged).records.has(key)).length;
        // Without its only new record, an unanswered letter that changes nothing else was not taken in at all.
        fc.pre(isNews && fresh > 1);
        expect(new Set(kinds(acknowledged, [next], less))).toEqual(new Set(['half-handled']));
      }),
    );
  });

  it('finds an acknowledged correction that was lost', () => {
    const [first, ...more] = versionsOfOne();
    const faults = examinePerson([first!, ...more], [], seenAfter([first!]));
    expect(faults[0]!.kind).toBe('lost');
    expect(faults[0]!.detail).toMatch(/was acknowledged and is there as ".*" only/);
  });

  it.each<[string, (seen: Seen) => Seen]>([
    ['record', (seen) => ({ ...seen, records: [...seen.records, seen.records[0]!] })],
    ['finding', (seen) => ({ ...seen, findings: [...seen.findings, seen.findings[0]!] })],
    ['call', (seen) => ({ ...seen, calls: [...seen.calls, seen.calls[0]!] })],
  ])('finds a %s that is there twice', (_, twice) => {
    const letters = ringing();
    expect(kinds(letters, [], seenAfter(letters))).toEqual([]);
    expect(kinds(letters, [], twice(seenAfter(letters)))).toEqual(['doubled']);
  });

  it.each<[string, (seen: Seen) => Seen]>([
    ['no finding', (seen) => ({ ...seen, findings: [], calls: [] })],
    ['a finding and no call', (seen) => ({ ...seen, calls: [] })],
    ['a call without the finding', (seen) => ({ ...seen, calls: [[]] })],
    [
      'a call with a finding that was retracted',
      (seen) => ({ ...seen, calls: [[...seen.calls[0]!, 'a finding that does not stand']] }),
    ],
    [
      'a finding too many',
      (seen) => ({ ...seen, findings: [...seen.findings, { rule: 'important-results/x', key: 'y' }] }),
    ],
  ])('finds a result that was stored with %s', (_, half) => {
    const letters = ringing();
    expect(new Set(kinds(letters, [], half(seenAfter(letters))))).toEqual(new Set(['half-handled']));
  });

  it('leaves the findings of other packs out of account', () => {
    const letters = ringing();
    const seen = seenAfter(letters);
    const other = { rule: 'another/rule', key: seen.records[0]!.key };
    const more = {
      ...seen,
      findings: [...seen.findings, other],
      calls: [[...seen.calls[0]!, 'another/rule of it']],
    };
    expect(kinds(letters, [], more)).toEqual([]);
  });
});

/** Letters of somebody who is to be called. */
function ringing(): Letter[] {
  for (let ordinal = 0; ; ordinal++) {
    const letters = [...new Set(courseOf('spec', ordinal, NOW).steps.flat())];
    if (standingOf(letters).findings.size === 1) return letters;
  }
}

/** Two versions of one result, alone. */
function versionsOfOne(): Letter[] {
  const [letter] = ringing();
  const [version] = letter!.versions.filter(({ key }) => key.startsWith('Observation'));
  const older = { ...version!, mark: 'final', issuedAt: version!.issuedAt - 1 };
  return [older, version!].map((one) => ({ bytes: letter!.bytes, versions: [one] }));
}
