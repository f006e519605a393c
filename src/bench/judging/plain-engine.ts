import { Engine } from 'json-rules-engine';
import { type Asked } from './rules.js';
import { exactNumber, type Measured } from './people.js';

/** The obvious way: one engine of json-rules-engine with all rules and its own operators, run once a person. */
export function plainEngine(asked: readonly Asked[]): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const { id, join, sex, limits } of asked) {
    const parts = limits.map(({ analyte, comparison, limit }) => ({
      fact: analyte,
      operator: comparison,
      value: limit,
    }));
    const all = sex === null ? parts : [...parts, { fact: 'sex', operator: 'equal', value: sex }];
    engine.addRule({ name: id, conditions: join === 'all' ? { all } : { any: all }, event: { type: id } });
  }
  return engine;
}

/** What that engine is handed: plain numbers, made beforehand. */
export function plainFacts({ person, byAnalyte }: Measured): Record<string, unknown> {
  const numbers = [...byAnalyte].map(([analyte, fact]) => [analyte, exactNumber(fact) ?? undefined] as const);
  return { sex: person.sex, ...Object.fromEntries(numbers) };
}
