import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The shipped packs, all of them. */
export const SHIPPED_RULES = join(import.meta.dirname, '../../rules');

/** Rules beside the first pack; their limits are made for tests and are no clinical ones. */
const HEAD = `
kind: critical
title: { zh: 测试规则, en: Rules for tests }
source: made for tests, no clinical limit
owner: nobody
review-by: 2999-12-31
`;
const POTASSIUM_HIGH = `
  - id: potassium-high
    title: { zh: 血钾高, en: High potassium }
    conditions: { all: [{ fact: potassium, operator: greaterThan, value: 6.5, unit: mmol/L }] }
    event: { type: notify, params: { class: A, advice: { zh: 立即, en: at once } } }
    examples:
      - { facts: { potassium: 6.5 }, expect: silent }
      - { facts: { potassium: 6.6 }, expect: fires }`;
/** Of a sensitive compartment. */
const HIV_SCREEN = `
  - id: hiv-screen
    title: { zh: 艾滋病筛查阳性, en: HIV screen positive }
    conditions: { all: [{ fact: hiv, operator: greaterThanInclusive, value: '+' }] }
    event: { type: notify, params: { class: B, advice: { zh: 请到疾控中心确证, en: confirm at the CDC } } }
    examples: [{ facts: { hiv: '阴性' }, expect: silent }, { facts: { hiv: '阳性' }, expect: fires }]`;

/** A rule of class A. */
const CLASS_A = `${HEAD}rules:${POTASSIUM_HIGH}\n`;
/** A rule of class A and one of a sensitive compartment, for people of any age. */
export const CLASS_A_AND_SENSITIVE = `${HEAD}population: any\nrules:${POTASSIUM_HIGH}${HIV_SCREEN}\n`;

export interface OwnRules {
  folder: string;
  remove: () => void;
}

/**
 * The pack `important-results` in a folder of its own, and a pack made for the test. What a guarantee promises does not
 * depend on how many packs speak of a result; their own tests look at the others.
 */
export function ownRules(text = CLASS_A, file = 'test-class-a/potassium.yaml'): OwnRules {
  return rulesWith({ [file]: text });
}

/** The pack `important-results` with more files, by path, in a folder of their own. */
export function rulesWith(files: Readonly<Record<string, string>>): OwnRules {
  const rules = copyOfFirstPack();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(rules.folder, path)), { recursive: true });
    writeFileSync(join(rules.folder, path), text);
  }
  return rules;
}

/** The same, and the pack that gives levels. */
export function rulesWithLevels(files: Readonly<Record<string, string>>): OwnRules {
  const rules = rulesWith(files);
  addLevels(rules.folder, ['{ pack: important-results, level: 3 }']);
  return rules;
}

/**
 * Adds the pack that gives levels.
 * @param findings what the findings of other packs prove: the plan must not speak of packs that are not there
 */
export function addLevels(folder: string, findings: readonly string[]): void {
  const pack = join(folder, 'stratification');
  cpSync(join(SHIPPED_RULES, 'stratification'), pack, { recursive: true });
  cpSync(join(SHIPPED_RULES, 'formulas'), join(folder, 'formulas'), { recursive: true });
  const plan = readFileSync(join(pack, 'levels.yaml'), 'utf8');
  const own = findings.map((one) => `  - ${one}\n`).join('');
  writeFileSync(join(pack, 'levels.yaml'), plan.replace(/^findings:\n(?: {2}- .*\n)+/m, `findings:\n${own}`));
}

function copyOfFirstPack(): OwnRules {
  const folder = mkdtempSync(join(tmpdir(), 'firstcall-rules-'));
  for (const part of ['important-results', 'lexicon', 'formulas', 'notification']) {
    cpSync(join(SHIPPED_RULES, part), join(folder, part), { recursive: true });
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

let first: string | null = null;

/** A folder with `important-results` alone, made once a test file and removed with its process. */
export function firstPack(): string {
  if (first === null) {
    const { folder, remove } = copyOfFirstPack();
    process.once('exit', remove);
    first = folder;
  }
  return first;
}
