import { contentOf } from '../files/parse-file.js';
import { type SourceNode } from '../files/source-node.js';

/** One thing that a centre has otherwise than the shipped packs; null where one of them has nothing. */
export interface FieldDifference {
  /** e.g. `conditions.all.0.value (urine-wbc)` */
  field: string;
  shipped: string | null;
  centre: string | null;
}

/** Where two contents differ, field by field; lists of different length are shown whole. */
export function fieldsThatDiffer(
  shipped: SourceNode | null,
  centre: SourceNode | null,
  without: readonly string[] = [],
): FieldDifference[] {
  const was = new Map<string, string>();
  const is = new Map<string, string>();
  const [before, after] = [contentOrNothing(shipped), contentOrNothing(centre)];
  flatten(before, after, '', was);
  flatten(after, before, '', is);
  const fields = new Set([...was.keys(), ...is.keys()]);
  return [...fields]
    .filter((field) => was.get(field) !== is.get(field) && !without.includes(field.split('.')[0] ?? ''))
    .sort()
    .map((field) => ({ field, shipped: was.get(field) ?? null, centre: is.get(field) ?? null }));
}

function contentOrNothing(node: SourceNode | null): unknown {
  return node && contentOf(node);
}

/** `other` decides how deep to go: what it has as something else is shown whole. */
function flatten(value: unknown, other: unknown, path: string, into: Map<string, string>): void {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object') {
    into.set(path, typeof value === 'string' ? value : JSON.stringify(value));
    return;
  }
  const isList = Array.isArray(value);
  const alike =
    other === null || other === undefined || (isList ? isSameLength(value, other) : typeof other === 'object' && !Array.isArray(other));
  if (!alike || (isList && value.length === 0)) {
    into.set(path, JSON.stringify(value));
    return;
  }
  const [here, there] = [value as Record<string, unknown>, other as Record<string, unknown> | null | undefined];
  const about = typeof here['fact'] === 'string' && here['fact'] === there?.['fact'] ? ` (${here['fact']})` : '';
  for (const [key, part] of Object.entries(here)) {
    flatten(part, there?.[key], `${path === '' ? key : `${path}.${key}`}${about}`, into);
  }
}

function isSameLength(list: readonly unknown[], other: unknown): boolean {
  return Array.isArray(other) && other.length === list.length;
}
