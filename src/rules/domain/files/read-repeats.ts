import { type AnalyteCatalogue } from '../catalogue.js';
import { type RepeatedDiagnosis } from '../repeated-diagnosis.js';
import { asWord } from '../messages/parts.js';
import { noSuchFact } from './read-condition.js';
import { readAdvice } from './read-event.js';
import { readWindow } from './read-window.js';
import { readId, readTitle } from './read-rule-file.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

export const REPEAT_KEYS = ['id', 'title', 'days', 'apart', 'known', 'advice', 'source', 'note'] as const;

/** How often a value of diagnostic size must be seen until it is no suspicion any more. */
export function readRepeat(node: SourceNode, catalogue: AnalyteCatalogue, faults: FaultList): [string, RepeatedDiagnosis][] {
  const members = faults.map(node, 'a repeated diagnosis', REPEAT_KEYS);
  if (!members) return [];
  const id = readId(members.id, node, faults);
  const title = readTitle(members.title, node, faults);
  const days = Number(members.days?.value);
  const isCount = Number.isInteger(days) && days >= 2 && days <= 10;
  if (!isCount) faults.add(members.days ?? node, 'bad-days', { found: members.days ? asWritten(members.days) : '' });
  const apart = members.apart ? readWindow(members.apart, faults) : null;
  const known = (members.known ? faults.list(members.known, asWord('known')) : []).flatMap((item) => {
    if (catalogue.answer(asWritten(item))) return asWritten(item);
    faults.add(item, 'unknown-fact', noSuchFact(asWritten(item), catalogue));
    return [];
  });
  const advice = readAdvice(members.advice, node, faults);
  if (id === null || !title || !isCount || !advice) return [];
  return [[id, { id, title, days, apartMs: apart?.ms ?? 0, known, advice }]];
}
