import { type LeafEvidence } from '../../../rules/index.js';
import { cardOf, cardSeeds, type Printing, type ReasonSeen } from './cards.js';

const both = (text: string) => ({ zh: text, en: text });
const printing: Printing = {
  nameOf: both,
  unitOf: (analyte) => (analyte === 'ct' ? null : 'u'),
  decimalsOf: () => 1,
  isConclusion: (analyte) => analyte === 'ct',
  domainName: (domain) => both(`part ${domain}`),
  categoryOf: () => null,
};
const leaf = (analyte: string, observationId: string): LeafEvidence => ({
  fact: analyte,
  analyte,
  operator: 'greaterThan',
  threshold: '5',
  unit: 'u',
  negated: false,
  truth: 'fires',
  couldFire: false,
  source: { observationId, component: 0, at: '', status: 'final' },
  asSent: '12',
  isUnitKnown: true,
  converted: '12',
});
const reason = (level: number, ruleId: string, seen: LeafEvidence, more: Partial<ReasonSeen> = {}): ReasonSeen => ({
  level, ruleId, from: 'rule', domain: 'lung', title: both(ruleId), advice: null, leaves: [seen], isSuspected: false, repeats: null, isPending: false, ...more,
}); // prettier-ignore
const finding = { from: 'finding', domain: null } as const;
const seedsOf = (...reasons: ReasonSeen[]) =>
  cardSeeds(reasons, (analyte) => printing.isConclusion(analyte)).map(({ reason: { ruleId } }) => ruleId);

it('the value of a card is read as a laboratory prints it, on its side of the limit', () => {
  const told = (converted: string, threshold: string): string => {
    const seen = { ...leaf('a', 'o1'), converted, threshold };
    const seed = { reason: reason(2, 'r', seen), analyte: 'a', leaf: seen };
    return cardOf(seed, printing, null, []).value!.zh;
  };
  expect(told('6.359376383254433', '5.7')).toBe('6.4 u');
  expect(told('5.7000001', '5.7')).toBe('5.7000001 u');
  expect(told('6.80', '5.7')).toBe('6.80 u');
});

describe('the cards of a page', () => {
  it('two packs on one value make one card, in the words of the rule for levels', () => {
    expect(
      seedsOf(reason(2, 'call', leaf('cea', 'o1'), finding), reason(2, 'level', leaf('cea', 'o1'))),
    ).toEqual(['level']);
  });

  it('of two that are as grave the certain one is told: it asks for more than a repeat', () => {
    const once = reason(2, 'above', leaf('cea', 'o1'), { isSuspected: true });
    expect(seedsOf(once, reason(2, 'twice', leaf('cea', 'o1')))).toEqual(['twice']);
    expect(seedsOf(reason(2, 'twice', leaf('cea', 'o1')), once)).toEqual(['twice']);
  });

  it('each part of the body that a report speaks of has a card, and so has each report', () => {
    const parts = ['lung', 'thyroid'].map((domain) => reason(1, domain, leaf('ct', 'o1'), { domain }));
    expect(seedsOf(...parts, reason(1, 'again', leaf('ct', 'o2')))).toEqual(['lung', 'thyroid', 'again']);
  });

  it('a finding from a report that a rule for levels has told is not told again, unless it is graver', () => {
    const told = reason(2, 'lung', leaf('ct', 'o1'));
    expect(seedsOf(told, reason(3, 'call', leaf('ct', 'o1'), finding))).toEqual(['lung']);
    expect(seedsOf(told, reason(1, 'call', leaf('ct', 'o1'), finding))).toEqual(['call', 'lung']);
    expect(seedsOf(told, reason(3, 'call', leaf('ct', 'o2'), finding))).toEqual(['lung', 'call']);
  });

  it('is named by the value, or by the part of the body, never by the classes of a rule', () => {
    const titleOf = (one: ReasonSeen) =>
      cardSeeds([one], printing.isConclusion).map((seed) => cardOf(seed, printing, null, []).title.zh);
    expect(titleOf(reason(2, 'Lung-RADS 4B', leaf('ct', 'o1')))).toEqual(['part lung']);
    expect(titleOf(reason(2, 'above', leaf('cea', 'o1')))).toEqual(['cea']);
    expect(titleOf(reason(2, 'in an image', leaf('ct', 'o1'), finding))).toEqual(['in an image']);
  });
});
