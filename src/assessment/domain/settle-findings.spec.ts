import fc from 'fast-check';
import { type LeafEvidence } from '../../rules/index.js';
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

describe('another version of the rules', () => {
  const leaf = (asSent: string, change: Partial<LeafEvidence> = {}): LeafEvidence => ({
    fact: 'wbc',
    analyte: 'wbc',
    operator: 'lessThanInclusive',
    threshold: '3.0',
    unit: '10*9/L',
    negated: false,
    truth: 'fires',
    couldFire: false,
    source: { observationId: 'o1', component: 0, at: '2026-03-02T00:00:00.000Z', status: 'final' },
    asSent,
    isUnitKnown: true,
    converted: asSent,
    ...change,
  });
  /** What is said of these leaves, by a rule in these words. */
  const said = (words: string, ...leaves: LeafEvidence[]): FindingDraft =>
    draft(`${leaves.map(({ asSent }) => asSent).join()} ${words}`, {
      evidence: { sentence: { zh: words, en: words }, leaves } as unknown as FindingDraft['evidence'],
    });
  const told = (...leaves: LeafEvidence[]): Finding =>
    tell(first(settle([], [said('at most 3.0', ...leaves)], settling(0))), 3);
  const v2 = (minute: number, change: Partial<Settling> = {}): Settling =>
    settling(minute, { ruleSetVersion: 'v2', ...change });
  const wider = leaf('2.9', { threshold: '3.5' });

  it('with another limit or other words for the same value corrects nothing, and settles at once', () => {
    const after = settle([told(leaf('2.9'))], [said('at most 3.5', wider)], v2(5));
    expect(first(after)).toMatchObject({ correction: 'none', toldAt: at(3), ruleSetVersion: 'v2' });
    expect(first(after).toldAs!.sentence.zh).toBe('at most 3.0');
    expect(settleFindings('o1', after, [said('at most 3.5', wider)], v2(6))).toEqual({
      added: [],
      changed: [],
    });
    const corrected = settle(after, [said('at most 3.5', leaf('2.8'))], v2(7));
    expect(first(corrected).correction).toBe('due');
  });

  it('that is the same one, in the words of another release, corrects nothing where nothing else was seen', () => {
    const inOtherWords = { ...said('at or below 3.0', leaf('2.9')), toldValue: 'other words' };
    const after = settle([told(leaf('2.9'))], [inOtherWords], settling(5));
    expect(first(after)).toMatchObject({ correction: 'none', toldAt: at(3), toldValue: 'other words' });
    expect(settleFindings('o1', after, [inOtherWords], settling(6))).toEqual({ added: [], changed: [] });
    const other = {
      ...said('at or below 3.0', leaf('2.9', { converted: '2.90' })),
      toldValue: 'third words',
    };
    expect(first(settle(after, [other], settling(7))).correction).toBe('due');
  });

  it.each<[string, LeafEvidence[], LeafEvidence[], 'none' | 'due']>([
    ['that looks at more', [leaf('2.9')], [wider, leaf('60', { analyte: 'hb', source: null })], 'none'],
    ['that looks at less', [leaf('2.9'), leaf('60', { analyte: 'hb' })], [wider], 'none'],
    ['and another value at once', [leaf('2.9')], [leaf('2.8', { threshold: '3.5' })], 'due'],
    [
      'and another result in the place of one that was named',
      [leaf('2.9')],
      [leaf('2.8', { source: { ...wider.source!, observationId: 'o2' } })],
      'due',
    ],
    [
      'beside a value that nobody was told',
      [leaf('2.9'), leaf('60', { analyte: 'hb', truth: 'silent', source: null })],
      [wider, leaf('61', { analyte: 'hb', source: null })],
      'none',
    ],
  ])('%s', (_, before, now, correction) => {
    expect(first(settle([told(...before)], [said('other', ...now)], v2(5))).correction).toBe(correction);
  });

  it('leaves what a doctor has decided decided, and asks again where the value is another', () => {
    const review = { kind: 'review' as const };
    const [open] = settle([], [{ ...said('at most 3.0', leaf('>2')), ...review }], settling(0));
    const decided = { ...open!, decidedAt: at(1) };
    const again = [{ ...said('at most 3.5', leaf('>2', { threshold: '3.5' })), ...review }];
    expect(first(settle([decided], again, v2(5))).decidedAt).toEqual(at(1));
    const other = [{ ...said('at most 3.5', leaf('>1')), ...review }];
    expect(first(settle([decided], other, v2(5))).decidedAt).toBeNull();
  });

  it.each<[string, Settling['dispose'], 'none' | 'due']>([
    ['while it is news', () => ({ disposition: 'call', reason: 'important' }), 'due'],
    ['but not when it is old', () => ({ disposition: 'none', reason: 'stale' }), 'none'],
    ['nor when it is old and grave', () => ({ disposition: 'doctor', reason: 'late' }), 'none'],
    ['nor when it was loaded as history', () => ({ disposition: 'none', reason: 'history' }), 'none'],
    ['for the doctor when the person died', () => ({ disposition: 'doctor', reason: 'deceased' }), 'due'],
  ])('takes back what a person was told %s', (_, dispose, correction) => {
    const by = { dispose, isByRulesAlone: true };
    const gone = settle([told(leaf('2.9'))], [], v2(5, by));
    expect(first(gone)).toMatchObject({ status: 'retracted', correction });
    expect(settleFindings('o1', gone, [], v2(6, by))).toEqual({ added: [], changed: [] });
    // Were it the result that was corrected, its age would not matter.
    expect(first(settle([told(leaf('2.9'))], [], v2(5, { dispose }))).correction).toBe('due');
  });

  it('that brings back what was told and silently taken back rings nobody', () => {
    const old = { dispose: () => ({ disposition: 'none', reason: 'stale' }) as const, isByRulesAlone: true };
    const gone = settle([told(leaf('2.9'))], [], v2(5, old));
    const back = first(
      settle(gone, [said('at most 3.1', leaf('2.9'))], settling(7, { ruleSetVersion: 'v3' })),
    );
    expect(back).toMatchObject({ status: 'final', correction: 'none', toldAt: at(3) });
  });

  it('does not forget a correction that is due already', () => {
    const due = settle([told(leaf('2.9'))], [said('at most 3.0', leaf('2.8'))], settling(5));
    const old = { dispose: () => ({ disposition: 'none', reason: 'stale' }) as const, isByRulesAlone: true };
    expect(first(settle(due, [], v2(6, old)))).toMatchObject({ status: 'retracted', correction: 'due' });
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
