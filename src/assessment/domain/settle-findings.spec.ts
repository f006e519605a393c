import fc from 'fast-check';
import { type Finding, type FindingDraft } from './finding.js';
import { settleFindings, type Settling } from './settle-findings.js';

let ids = 0;
const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 2, 0, minute));
const settling = (minute: number, change: Partial<Settling> = {}): Settling => ({
  now: at(minute),
  personId: 'p1',
  ruleSetVersion: 'v1',
  newId: () => `f${++ids}`,
  dispose: () => ({ disposition: 'call', reason: 'important' }),
  ...change,
});
const draft = (value: string, change: Partial<FindingDraft> = {}): FindingDraft => ({
  ruleId: 'pack/rule',
  component: 0,
  kind: 'finding',
  status: 'final',
  urgency: 'important',
  toldValue: value,
  evidence: { sentence: { zh: value, en: value } } as FindingDraft['evidence'],
  ...change,
});
/** Settles and gives what is stored after it. */
function settle(before: readonly Finding[], drafts: readonly FindingDraft[], by: Settling): Finding[] {
  const { added, changed } = settleFindings('o1', before, drafts, by);
  const next = new Map(before.map((finding) => [finding.id, finding]));
  for (const finding of [...added, ...changed]) next.set(finding.id, finding);
  return [...next.values()];
}
const tell = (finding: Finding, minute: number): Finding => ({
  ...finding,
  toldAt: at(minute),
  toldAs: { value: finding.toldValue, sentence: finding.evidence.sentence },
  correction: finding.correction === 'due' ? 'done' : finding.correction,
});
const first = (list: readonly Finding[]): Finding => list[0]!;

describe('a finding nobody was told of', () => {
  it('is made once, and a repeat changes nothing', () => {
    const stored = settle([], [draft('2.9')], settling(0));
    expect(stored).toHaveLength(1);
    expect(settleFindings('o1', stored, [draft('2.9')], settling(9))).toEqual({ added: [], changed: [] });
  });

  it('follows its value and keeps its clock', () => {
    const stored = settle([], [draft('2.9')], settling(0));
    const after = first(settle(stored, [draft('2.8')], settling(5)));
    expect(after).toMatchObject({
      toldValue: '2.8',
      correction: 'none',
      identifiedAt: at(0),
      updatedAt: at(5),
    });
  });

  it('is retracted without a word, and starts anew when it fires again', () => {
    let stored = settle([], [draft('2.9')], settling(0));
    stored = settle(stored, [], settling(5));
    expect(first(stored)).toMatchObject({ status: 'retracted', correction: 'none' });
    stored = settle(stored, [draft('2.9')], settling(7));
    expect(stored).toHaveLength(1);
    expect(first(stored)).toMatchObject({ status: 'final', identifiedAt: at(7), correction: 'none' });
  });

  it('starts its clock when a review becomes a finding, and asks the doctor anew when its question changes', () => {
    const [review] = settle([], [draft('>1000', { kind: 'review' })], settling(0));
    const decided = { ...review!, decidedAt: at(1) };
    const same = first(
      settle([decided], [draft('>1000', { kind: 'review', status: 'preliminary' })], settling(2)),
    );
    expect(same.decidedAt).toEqual(at(1));
    const other = first(settle([decided], [draft('>900', { kind: 'review' })], settling(2)));
    expect(other).toMatchObject({ decidedAt: null, identifiedAt: at(0) });
    const fires = first(settle([decided], [draft('>1000')], settling(2)));
    expect(fires).toMatchObject({ kind: 'finding', decidedAt: null, identifiedAt: at(2) });
  });

  it('is another one for another rule or component', () => {
    const drafts = [draft('1'), draft('1', { component: 1 }), draft('1', { ruleId: 'pack/other' })];
    expect(settle([], drafts, settling(0))).toHaveLength(3);
  });
});

