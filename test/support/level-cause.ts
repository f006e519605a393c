import { type Level, type LevelCause } from '../../src/assessment/domain/level.js';

/** Something that proves a level, on these results. */
export function cause(level: number, ruleId: string, ...results: string[]): LevelCause {
  const words = { zh: ruleId, en: ruleId };
  return {
    level,
    ruleId,
    from: 'rule',
    domain: null,
    isSuspected: false,
    isConfidential: false,
    title: words,
    sentence: words,
    source: 'made for tests',
    review: null,
    basis: results.map((id) => ({ type: 'Observation', id })),
  };
}

/** The level that these reasons prove. */
export function levelOf(...reasons: LevelCause[]): Level {
  const code = reasons.length === 0 ? '5' : String(Math.min(...reasons.map(({ level }) => level)));
  return { code, text: code, reasons, notes: [], missingBasic: [], predictions: [] };
}
