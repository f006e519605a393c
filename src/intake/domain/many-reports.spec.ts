import { type MeasuredValue } from '../../kernel/index.js';
import { catalogueOf } from '../../rules/index.js';
import { type Case, type CaseResult } from '../../rules/domain/cases/case.js';
import { readRules } from '../../rules/domain/files/read-rules.js';
import { buildRuleSet, type RuleSet } from '../../rules/domain/rule-set.js';
import { readFiles } from '../../rules/read-files.js';
import { loadVocabulary } from '../../terminology/index.js';
import { tryCase } from './try-case.js';
import { tryLevel } from './try-level.js';

const ZONE = 'Asia/Shanghai';
const AT = new Date('2026-03-02T02:00:00Z');

let rules: RuleSet;
beforeAll(async () => {
  const read = await readRules(await readFiles('rules'), catalogueOf(loadVocabulary('vocabulary')));
  rules = buildRuleSet('v', read.rules, read.formulas, read.levels);
});

/** Reports of one person, and how often their texts were read. */
function reports(texts: readonly string[]): { about: Case; reads: () => number } {
  let reads = 0;
  const results = texts.map((text): CaseResult => {
    const value: MeasuredValue = { kind: 'text', get text() { return reads++, text; }, codings: [] }; // prettier-ignore
    const measurement = {
      component: 0,
      analyte: 'imaging-conclusion',
      value,
      asSent: text,
      ownLimit: null,
      doubts: [],
    };
    return { id: null, at: AT, issued: AT, written: '', status: 'final', careSetting: null, measurement };
  });
  const person = { sex: 'male' as const, birthDate: '1970-01-01', answers: new Map<string, boolean>() };
  const about = { path: '', name: '', packs: [], person, now: AT, results, expect: [], level: null };
  return { about, reads: () => reads };
}

async function judged(texts: readonly string[]): Promise<{ findings: string[]; reads: number }> {
  const { about, reads } = reports(texts);
  const { findings, standing } = await tryCase(about, rules, ZONE, () => '');
  tryLevel(about, rules, standing, ZONE);
  return { findings: findings.map(({ rule }) => rule), reads: reads() };
}

it('reports of one moment are read once each, however many stand beside them', async () => {
  const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `双肺纹理清晰(${i})`);
  const [some, more] = [await judged(many(5)), await judged(many(40))];
  expect(more.reads / 40).toBe(some.reads / 5);
});

it('each of them says what it says alone', async () => {
  const block = '三度房室传导阻滞';
  const texts = ['双肺纹理清晰', '右肺上叶占位,考虑肺癌', '肝内占位,建议进一步检查'];
  const alone = await Promise.all(texts.map((text) => judged([text])));
  const together = await judged([...texts, block, block]);
  const ofBlocks = (await judged([block, block])).findings;
  expect(together.findings.toSorted()).toEqual(
    [...alone.flatMap(({ findings }) => findings), ...ofBlocks].toSorted(),
  );
  // Who had the block before is called for another reason than who has it now.
  expect(new Set(ofBlocks).size).toBeGreaterThan(1);
});