describe('a finding the person was told of', () => {
  const told = (): Finding => tell(first(settle([], [draft('2.9')], settling(0))), 3);

  it('needs a correction when its value changes, and none when it is back before the call', () => {
    const corrected = settle([told()], [draft('2.8')], settling(5));
    expect(first(corrected)).toMatchObject({ correction: 'due', toldAt: at(3) });
    const back = first(settle(corrected, [draft('2.9')], settling(6)));
    expect(back).toMatchObject({ correction: 'none', toldAt: at(3) });
  });

  it('needs another when it goes back after the correction was told', () => {
    const corrected = tell(first(settle([told()], [draft('2.8')], settling(5))), 6);
    expect(corrected.correction).toBe('done');
    expect(first(settle([corrected], [draft('2.9')], settling(7))).correction).toBe('due');
  });

  it('needs one when it is retracted or becomes doubtful, and none when it fires again as told', () => {
    const retracted = settle([told()], [], settling(5));
    expect(first(retracted)).toMatchObject({ status: 'retracted', correction: 'due' });
    expect(first(settle(retracted, [draft('2.9')], settling(6)))).toMatchObject({ correction: 'none' });
    expect(first(settle(retracted, [draft('2.8')], settling(6)))).toMatchObject({ correction: 'due' });
    expect(first(settle([told()], [draft('2.9', { kind: 'review' })], settling(5))).correction).toBe('due');
  });

  it('needs none when a preliminary result becomes final with the same value', () => {
    const [made] = settle([], [draft('2.9', { status: 'preliminary' })], settling(0));
    const final = first(settle([tell(made!, 3)], [draft('2.9')], settling(5)));
    expect(final).toMatchObject({ status: 'final', correction: 'none' });
  });

  it('goes to the doctor when the person died before the correction was told', () => {
    const retracted = settle([told()], [], settling(5));
    const isDead = { dispose: () => ({ disposition: 'doctor', reason: 'deceased' }) as const };
    const after = first(settle(retracted, [], settling(6, isDead)));
    expect(after).toMatchObject({ correction: 'due', reason: 'deceased' });
    expect(settleFindings('o1', [after], [], settling(7, isDead))).toEqual({ added: [], changed: [] });
  });
});

describe('a result that turns out to be another person’s', () => {
  const told = (): Finding => tell(first(settle([], [draft('2.9')], settling(0))), 3);
  const second = { personId: 'p2' };

  it('is news to that person, and a correction for the one who was told', () => {
    const stored = settle([told()], [draft('2.9')], settling(5, second));
    expect(stored).toEqual([
      expect.objectContaining({ personId: 'p1', status: 'retracted', correction: 'due' }),
      expect.objectContaining({ personId: 'p2', status: 'final', toldAt: null, identifiedAt: at(5) }),
    ]);
    const back = settle(stored, [draft('2.9')], settling(6));
    expect(back).toEqual([
      expect.objectContaining({ personId: 'p1', status: 'final', correction: 'none' }),
      expect.objectContaining({ personId: 'p2', status: 'retracted', correction: 'none' }),
    ]);
  });

  it('leaves one finding only where it had waited for its person', () => {
    const waiting = settle([], [draft('2.9', { kind: 'review' })], settling(0, { personId: null }));
    const stored = settle(waiting, [draft('2.9')], settling(5));
    expect(stored).toHaveLength(1);
    expect(first(stored)).toMatchObject({ personId: 'p1', kind: 'finding', identifiedAt: at(5) });
  });

  it('does not change how the first person’s correction is to be told', () => {
    const stored = settle([told()], [], settling(5, second));
    const isDead = { ...second, dispose: () => ({ disposition: 'doctor', reason: 'deceased' }) as const };
    expect(settleFindings('o1', stored, [], settling(6, isDead)).changed).toEqual([]);
  });
});

it('whatever versions come, what stands is what the last one says, and a told person hears of every difference', () => {
  const step = fc.oneof(
    fc.constantFrom('2.7', '2.8', '2.9').map((value) => ({ drafts: [draft(value)], isTold: false })),
    fc.constant({ drafts: [], isTold: false }),
    fc.constant({ drafts: null, isTold: true }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let stored: Finding[] = [];
      let last: string | null = null;
      let heard: string | null = null;
      steps.forEach(({ drafts }, minute) => {
        if (drafts) {
          stored = settle(stored, drafts, settling(minute));
          last = drafts[0]?.toldValue ?? null;
        } else if (last !== null) {
          stored = stored.map((finding) => tell(finding, minute));
          heard = last;
        }
        const standing = stored.filter((finding) => finding.status !== 'retracted');
        expect(standing.map((finding) => finding.toldValue)).toEqual(last === null ? [] : [last]);
        const isDue = stored.some((finding) => finding.correction === 'due');
        expect(isDue).toBe(heard !== null && heard !== last);
      });
    }),
  );
});
