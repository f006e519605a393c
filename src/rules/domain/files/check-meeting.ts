import { type AnalyteCatalogue, type Bilingual } from '../catalogue.js';
import { emptyHoldings, type Holding, rangeOf } from '../meeting/holding.js';
import { type Meeting, meetingRules } from '../meeting/meeting-rules.js';
import { type Condition, doingOf, inShort, type Rule } from '../rule.js';
import { type PlacedRule } from './read-rule-file.js';
import { type FaultList, type SourceNode } from './source-node.js';

/** Conditions of a rule that can never hold or always do. Gives whether there are none. */
export function checkHolding(
  { rule, at, places }: PlacedRule,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): boolean {
  const found = emptyHoldings(rule, catalogue);
  const placeOf = (condition: Condition): SourceNode => places.get(condition) ?? at;
  for (const holding of found) tell(holding, rule, placeOf, catalogue, faults);
  return found.length === 0;
}

function tell(
  { condition, holds, pair }: Holding,
  rule: Rule,
  placeOf: (condition: Condition) => SourceNode,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): void {
  if ('leaf' in condition) {
    const range = rangeOf(condition.leaf, holds === 'never' ? rule.population : 'any', catalogue);
    const kind = holds === 'never' ? 'never-holds' : 'always-holds';
    faults.add(placeOf(condition), kind, { condition: inShort(condition.leaf), range });
    return;
  }
  const conditions = inWords(condition);
  if (holds === 'always') faults.add(placeOf(condition), 'always-one-of-them', { conditions });
  else if (!pair) faults.add(placeOf(condition), 'never-all-together', { conditions });
  else {
    const [one, other] = pair;
    const { line } = placeOf(one);
    faults.add(placeOf(other), 'never-together', { condition: inWords(other), other: inWords(one), line });
  }
}

function inWords(condition: Condition): string {
  if ('leaf' in condition) return inShort(condition.leaf);
  if ('not' in condition) return `not (${inWords(condition.not)})`;
  const parts = ('all' in condition ? condition.all : condition.any).map(inWords);
  return `${'all' in condition ? 'all' : 'any'} [${parts.join(', ')}]`;
}

/** A sound rule with the faults of its file. */
interface Placed {
  rule: PlacedRule;
  faults: FaultList;
}

/** Rules of one pack that contradict each other, or say the same twice; each told where the later or laxer one stands. */
export function checkMeeting(placed: readonly Placed[], catalogue: AnalyteCatalogue): void {
  const byRule = new Map(placed.map((one) => [one.rule.rule, one]));
  const meetings = meetingRules([...byRule.keys()], catalogue);
  for (const meeting of meetings) {
    const { rule, faults } = byRule.get(meeting.rule) as Placed;
    tellMeeting(meeting, rule.at, faults);
  }
}

function tellMeeting({ kind, rule, other, where }: Meeting, at: SourceNode, faults: FaultList): void {
  const both = { rule: rule.id, other: other.id, place: `${other.file}:${other.line}`, where };
  if (kind === 'repeated-rule') faults.warn(at, kind, both);
  else if (kind === 'called-and-counted') faults.add(at, kind, both);
  else if (kind === 'same-conditions')
    faults.add(at, kind, { ...both, does: doingOf(rule), otherDoes: doingOf(other) });
  else faults.add(at, kind, { ...both, does: gravityOf(rule), graver: gravityOf(other) });
}

function gravityOf({ event }: Rule): Bilingual {
  if (event.type === 'level') return { zh: `${event.level} 级`, en: `level ${event.level}` };
  return { zh: `${event.class ?? ''} 类`, en: `class ${event.class ?? ''}` };
}
