import { type Facts, NOTHING_EARLIER, UNKNOWN_PERSON } from '../../../kernel/index.js';
import { type AnalyteCatalogue, type Bilingual } from '../catalogue.js';
import { evidenceOf } from '../evidence.js';
import { type Condition, type Leaf, type Rule, type RuleKind } from '../rule.js';
import { askedInWords } from './asked-in-words.js';

/** A part of a rule as a doctor reads it: what has to hold, whoever it is asked of. */
export type AskedPart =
  | { kind: 'all' | 'any' | 'not'; parts: readonly AskedPart[] }
  | { kind: 'condition'; fact: string; says: Bilingual };

/** Nobody, of whom nothing was measured: what is asked is the same of everyone. */
const NOTHING: Facts = {
  person: UNKNOWN_PERSON,
  anchor: {
    measurement: { component: 0, analyte: '', value: null, asSent: '', ownLimit: null, doubts: [] },
    source: { observationId: '', component: 0, at: '1970-01-01T00:00:00.000Z', status: 'final' },
  },
  others: new Map(),
  earlier: NOTHING_EARLIER,
  zone: 'UTC',
};

/** The condition of a rule in words, in the shape in which its file writes it. */
export function conditionInWords({ condition, kind }: Pick<Rule, 'condition' | 'kind'>, catalogue: AnalyteCatalogue): AskedPart {
  return partOf(condition, (leaf) => asked(leaf, kind, catalogue));
}

function partOf(condition: Condition, say: (leaf: Leaf) => AskedPart): AskedPart {
  if ('leaf' in condition) return say(condition.leaf);
  const kind = 'not' in condition ? 'not' : 'all' in condition ? 'all' : 'any';
  const parts = 'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any;
  return { kind, parts: parts.map((part) => partOf(part, say)) };
}

function asked(leaf: Leaf, kind: RuleKind, catalogue: AnalyteCatalogue): AskedPart {
  const says = askedInWords(leaf, evidenceOf(leaf, kind, NOTHING), catalogue);
  return { kind: 'condition', fact: leaf.fact, says };
}
