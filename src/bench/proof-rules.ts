import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  when: (Leaf | { fact: string; operator: string; value: string | number; unit?: string; params?: object })[];
  class: 'A' | 'B' | 'C';
  type?: 'notify' | 'review';
  /** Examples of a rule that does not look at one result's numbers alone. */
  shown?: object[];
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

/** Another limit, another class, another analyte beside, who decides, one gone, new ones; over time and by records, too. */
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
  {
    id: 'hb-fall',
    class: 'B',
    when: [{ ...leaf('hb', 'greaterThan', 2, 'g/L'), params: { over: 'fall', within: '1000 d' } }],
    shown: [
      { facts: { hb: 140 }, earlier: [{ days: 300, facts: { hb: 142.1 } }], expect: 'fires' },
      { facts: { hb: 140 }, earlier: [{ days: 300, facts: { hb: 142 } }], expect: 'silent' },
    ],
  },
  {
    id: 'platelets-of-checkups',
    class: 'C',
    when: [
      leaf('plt', 'greaterThan', 250, '10*9/L'),
      { fact: 'care-setting', operator: 'equal', value: 'checkup' },
    ],
    shown: [
      { facts: { plt: 251, 'care-setting': 'checkup' }, expect: 'fires' },
      { facts: { plt: 250, 'care-setting': 'checkup' }, expect: 'silent' },
      { facts: { plt: 251, 'care-setting': 'inpatient' }, expect: 'silent' },
    ],
  },
];

/** What levels a version gives: what its findings prove, a limit of its own, and what of the shipped plan it changes. */
export interface ProofLevels {
  findings: readonly string[];
  /** Level 4 from this much urate on; made for the proof. */
  urateFrom: number;
  switchedOn: readonly string[];
  /** Items of the basic set, and files of the pack, that are left out. */
  without: { basic: readonly string[]; files: readonly string[] };
}
export const LEVELS_IN_FORCE: ProofLevels = {
  findings: ['{ pack: proof, class: C, level: 4 }', '{ pack: proof, class: B, level: 3 }'],
  urateFrom: 350,
  switchedOn: [],
  without: { basic: [], files: [] },
};
export const LEVELS_OF_DRAFT: ProofLevels = {
  findings: ['{ pack: proof, class: B, level: 3 }', '{ pack: proof, class: A, level: 2 }'],
  urateFrom: 330,
  switchedOn: ['bp-120-80', 'obesity-alone-3'],
  without: { basic: ['urine'], files: ['lipids.yaml'] },
};

/** The shipped rules, and these beside them. */
export function writeRules(folder: string, rules: readonly ProofRule[], levels: ProofLevels): void {
  cpSync(SHIPPED, folder, { recursive: true });
  mkdirSync(join(folder, 'proof'));
  const findings = rules.map(({ id, when, class: ruleClass, type = 'notify', shown }) => ({
    id,
    title: { zh: `规则 ${id}`, en: `Rule ${id}` },
    conditions: { all: when },
    event: { type, params: { class: ruleClass, advice: { zh: '复查', en: 'repeat' } } },
    examples: shown ?? examples(when),
  }));
  writeFileSync(join(folder, 'proof', 'proof.yaml'), asFile('critical', findings));
  writeLevels(folder, levels);
}

function writeLevels(folder: string, { findings, urateFrom, switchedOn, without }: ProofLevels): void {
  const pack = join(folder, 'stratification');
  for (const file of without.files) {
    rmSync(join(pack, file));
    rmSync(join(pack, 'cases', file), { force: true });
  }
  const path = join(pack, 'levels.yaml');
  let plan = edited(readFileSync(path, 'utf8'), /^findings:\n/m, (head) =>
    [head, ...findings.map((one) => `  - ${one}\n`)].join(''),
  );
  for (const id of switchedOn)
    plan = edited(plan, new RegExp(`^  - id: ${id}\\n(?:    .*\\n)+`, 'm'), (one) =>
      one.replace('on: false', 'on: true'),
    );
  for (const id of without.basic) plan = edited(plan, new RegExp(`^  - \\{ id: ${id}, .*\\n`, 'm'), () => '');
  writeFileSync(path, plan);
  const when = [leaf('urate', 'greaterThan', urateFrom, 'umol/L')];
  const rule = {
    id: 'urate',
    title: { zh: '尿酸', en: 'Urate' },
    conditions: { all: when },
    event: { type: 'level', params: { level: 4, domain: 'urate', advice: { zh: '复查', en: 'repeat' } } },
    examples: examples(when),
  };
  mkdirSync(join(folder, 'proof-levels'));
  writeFileSync(join(folder, 'proof-levels', 'urate.yaml'), asFile('stratification', [rule]));
}

/** @throws Error when the file that is shipped has nothing of the kind: the proof would prove less than it says */
function edited(text: string, part: RegExp, edit: (found: string) => string): string {
  if (!part.test(text)) throw new Error(`the shipped level plan has no ${String(part)}`);
  return text.replace(part, edit);
}

/** JSON is YAML too. */
function asFile(kind: string, rules: readonly object[]): string {
  const content = {
    kind,
    title: { zh: '证明用规则', en: 'Rules for the proof' },
    source: 'made for a proof, no clinical limits',
    owner: 'nobody',
    'review-by': '2999-12-31',
    rules,
  };
  return `${JSON.stringify(content)}\n`;
}

/** All limits met; and for each an example in which it alone is not. */
function examples(when: readonly ProofRule['when'][number][]): object[] {
  const value = ({ operator, value: limit }: ProofRule['when'][number], isMet: boolean): number =>
    Number((Number(limit) + (isMet === (operator === 'lessThan') ? -0.1 : 0.1)).toFixed(1));
  const facts = (missed: number): Record<string, number> =>
    Object.fromEntries(when.map((one, i) => [one.fact, value(one, i !== missed)]));
  return [
    { facts: facts(-1), expect: 'fires' },
    ...when.map((_, i) => ({ facts: facts(i), expect: 'silent' })),
  ];
}
