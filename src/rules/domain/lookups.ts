import { type Formula } from './formula/formula.js';
import { type Over } from './over.js';
import { type Leaf, type Rule } from './rule.js';

/** What must be looked up besides a result before it can be judged. */
export interface Lookup {
  /** Other analytes of which the latest result counts. */
  others: ReadonlySet<string>;
  /** Analytes whose earlier results are looked at too; may hold the result's own. */
  earlier: ReadonlySet<string>;
  /** All of these analytes, with how far back their results matter: milliseconds, Infinity for as far as there are any. */
  reach: ReadonlyMap<string, number>;
  /** Facts of the person that only records tell: `pregnant`, `care-setting`, `history.…`, `family.…`, `medication.…`. */
  asked: ReadonlySet<string>;
}

/** What the rules in force look at, from both sides. */
export interface Lookups {
  /** By the analyte being judged; absent where nothing needs to be looked up. */
  of: ReadonlyMap<string, Lookup>;
  /** By an analyte: the analytes whose results must be judged again when one of its results changes, and for how long after it. */
  watchers: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** By a fact of the person: the analytes whose results must be judged again when it changes. */
  askers: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The result that says whether a person is pregnant; it counts for results of the same day. */
export const PREGNANCY_STATUS = 'pregnancy-status';
/** The longest day of any zone. */
const DAY_MS = 25 * 3_600_000;
const FROM_THE_PERSON: readonly string[] = ['age', 'sex'];

interface Gathered {
  others: Set<string>;
  earlier: Set<string>;
  reach: Map<string, number>;
  asked: Set<string>;
}

/**
 * A derived value is judged with the results that it is computed from, and looks at all of them on its day.
 * @param analytesOf the analytes that a rule is asked about
 */
export function gatherLookups(
  rules: readonly Rule[],
  analytesOf: (rule: Rule) => ReadonlySet<string>,
  formulas: readonly Formula[],
): Lookups {
  const inputs: Derivations = new Map(formulas.map((formula) => [formula.id, derivationOf(formula)]));
  const of = new Map<string, Gathered>();
  for (const rule of rules) {
    for (const analyte of analytesOf(rule)) {
      const gathered = of.get(analyte) ?? nothing();
      for (const leaf of rule.leaves) addLeaf(gathered, leaf, analyte, inputs);
      const derivation = inputs.get(analyte);
      if (derivation) for (const one of [analyte, ...derivation.from]) extend(gathered.reach, one, DAY_MS);
      if (gathered.reach.size + gathered.asked.size > 0) of.set(analyte, gathered);
    }
  }
  return { of, watchers: watchersIn(of), askers: askersIn(of, inputs) };
}

/** What derived values are computed from: analytes, and facts of the person that only records tell. */
type Derivations = ReadonlyMap<string, { from: readonly string[]; asked: readonly string[] }>;

function derivationOf(formula: Formula): { from: string[]; asked: string[] } {
  const told = 'call' in formula ? Object.values(formula.call.person).flat() : [];
  return {
    from: formula.inputs.map(({ analyte }) => analyte),
    asked: told.filter((fact) => !FROM_THE_PERSON.includes(fact)),
  };
}

function nothing(): Gathered {
  return { others: new Set(), earlier: new Set(), reach: new Map(), asked: new Set() };
}

/** A leaf that the analyte itself answers needs no other; every other leaf needs all its analytes. */
function addLeaf(
  { others, earlier, reach, asked }: Gathered,
  leaf: Leaf,
  judged: string,
  inputs: Derivations,
): void {
  if (leaf.analytes.size === 0) {
    if (FROM_THE_PERSON.includes(leaf.fact)) return;
    asked.add(leaf.fact);
    if (leaf.fact === 'pregnant') extend(reach, PREGNANCY_STATUS, DAY_MS);
    return;
  }
  for (const analyte of leaf.analytes.has(judged) ? [judged] : leaf.analytes) {
    const derivation = inputs.get(analyte);
    const from = [analyte, ...(derivation?.from ?? [])];
    for (const fact of derivation?.asked ?? []) asked.add(fact);
    // The inputs of a derived value may be of any hour of its day.
    const spare = from.length > 1 ? DAY_MS : 0;
    if (analyte !== judged) {
      others.add(analyte);
      // The latest value counts however old it is, but where the condition bounds it.
      const bound = leaf.over?.kind === 'latest' ? leaf.over.window.ms + spare : Infinity;
      for (const one of from) extend(reach, one, bound);
    }
    if (!leaf.over || leaf.over.kind === 'latest') continue;
    earlier.add(analyte);
    for (const one of from) extend(reach, one, reachOf(leaf.over) + spare);
  }
}

function reachOf(over: Over): number {
  return 'window' in over && over.window ? over.window.ms : Infinity;
}

function extend(reach: Map<string, number>, analyte: string, ms: number): void {
  reach.set(analyte, Math.max(reach.get(analyte) ?? 0, ms));
}

function watchersIn(of: ReadonlyMap<string, Lookup>): Map<string, Map<string, number>> {
  const watchers = new Map<string, Map<string, number>>();
  for (const [judged, { reach }] of of) {
    for (const [analyte, ms] of reach) {
      const known = watchers.get(analyte) ?? new Map<string, number>();
      watchers.set(analyte, known.set(judged, ms));
    }
  }
  return watchers;
}

/** A derived value is judged with the results that it is computed from. */
function askersIn(of: ReadonlyMap<string, Lookup>, inputs: Derivations): Map<string, Set<string>> {
  const askers = new Map<string, Set<string>>();
  for (const [judged, { asked }] of of) {
    for (const fact of asked) {
      const known = askers.get(fact) ?? new Set<string>();
      for (const analyte of [judged, ...(inputs.get(judged)?.from ?? [])]) known.add(analyte);
      askers.set(fact, known);
    }
  }
  return askers;
}
