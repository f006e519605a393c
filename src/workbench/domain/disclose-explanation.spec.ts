import { explained, factsOf, result, ruleWith } from '../../../test/support/explaining.js';
import { UNKNOWN_PERSON } from '../../kernel/index.js';
import { discloseExplanation } from './disclose-explanation.js';

const below = (limit: number) => `{ fact: hb, operator: lessThan, value: ${limit}, unit: g/L }`;
const PREGNANT = '{ fact: pregnant, operator: equal, value: true }';
const RULE = `{ any: [${below(60)}, { all: [${below(70)}, ${PREGNANT}] }, { not: { any: [${PREGNANT}, ${below(300)}] } }] }`;

async function explanationOf(pregnant: boolean | null) {
  const rule = await ruleWith(RULE);
  const facts = factsOf([result('hb', '55 g/L')], { ...UNKNOWN_PERSON, pregnant });
  return (await explained(rule, facts)).explanation;
}

describe('whether a person is pregnant', () => {
  it('cannot be told from an explanation until it is revealed', async () => {
    const each = await Promise.all([true, false, null].map(explanationOf));
    const [first, ...others] = each.map((one) => discloseExplanation(one, false));
    for (const other of others) expect(other).toEqual(first);
    expect(first).toMatchObject({ condition: { truth: 'fires' }, smallestChange: null });
    expect(JSON.stringify(first)).not.toContain('妊娠');
  });

  it('is told once it is revealed', async () => {
    const explanation = await explanationOf(true);
    expect(discloseExplanation(explanation, true)).toBe(explanation);
    expect(explanation.smallestChange!.changes).toMatchObject([{ to: '70' }]);
  });

  it('hides nothing of a rule that does not ask', async () => {
    const { explanation } = await explained(
      await ruleWith(`{ all: [${below(60)}] }`),
      factsOf([result('hb', '55 g/L')]),
    );
    expect(discloseExplanation(explanation, false)).toBe(explanation);
  });
});
