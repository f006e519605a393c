import { type LeafEvidence } from '../../rules/index.js';

/**
 * Whether a value that was named before reads otherwise now. A rule with another limit or other words, or one that looks
 * at more or at less, contradicts nothing that was said of the same results.
 */
export function contradicts(said: readonly LeafEvidence[], now: readonly LeafEvidence[]): boolean {
  const named = said.filter((leaf) => leaf.converted !== null && (leaf.truth !== 'silent' || leaf.couldFire));
  const before = valuesBy(sourceOf, named);
  const after = valuesBy(sourceOf, now);
  for (const [source, values] of before) if (isOther(values, after.get(source))) return true;
  // Another result took the place of one that was named.
  const replaced = valuesBy(({ analyte }) => analyte, now);
  for (const [analyte, values] of valuesBy(({ analyte }) => analyte, named))
    if (isOther(values, replaced.get(analyte))) return true;
  return false;
}

function sourceOf({ source }: LeafEvidence): string | null {
  return source && `${source.observationId} ${source.component}`;
}

/** The values as sent, by what `keyOf` says; facts of the person have none. */
function valuesBy(
  keyOf: (leaf: LeafEvidence) => string | null,
  leaves: readonly LeafEvidence[],
): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>();
  for (const leaf of leaves) {
    const key = keyOf(leaf);
    if (key === null || leaf.asSent === null) continue;
    const known = values.get(key);
    if (known) known.add(leaf.asSent);
    else values.set(key, new Set([leaf.asSent]));
  }
  return values;
}

function isOther(before: ReadonlySet<string>, after: ReadonlySet<string> | undefined): boolean {
  return after !== undefined && ![...before].some((value) => after.has(value));
}
