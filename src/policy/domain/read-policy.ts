import { Ajv } from 'ajv';
import { DateTime } from 'luxon';
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { AppError, type Fault } from '../../kernel/index.js';
import { isTooLong, LONGEST_HOURS, type NotificationPolicy, URGENCIES } from './policy.js';

/** Where the policy stands among the rule files. */
export const POLICY_PATH = 'notification/policy.yaml';

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
/** The shape of the policy file, for its reader and for editors. */
export const POLICY_SCHEMA = {
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
    // Asked for with the rules, which every file of the folder is read with.
    owner: { type: 'string' },
    'review-by': { type: 'string' },
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
const validate = new Ajv({ allErrors: true, useDefaults: true }).compile<NotificationPolicy>(POLICY_SCHEMA);

/**
 * Reads the notification policy from its file.
 * @param path what its faults are reported under
 * @throws AppError `rules-refused` with file, line and column of every fault
 */
export function readPolicy({ path: file, text }: { path: string; text: string }): NotificationPolicy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const syntax = document.errors.map((error): Fault => {
    const at = lines.linePos(error.pos[0]);
    return {
      code: 'rules-refused',
      message: error.message.split('\n')[0]!,
      path: `${file}:${at.line}:${at.col}`,
    };
  });
  if (syntax.length > 0) throw new AppError(syntax);
  const refuse = (path: readonly string[], message: string): Fault => {
    const at = lines.linePos(offsetOf(document, path));
    return { code: 'rules-refused', message, path: `${file}:${at.line}:${at.col}` };
  };
  const policy: unknown = document.toJS();
  if (!validate(policy)) {
    throw new AppError(
      (validate.errors ?? []).map(({ instancePath, message, params }) => {
        const path = instancePath.split('/').slice(1);
        const added = (params as { additionalProperty?: string }).additionalProperty;
        return added === undefined
          ? refuse(path, `${instancePath || 'policy'} ${message}`)
          : refuse([...path, added], `${instancePath || 'policy'} ${message} ("${added}")`);
      }),
    );
  }
  const faults = [...limitFaults(policy), ...calendarFaults(policy)].map(([path, message]) =>
    refuse(path, message),
  );
  if (faults.length > 0) throw new AppError(faults);
  return policy;
}

/** Limits beyond what their class allows. */
function limitFaults({ tell_within: limits }: NotificationPolicy): [path: string[], message: string][] {
  return URGENCIES.filter((urgency) => isTooLong(urgency, limits[urgency])).map((urgency) => {
    const [[unit, amount] = []] = Object.entries(limits[urgency]);
    const longest = LONGEST_HOURS[urgency]!;
    const allowed = longest < 24 ? `{ hours: ${longest} }` : `{ days: ${longest / 24} }`;
    return [
      ['tell_within', urgency],
      `/tell_within/${urgency} is { ${unit}: ${amount} }; expected ${allowed} or less: class ${urgency} may not wait longer`,
    ];
  });
}

/** What a schema cannot say: days that exist, and a working day that ends after it began. */
function calendarFaults(policy: NotificationPolicy): [path: string[], message: string][] {
  const faults = (['holidays', 'extra_workdays'] as const).flatMap((list) =>
    policy[list].flatMap((day, i): [string[], string][] =>
      DateTime.fromISO(day).isValid ? [] : [[[list, String(i)], `/${list}/${i} "${day}" is no day`]],
    ),
  );
  const { from, to } = policy.working_hours;
  if (from >= to)
    faults.push([['working_hours', 'to'], `/working_hours/to "${to}" must be later than from, "${from}"`]);
  return faults;
}

/** Where an element stands; a member that should not be there is found by its name. */
function offsetOf(document: Document, path: readonly string[]): number {
  const parent = document.getIn(path.slice(0, -1), true);
  const key =
    isMap(parent) && parent.items.find((pair) => isNode(pair.key) && pair.key.toString() === path.at(-1));
  const node = key ? key.key : document.getIn(path, true);
  return (isNode(node) ? node.range?.[0] : undefined) ?? 0;
}
