import { type FindingEvidence } from '../../assessment/index.js';
import { CONFIDENTIAL, disclose } from './disclosure.js';

const isSensitive = (name: string): boolean => name === 'hiv' || name === 'infections';

type Leaf = FindingEvidence['leaves'][number];

const HAEMOGLOBIN = {
  fact: 'hb',
  analyte: 'hb',
  operator: 'lessThan',
  threshold: '90',
  unit: 'g/L',
  negated: false,
  truth: 'fires',
  couldFire: true,
  source: null,
  asSent: '65 g/L',
  converted: '65',
} as Leaf;

function evidence(leaves: Partial<Leaf>[]): FindingEvidence {
  return {
    title: { zh: '艾滋病筛查阳性', en: 'HIV screen positive' },
    sentence: { zh: '句子', en: 'sentence' },
    advice: { zh: '请到疾控中心确证' },
    source: 'the list of the hospital',
    ruleClass: 'B',
    review: 'pending',
    leaves: leaves.map((leaf) => ({ ...HAEMOGLOBIN, ...leaf })),
    missing: [],
    implicated: [{ type: 'Observation', id: 'o', version: 1 }],
    undecided: null,
    isGrave: false,
    freshFrom: '2026-03-02T02:00:00.000Z',
    isHistory: false,
    ageYears: 40,
    at: '2026-03-02T02:00:00.000Z',
  };
}

describe('what is shown of a finding', () => {
  it('is everything where nothing is confidential', () => {
    const shown = disclose(evidence([{}]), isSensitive, false);
    expect(shown).toMatchObject({ isConfidential: false, sentence: { zh: '句子' }, isToBeConfirmed: true });
    expect(shown.leaves).toHaveLength(1);
  });

  it.each([
    ['the analyte', { analyte: 'hiv', fact: 'hiv' }],
    ['the group that the rule names', { analyte: null, fact: 'infections' }],
    ['the analyte that stood for a harmless word', { analyte: 'hiv', fact: 'screening' }],
    ['what a value was computed from', { analyte: 'ratio', fact: 'ratio', looked: [{ analyte: 'hiv' }] }],
    ['another result of the group', { analyte: 'hb', fact: 'screening', beside: [{ analyte: 'hiv' }] }],
  ])('is nothing that names the test where %s is sensitive', (_which, leaf) => {
    const shown = disclose(
      evidence([{}, { ...(leaf as Partial<Leaf>), asSent: '阳性' }]),
      isSensitive,
      false,
    );
    expect(shown).toMatchObject({
      isConfidential: true,
      title: CONFIDENTIAL,
      sentence: CONFIDENTIAL,
      leaves: [],
    });
    expect(JSON.stringify(shown)).not.toMatch(/艾滋|HIV|疾控|阳性|list of the hospital/i);
  });

  it('is put together from the values once it is revealed', () => {
    const shown = disclose(evidence([{ analyte: 'hiv', fact: 'hiv', asSent: '阳性' }]), isSensitive, true);
    expect(shown).toMatchObject({ isConfidential: true, sentence: { zh: '艾滋病筛查阳性：阳性' } });
    expect(shown.leaves[0]).toMatchObject({ asSent: '阳性' });
  });

  it('has no value of sex, age or history: no laboratory sent them', () => {
    const ofPerson = { analyte: null, unit: null };
    const leaves = [
      {},
      {
        ...ofPerson,
        fact: 'sex',
        operator: 'equal',
        threshold: 'female',
        asSent: 'female',
        converted: 'female',
      },
      { ...ofPerson, fact: 'age', threshold: '28', unit: 'd', asSent: '4', converted: '4' },
    ];
    const shown = disclose(evidence(leaves), isSensitive, false);
    expect(shown.leaves.map(({ asSent }) => asSent)).toEqual(['65 g/L', null, null]);
    expect(shown.leaves.map(({ converted }) => converted)).toEqual(['65', 'female', '4']);
    const hiv = { analyte: 'hiv', fact: 'hiv', asSent: '阳性' };
    const revealed = disclose(evidence([hiv, ...leaves.slice(1)]), isSensitive, true);
    expect(revealed.sentence.zh).toBe('艾滋病筛查阳性：阳性');
  });
});
