import { type FindingEvidence } from './finding.js';

/** Says whether an analyte or group of analytes belongs to a sensitive compartment. */
export type IsSensitive = (name: string) => boolean;

/** Of a sensitive compartment: its value is hidden outside named staff, and never told to family or employer. */
export function isConfidential(
  { leaves, isConfidential: isSaid = false }: Pick<FindingEvidence, 'leaves' | 'isConfidential'>,
  isSensitive: IsSensitive,
): boolean {
  if (isSaid) return true;
  return leaves.some(({ analyte, fact, looked = [], beside = [] }) => {
    const seen = [...looked, ...beside].map((one) => one.analyte);
    return [fact, ...(analyte === null ? [] : [analyte]), ...seen].some(isSensitive);
  });
}
