import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';

/** What of a JSON schema is read here. */
interface Schema {
  properties?: Record<string, Schema>;
  enum?: readonly unknown[];
  enumDescriptions?: readonly string[];
  description?: string;
  const?: unknown;
  [part: string]: unknown;
}

/** Names of fields, and what each may hold, wherever in the schema they stand. */
export interface Vocabulary {
  fields: Completion[];
  values: ReadonlyMap<string, Completion[]>;
}

/** Gathers every field and its enumerated values; a reference is followed once. */
export function vocabularyOf(schema: Schema): Vocabulary {
  const fields = new Map<string, Completion>();
  const values = new Map<string, Map<string, Completion>>();
  const definitions = (schema['definitions'] ?? {}) as Record<string, Schema>;
  const add = (field: string, one: Schema): void => {
    const reference = typeof one['$ref'] === 'string' ? one['$ref'].replace('#/definitions/', '') : null;
    const said = reference === null ? one : { ...definitions[reference], ...one };
    if (!fields.has(field)) fields.set(field, { label: field, type: 'property', ...infoOf(said.description) });
    const known = values.get(field) ?? new Map<string, Completion>();
    values.set(field, known);
    const offered = said.enum ?? (said.const === undefined ? [] : [said.const]);
    offered.forEach((value, i) => {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return;
      const label = String(value);
      known.set(label, { label, type: 'enum', ...infoOf(said.enumDescriptions?.[i]) });
    });
  };
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) return part.forEach(walk);
    if (part === null || typeof part !== 'object') return;
    const { properties } = part as Schema;
    for (const [field, one] of Object.entries(properties ?? {})) add(field, one);
    Object.values(part).forEach(walk);
  };
  walk(schema);
  return {
    fields: [...fields.values()],
    values: new Map([...values].map(([field, offered]) => [field, [...offered.values()]])),
  };
}

function infoOf(description: string | undefined): { detail?: string } {
  const [first = ''] = (description ?? '').split('\n');
  return first === '' ? {} : { detail: first };
}

const VALUE = /(?:^|[\s{,[-])([a-z][\w-]*):\s+['"]?([^\s,}\]'"]*)$/;
const FIELD = /(?:^|[\s{,-])([a-z][\w-]*)$/;

/** What may stand at the cursor: behind `fact:` the facts, at the beginning of a field the fields. */
export function complete({ fields, values }: Vocabulary) {
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    if (before.trimStart().startsWith('#')) return null;
    const value = VALUE.exec(before);
    if (value) {
      const options = values.get(value[1]!) ?? [];
      return options.length === 0 ? null : { from: context.pos - value[2]!.length, options, validFor: /^[\w./%[\]*^-]*$/ };
    }
    const field = FIELD.exec(before);
    if (!field || (field[1]!.length < 2 && !context.explicit)) return null;
    const options = fields.map((one) => ({ ...one, apply: `${one.label}: ` }));
    return { from: context.pos - field[1]!.length, options, validFor: /^[\w-]*$/ };
  };
}
