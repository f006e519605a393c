import { type Measurement } from '../../kernel/index.js';
import { RuleEngine } from './engine.js';
import { type Formula } from './formula/formula.js';
import { type LevelPlan } from './level-plan.js';
import { gatherLevels, isLevelRule, type LevelRules } from './level-rules.js';
import { gatherLookups, type Lookups } from './lookups.js';
import { type Rule } from './rule.js';
import { compileScreen, type Screen } from './screen.js';
import { isWithin, type SilentBand, silentBands, spanOf } from './silent-band.js';

/** A rule made ready to judge. */
export interface ReadyRule {
  rule: Rule;
  screen: Screen;
  engine: RuleEngine;
}

/** The same beside one of the analytes that it looks at. */
export interface TouchedRule extends ReadyRule {
  /** Where it has nothing to say of that analyte. */
  silent: readonly SilentBand[];
}

/** Rules in force together, under one version. */
export interface RuleSet {
  /** Hash of the normalised content of all rule files: same content, same version. */
  version: string;
  /** All of them, those that give levels too. */
  rules: readonly Rule[];
  /** The rules that give levels: they ring nobody, and are judged on a person's latest values. */
  levels: LevelRules;
  /** The other rules that look at an analyte, by analyte id. */
  byAnalyte: ReadonlyMap<string, readonly TouchedRule[]>;
  /** Values that rules of results look at and that are computed from others. */
  formulas: readonly Formula[];
  /** The same by each analyte that they are computed from. */
  derivedFrom: ReadonlyMap<string, readonly Formula[]>;
  /** What these rules look at besides the result being judged. */
  lookups: Lookups;
}

export function buildRuleSet(
  version: string,
  rules: readonly Rule[],
  all: readonly Formula[] = [],
  plan: LevelPlan | null = null,
): RuleSet {
  const ofResults = rules.filter((rule) => !isLevelRule(rule));
  const byAnalyte = new Map<string, TouchedRule[]>();
  for (const rule of ofResults) {
    const ready = makeReady(rule);
    for (const analyte of analytesOf(rule)) {
      const touched = { ...ready, silent: silentBands(rule.condition, analyte) };
      const others = byAnalyte.get(analyte);
      if (others) others.push(touched);
      else byAnalyte.set(analyte, [touched]);
    }
  }
  const formulas = all.filter(({ id }) => byAnalyte.has(id));
  const lookups = gatherLookups(ofResults, analytesOf, formulas);
  const levels = gatherLevels(rules, plan, all);
  return { version, rules, levels, byAnalyte, formulas, derivedFrom: byInput(formulas), lookups };
}

function byInput(formulas: readonly Formula[]): Map<string, Formula[]> {
  const derived = new Map<string, Formula[]>();
  for (const formula of formulas) {
    for (const { analyte } of formula.inputs) derived.set(analyte, [...(derived.get(analyte) ?? []), formula]);
  }
  return derived;
}

/** Whether any rule may have something to say of a measurement: asked before anything is looked up for it. */
export function mayMatter({ byAnalyte }: RuleSet, { analyte, value }: Pick<Measurement, 'analyte' | 'value'>): boolean {
  const touched = analyte !== null && value !== null && byAnalyte.get(analyte);
  if (!touched) return false;
  const span = spanOf(value);
  for (const { silent } of touched) if (!isWithin(span, silent)) return true;
  return false;
}

export function makeReady(rule: Rule): ReadyRule {
  return { rule, screen: compileScreen(rule.condition, rule.kind), engine: new RuleEngine(rule) };
}

export function analytesOf(rule: Rule): Set<string> {
  return new Set(rule.leaves.flatMap((leaf) => [...leaf.analytes]));
}

/** Which further analytes must be looked up before the result can be judged. */
export function otherAnalytes({ lookups }: RuleSet, analyteId: string): ReadonlySet<string> {
  return lookups.of.get(analyteId)?.others ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();
