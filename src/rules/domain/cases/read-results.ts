import { CARE_SETTINGS } from '../../../kernel/index.js';
import { readExampleValue } from '../files/read-example-value.js';
import { noSuchFact } from '../files/read-condition.js';
import { asWritten, type FaultList, type SourceNode } from '../files/source-node.js';
import { inWords } from '../messages/parts.js';
import { type CaseResult, type CaseSurroundings } from './case.js';
import { readMoment } from './read-moment.js';

/** Statuses of FHIR R4 observations. */
export const STATUSES = [
  'registered',
  'preliminary',
  'final',
  'amended',
  'corrected',
  'cancelled',
  'entered-in-error',
  'unknown',
] as const;
const RESULT = '{ at: 2026-03-02, wbc: 2.9 }';
const KEYS = ['at', 'id', 'issued', 'status', 'care-setting'];

/**
 * `[{ at: 2026-03-02, wbc: 2.9, hb: 9.5 g/dL }]`: each analyte is a result of its own, the later one after the earlier.
 * With the same `id` they are versions of one result, of which the one issued last counts.
 */
export function readResults(node: SourceNode, around: CaseSurroundings, faults: FaultList): CaseResult[] {
  return faults.list(node, 'results').flatMap((item) => readDay(item, around, faults));
}

function readDay(node: SourceNode, { catalogue, zone }: CaseSurroundings, faults: FaultList): CaseResult[] {
  if (node.kind !== 'map') {
    faults.add(node, 'not-a-map', { what: inWords('a result'), found: asWritten(node), expected: RESULT });
    return [];
  }
  const [at, id, issuedAt, status, setting] = KEYS.map((key) => node.members.get(key)?.value);
  if (!at) {
    faults.add(node, 'case-no-time');
    return [];
  }
  const moment = readMoment(at, zone, faults);
  const issued = issuedAt ? readMoment(issuedAt, zone, faults) : moment;
  if ([...node.members.keys()].every((key) => KEYS.includes(key))) faults.add(node, 'case-no-values');
  const shared = {
    id: (id && faults.text(id, node, 'id')) ?? null,
    status: (status && faults.word(status, 'a result status', STATUSES)) ?? 'final',
    careSetting: (setting && faults.word(setting, 'care-setting', CARE_SETTINGS)) ?? null,
  };
  return [...node.members].flatMap(([name, { key, value }]): CaseResult[] => {
    if (KEYS.includes(name)) return [];
    const analyte = catalogue.get(name);
    const measurement = analyte && readExampleValue(value, analyte, catalogue);
    if (!analyte) faults.add(key, 'unknown-fact', noSuchFact(name, catalogue));
    else if (!measurement) faults.add(value, 'unreadable-value', { fact: name, found: asWritten(value) });
    if (!moment || !issued || !measurement) return [];
    return [{ at: moment.from, issued: issued.from, written: moment.written, ...shared, measurement }];
  });
}
