/** A JSON Schema, draft 7, as editors read it. */
export type Schema = { [keyword: string]: unknown };

/** What an editor shows beside a key: Chinese first. */
export function told(zh: string, en: string): { description: string } {
  return { description: `${zh}\n${en}` };
}

export const TEXT: Schema = { type: 'string', pattern: '\\S' };
export const ID: Schema = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', ...told('编号', 'Id') };

/** A map with these members and no others. */
export function mapOf(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  further: Schema = {},
): Schema {
  return { type: 'object', additionalProperties: false, required, properties, ...further };
}

export function listOf(items: Schema, further: Schema = {}): Schema {
  return { type: 'array', items, ...further };
}

/** Where a member is one of these words, the rest must be as said. */
export function whereIs(member: string, words: readonly string[], then: Schema): Schema {
  return { if: { properties: { [member]: { enum: words } }, required: [member] }, then };
}

export const BILINGUAL: Schema = mapOf(
  { zh: { ...TEXT, ...told('中文', 'in Chinese') }, en: { ...TEXT, ...told('英文', 'in English') } },
  ['zh', 'en'],
);
