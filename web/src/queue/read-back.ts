import type { Finding } from '../api/client';

/** What one repetition of the listener stands for: every finding that rests on the same value. */
export interface ReadBack {
  key: string;
  /** The gravest of them. */
  finding: Finding;
  findingIds: string[];
  /** A value to be repeated with its unit; otherwise a conclusion in words. */
  isValue: boolean;
}

/**
 * What has to be repeated: each value once, however many findings it has made.
 * @param isToldAll whether the listener is the person, and the one who tells may see everything
 */
export function readBacksOf(findings: readonly Finding[], isToldAll: boolean): ReadBack[] {
  const kept = new Set(
    findings.flatMap(({ id, isConfidential }) => (isConfidential && !isToldAll ? id : [])),
  );
  const found = new Map<string, ReadBack>();
  for (const finding of findings) {
    // Its graver form is told, and repeated, in its place: unless that is kept from whoever listens.
    if (finding.coveredBy !== null && !kept.has(finding.coveredBy)) continue;
    const value = valueOf(finding);
    const key = value ?? finding.id;
    const known = found.get(key);
    if (known) known.findingIds.push(finding.id);
    else found.set(key, { key, finding, findingIds: [finding.id], isValue: value !== null });
  }
  return [...found.values()];
}

/** The value that a finding is told with: of its own result first. */
function valueOf({ leaves, implicated, status }: Finding): string | null {
  if (status === 'retracted') return null;
  const said = leaves.filter(
    ({ truth, asSent, negated }) => truth === 'fires' && asSent !== null && !negated,
  );
  const own = implicated[0]?.id;
  const leaf = said.find(({ source }) => source?.observationId === own) ?? said[0];
  const isNumber = leaf !== undefined && /^[<>≤≥]?\s*\d/.test(leaf.asSent ?? '');
  return isNumber ? `${leaf.source?.observationId ?? ''} ${leaf.asSent}` : null;
}
