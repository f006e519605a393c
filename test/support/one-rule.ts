import { loadVocabulary } from '../../src/terminology/index.js';
import { readRules } from '../../src/rules/domain/files/read-rules.js';
import { type Measuring, type Strength } from '../../src/rules/domain/strength/measure-rule.js';
import { measureStrength } from '../../src/rules/domain/strength/strength.js';
import { catalogueOf } from '../../src/rules/domain/vocabulary-catalogue.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));

export interface Written {
  conditions: string;
  examples: string[];
  population?: string;
  kind?: string;
}

/** A rule file of one rule; conditions stand in line 8, examples from line 14. */
export function file({ conditions, examples, population = 'adult', kind = 'critical' }: Written): string {
  return `kind: ${kind}
title: { zh: 甲, en: a }
source: a guideline
population: ${population}
rules:
  - id: a-rule
    title: { zh: 规则, en: A rule }
    conditions: ${conditions}
    event:
      type: notify
      params:
        class: B
        advice: { zh: 复查 }
    examples:
${examples.map((example) => `      - ${example}\n`).join('')}owner: 检验科
review-by: 2027-11-26
`;
}

export async function strengthOf(written: Written, how: Measuring = {}): Promise<Strength> {
  const read = await readRules([{ path: 'pack/a.yaml', text: file(written) }], catalogue);
  const serious = read.faults.filter(({ kind }) => kind !== 'untested-side');
  if (serious.length > 0)
    throw new Error(serious.map(({ path, message }) => `${path} ${message}`).join('\n'));
  return measureStrength(read.placed, read.lexiconFiles, catalogue, how);
}

/** Every change to the conditions: nothing notices where there is but an example without facts. */
export async function changes(conditions: string): Promise<string[]> {
  const written = {
    kind: 'vitals',
    population: 'any',
    conditions,
    examples: ['{ facts: {}, expect: unknown }'],
  };
  const { survivors, equal } = await strengthOf(written);
  return [...survivors, ...equal].map(({ what }) => what.zh);
}
