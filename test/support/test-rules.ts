import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OwnRules } from './own-rules.js';

const SHIPPED = join(import.meta.dirname, '../../rules');

/** A rule on numbers; its limits are made for tests and are no clinical ones. */
export interface TestRule {
  id: string;
  when: { fact: string; operator: string; value: number; unit: string }[];
  class?: 'A' | 'B' | 'C';
  type?: 'notify' | 'review' | 'count';
  population?: 'adult' | 'child' | 'any';
  advice?: string;
}

/** Conditions in short: `below('wbc', 3, '10*9/L')`. */
export const below = (fact: string, value: number, unit: string): TestRule['when'][number] => ({
  fact,
  operator: 'lessThan',
  value,
  unit,
});
export const above = (fact: string, value: number, unit: string): TestRule['when'][number] => ({
  fact,
  operator: 'greaterThan',
  value,
  unit,
});

/**
 * A version of the rules in a folder of its own: these packs, with the shipped lexicons and the shipped policy.
 * @param shipped also the pack `important-results`
 */
export function testRules(packs: Record<string, readonly TestRule[]>, shipped = false): OwnRules {
  const folder = mkdtempSync(join(tmpdir(), 'firstcall-rules-'));
  for (const part of ['lexicon', 'notification', ...(shipped ? ['important-results'] : [])])
    cpSync(join(SHIPPED, part), join(folder, part), { recursive: true });
  for (const [pack, rules] of Object.entries(packs)) {
    mkdirSync(join(folder, pack), { recursive: true });
    writeFileSync(join(folder, pack, 'rules.yaml'), file(rules));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** JSON is YAML too. */
function file(rules: readonly TestRule[]): string {
  const content = {
    kind: 'critical',
    title: { zh: '测试用规则', en: 'Rules for tests' },
    source: 'made for tests, no clinical limits',
    owner: 'nobody',
    'review-by': '2999-12-31',
    rules: rules.map((rule) => ({
      id: rule.id,
      title: { zh: `规则 ${rule.id}`, en: `Rule ${rule.id}` },
      population: rule.population ?? 'adult',
      conditions: { all: rule.when },
      event: event(rule),
      examples: examples(rule),
    })),
  };
  return `${JSON.stringify(content)}\n`;
}

function event({ type = 'notify', class: ruleClass = 'B', advice = '复查' }: TestRule): object {
  if (type === 'count') return { type, params: { reason: 'fasting-unknown' } };
  return { type, params: { class: ruleClass, advice: { zh: advice, en: advice } } };
}

/** All limits met; and for each an example in which it alone is not. */
function examples({ when }: TestRule): object[] {
  const value = ({ operator, value: limit }: TestRule['when'][number], isMet: boolean): number =>
    Number((limit + (isMet === (operator === 'lessThan') ? -0.1 : 0.1)).toFixed(3));
  const facts = (missed: number): Record<string, number> =>
    Object.fromEntries(when.map((leaf, i) => [leaf.fact, value(leaf, i !== missed)]));
  return [
    { facts: facts(-1), expect: 'fires' },
    ...when.map((_, i) => ({ facts: facts(i), expect: 'silent' })),
  ];
}
