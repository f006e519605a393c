import { type AnalyteCatalogue } from '../catalogue.js';
import { type OwnRangeLevel } from '../level-plan.js';
import { asWord } from '../messages/parts.js';
import { LEVELS } from '../rule.js';
import { noSuchFact } from './read-condition.js';
import { readAdvice } from './read-event.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

export const OWN_RANGE_KEYS = ['level', 'advice', 'except', 'note'] as const;

/** What a value outside its own report's interval proves. @param plan the file that says so, and answers for it */
export function readOwnRange(
  node: SourceNode,
  plan: SourceNode,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): OwnRangeLevel | null {
  const members = faults.map(node, 'the level outside the own range', OWN_RANGE_KEYS);
  if (!members) return null;
  const level = LEVELS.find((one) => one === members.level?.value);
  if (level === undefined) {
    const at = members.level ?? node;
    faults.add(at, 'bad-level', { found: members.level ? asWritten(at) : '', expected: LEVELS.map(String) });
  }
  const advice = readAdvice(members.advice, node, faults);
  const except = (members.except ? faults.list(members.except, asWord('except')) : []).flatMap((item) => {
    if (catalogue.get(asWritten(item))) return asWritten(item);
    faults.add(item, 'unknown-fact', noSuchFact(asWritten(item), catalogue));
    return [];
  });
  if (level === undefined || !advice) return null;
  const said = (key: string): string => asWritten(plan.members.get(key)?.value ?? plan);
  return {
    level,
    advice: { zh: advice.zh, en: advice.en ?? advice.zh },
    except: new Set(except),
    source: said('source'),
    review: plan.members.has('review') ? 'pending' : null,
    owner: said('owner'),
    reviewBy: said('review-by'),
    file: faults.file,
    line: node.line,
  };
}
