import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Ajv } from 'ajv';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { AppError, type Fault } from '../kernel/index.js';
import { type NotificationPolicy, URGENCIES } from './domain/policy.js';

const FILE = join('notification', 'policy.yaml');
const days = { type: 'number', exclusiveMinimum: 0, maximum: 3650 };
const date = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const time = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };
const limit = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: {
    hours: { type: 'number', exclusiveMinimum: 0, maximum: 168 },
    days,
    same_working_day: { const: true },
  },
};
const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: [
    'kind',
    'title',
    'source',
    'working_hours',
    'tell_within',
    'packs',
    'freshness',
    'late_review',
    'minors',
  ],
  properties: {
    kind: { const: 'notification-policy' },
    title: { type: 'string' },
    source: { type: 'string' },
    working_hours: {
      type: 'object',
      additionalProperties: false,
      required: ['days', 'from', 'to'],
      properties: {
        days: { type: 'array', minItems: 1, items: { type: 'integer', minimum: 1, maximum: 7 } },
        from: time,
        to: time,
      },
    },
    holidays: { type: 'array', items: date, default: [] },
    extra_workdays: { type: 'array', items: date, default: [] },
    tell_within: {
      type: 'object',
      additionalProperties: false,
      required: [...URGENCIES],
      properties: Object.fromEntries(URGENCIES.map((urgency) => [urgency, limit])),
    },
    packs: { type: 'object', additionalProperties: { enum: [...URGENCIES] } },
    freshness: {
      type: 'object',
      additionalProperties: false,
      required: ['days', 'days_class_A'],
      properties: { days, days_class_A: days },
    },
    late_review: { type: 'array', items: { type: 'string' } },
    minors: {
      type: 'object',
      additionalProperties: false,
      required: ['guardian_below'],
      properties: { guardian_below: { type: 'integer', minimum: 14, maximum: 21 } },
    },
  },
};
const validate = new Ajv({ allErrors: true, useDefaults: true }).compile<NotificationPolicy>(SCHEMA);

/**
 * Reads the notification policy of a rules folder; a folder without one uses the shipped policy.
 * @throws AppError `rules-refused` with file and line of every fault
 */
export function loadPolicy(rulesDir: string, shippedRulesDir: string): NotificationPolicy {
  const own = join(rulesDir, FILE);
  const path = existsSync(own) ? own : join(shippedRulesDir, FILE);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, uniqueKeys: true });
  const file = relative(rulesDir, path);
  const syntax = document.errors.map((error): Fault => {
    const at = lines.linePos(error.pos[0]);
    return {
      code: 'rules-refused',
      message: error.message.split('\n')[0]!,
      path: `${file}:${at.line}:${at.col}`,
    };
  });
  if (syntax.length > 0) throw new AppError(syntax);
  const policy: unknown = document.toJS();
  if (validate(policy)) return policy;
  throw new AppError(
    (validate.errors ?? []).map((error): Fault => {
      const node = document.getIn(error.instancePath.split('/').slice(1), true);
      const at = lines.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
      const found =
        'additionalProperty' in error.params ? ` ("${String(error.params['additionalProperty'])}")` : '';
      return {
        code: 'rules-refused',
        message: `${error.instancePath || 'policy'} ${error.message}${found}`,
        path: `${file}:${at.line}:${at.col}`,
      };
    }),
  );
}
