import { RuleEngine } from './engine.js';
import { type Rule } from './rule.js';
import { compileScreen, type Screen } from './screen.js';

/** A rule made ready to judge. */
export interface ReadyRule {
  rule: Rule;
  screen: Screen;
  engine: RuleEngine;
}

/** Rules in force together, under one version. */
export interface RuleSet {
  /** Hash of the normalised content of all rule files: same content, same version. */
  version: string;
  rules: readonly Rule[];
  /** The rules that look at an analyte, by analyte id. */
  byAnalyte: ReadonlyMap<string, readonly ReadyRule[]>;
  /** The other analytes that these rules look at, by analyte id; absent when there are none. */
  others: ReadonlyMap<string, ReadonlySet<string>>;
}

export function buildRuleSet(version: string, rules: readonly Rule[]): RuleSet {
  const byAnalyte = new Map<string, ReadyRule[]>();
  const others = new Map<string, Set<string>>();
  for (const rule of rules) {
    const ready = makeReady(rule);
    for (const analyte of analytesOf(rule)) {
      const touched = byAnalyte.get(analyte);
      if (touched) touched.push(ready);
      else byAnalyte.set(analyte, [ready]);
      addOthers(others, rule, analyte);
    }
  }
  return { version, rules, byAnalyte, others };
}

export function makeReady(rule: Rule): ReadyRule {
  return { rule, screen: compileScreen(rule.condition, rule.kind), engine: new RuleEngine(rule) };
}

export function analytesOf(rule: Rule): Set<string> {
  return new Set(rule.leaves.flatMap((leaf) => [...leaf.analytes]));
}

/** Which further analytes must be looked up before the result can be judged. */
export function otherAnalytes(ruleSet: RuleSet, analyteId: string): ReadonlySet<string> {
  return ruleSet.others.get(analyteId) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();

/** A leaf that the analyte itself answers needs no other; every other leaf needs all its analytes. */
function addOthers(others: Map<string, Set<string>>, rule: Rule, analyte: string): void {
  const needed = rule.leaves.filter((leaf) => !leaf.analytes.has(analyte)).flatMap((leaf) => [...leaf.analytes]);
  if (needed.length === 0) return;
  const known = others.get(analyte) ?? new Set<string>();
  needed.forEach((other) => known.add(other));
  others.set(analyte, known);
}
