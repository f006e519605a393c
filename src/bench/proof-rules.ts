import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The rules that come with the project; this file is run from `dist/`. */
const SHIPPED = resolve(fileURLToPath(import.meta.url), '../../../../rules');

interface Leaf {
  fact: string;
  operator: 'lessThan' | 'greaterThan';
  value: number;
  unit: string;
}
interface ProofRule {
  id: string;
  when: Leaf[];
  class: 'A' | 'B' | 'C';
  type?: 'notify' | 'review';
}

const leaf = (fact: string, operator: Leaf['operator'], value: number, unit: string): Leaf => {
  return { fact, operator, value, unit };
};

/** Limits in the midst of healthy values, so that many people have findings; made for this proof, no clinical ones. */
export const IN_FORCE: readonly ProofRule[] = [
  { id: 'wbc', class: 'B', when: [leaf('wbc', 'lessThan', 5, '10*9/L')] },
  { id: 'hb', class: 'B', when: [leaf('hb', 'lessThan', 135, 'g/L')] },
  { id: 'alt', class: 'C', when: [leaf('alt', 'greaterThan', 30, 'U/L')] },
  { id: 'urate', class: 'B', type: 'review', when: [leaf('urate', 'greaterThan', 400, 'umol/L')] },
  { id: 'creatinine', class: 'B', when: [leaf('creatinine', 'greaterThan', 90, 'umol/L')] },
];

/** Another limit, another class, another analyte beside, who decides, one gone, one new. */
export const DRAFT: readonly ProofRule[] = [
  { id: 'wbc', class: 'B', when: [leaf('wbc', 'lessThan', 5.5, '10*9/L')] },
  {
    id: 'hb',
    class: 'A',
    when: [leaf('hb', 'lessThan', 130, 'g/L'), leaf('plt', 'greaterThan', 200, '10*9/L')],
  },
  { id: 'urate', class: 'B', when: [leaf('urate', 'greaterThan', 400, 'umol/L')] },
  { id: 'creatinine', class: 'C', when: [leaf('creatinine', 'greaterThan', 90, 'umol/L')] },
  { id: 'ggt', class: 'B', when: [leaf('ggt', 'greaterThan', 40, 'U/L')] },
];

/** The shipped rules, and these beside them. */
export function writeRules(folder: string, rules: readonly ProofRule[]): void {
  cpSync(SHIPPED, folder, { recursive: true });
  mkdirSync(join(folder, 'proof'));
  const content = {
    kind: 'critical',
    title: { zh: '证明用规则', en: 'Rules for the proof' },
    source: 'made for a proof, no clinical limits',
    rules: rules.map(({ id, when, class: ruleClass, type = 'notify' }) => ({
      id,
      title: { zh: `规则 ${id}`, en: `Rule ${id}` },
      conditions: { all: when },
      event: { type, params: { class: ruleClass, advice: { zh: '复查', en: 'repeat' } } },
      examples: examples(when),
    })),
  };
  writeFileSync(join(folder, 'proof', 'proof.yaml'), `${JSON.stringify(content)}\n`);
}

/** All limits met; and for each an example in which it alone is not. */
function examples(when: readonly Leaf[]): object[] {
  const value = ({ operator, value: limit }: Leaf, isMet: boolean): number =>
    Number((limit + (isMet === (operator === 'lessThan') ? -0.1 : 0.1)).toFixed(1));
  const facts = (missed: number): Record<string, number> =>
    Object.fromEntries(when.map((one, i) => [one.fact, value(one, i !== missed)]));
  return [
    { facts: facts(-1), expect: 'fires' },
    ...when.map((_, i) => ({ facts: facts(i), expect: 'silent' })),
  ];
}
