import { readTime } from '../../../people/domain/fhir-time.js';
import { asWritten, type FaultList, type SourceNode } from '../files/source-node.js';

/** A day, or an instant, of the centre. */
export interface Moment {
  from: Date;
  to: Date;
  written: string;
}

/** `2026-03-02`, or `2026-03-02 08:30` of the centre's clock. Null, with a fault, when it is no time. */
export function readMoment(node: SourceNode, zone: string, faults: FaultList): Moment | null {
  const written = String(node.value);
  const isTime = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$/.test(written);
  const span = isTime ? readTime(written.replace(' ', 'T'), zone) : null;
  if (span) return { ...span, written };
  faults.add(node, 'case-bad-time', { found: asWritten(node), expected: '2026-03-02, 2026-03-02 08:30' });
  return null;
}
