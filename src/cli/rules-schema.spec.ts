import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { POLICY_MESSAGES, POLICY_WARNINGS } from '../policy/domain/policy-messages.js';
import { messageReference } from '../rules/domain/messages/reference.js';
import { schemaText } from './rules-schema.js';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(schemaText()) as object);

interface Case {
  case: string;
  from?: string;
  to: string;
  kind: string;
}
const BROKEN = parse(read('src/rules/broken-files.yaml')) as Record<string, { sound: string; cases: Case[] }>;
const CASES = Object.entries(BROKEN).flatMap(([section, { sound, cases }]) =>
  cases.map(({ case: name, from, to, kind }) => {
    return [`${section}: ${name}`, kind, from === undefined ? to : sound.replace(from, () => to)] as const;
  }),
);

/** What a schema can see: the shape of a file, its words, and what belongs together in one place. */
const SEEN = [
  ...[
    'not-a-map',
    'not-a-list',
    'not-a-text',
    'unknown-key',
    'unknown-word',
    'missing',
    'empty-list',
    'empty-group',
  ],
  ...['no-kind', 'no-title', 'no-source', 'no-owner', 'no-review-by', 'no-list-of-rules', 'no-id', 'bad-id'],
  ...['no-conditions', 'no-event', 'no-event-type', 'no-params', 'no-class', 'no-advice', 'no-reason'],
  ...['no-examples', 'no-facts', 'no-expect', 'not-one-condition', 'no-operator', 'no-value', 'no-unit'],
  ...['unknown-fact', 'operator-unfit', 'unknown-value', 'limit-for-a-group', 'bad-multiple', 'no-grade'],
  ...['age-no-number', 'age-unit', 'no-class-to-count-from', 'code-or-prefix'],
  ...['case-no-results', 'case-no-expect', 'case-no-time'],
];

describe('the schema of rule files', () => {
  it('is the one in rules/schema.json; npm run rules:reference writes it', () => {
    expect(read('rules/schema.json')).toBe(schemaText());
  });

  const shipped = readdirSync(join(ROOT, 'rules'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  it.each(shipped)('takes %s, which names it for editors', (name) => {
    const text = read(join('rules', name));
    const up = '../'.repeat(name.split(sep).length - 1);
    expect(text.split('\n')[0]).toBe(`# yaml-language-server: $schema=${up}schema.json`);
    validate(parse(text));
    expect(validate.errors).toBeNull();
  });

  const seen = CASES.filter(([, kind]) => SEEN.includes(kind));
  it('has a broken file of every kind that it sees', () => {
    expect(SEEN.filter((kind) => !seen.some(([, of]) => of === kind))).toEqual([]);
  });
  it.each(seen)('marks %s (%s)', (_case, _kind, text) => {
    expect(validate(parse(text))).toBe(false);
  });

  it('takes the sound files that the broken ones are made from', () => {
    for (const section of ['rule', 'lexicon', 'formula', 'case'])
      expect(validate(parse(BROKEN[section]!.sound))).toBe(true);
  });

  it('knows every fact in both languages', () => {
    const { definitions } = JSON.parse(schemaText()) as {
      definitions: { fact: { enum: string[]; enumDescriptions: string[] } };
    };
    const { enum: facts, enumDescriptions } = definitions.fact;
    expect(enumDescriptions).toHaveLength(facts.length);
    expect(enumDescriptions[facts.indexOf('wbc')]).toBe('白细胞计数 White-cell count');
  });
});

it('the page of all messages is the one in docs/rules; npm run rules:reference writes it', () => {
  expect(read('docs/rules/messages.md')).toBe(messageReference({ ...POLICY_MESSAGES, ...POLICY_WARNINGS }));
});
