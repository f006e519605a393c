import { CALLING_DEFAULTS, CARE_SETTINGS, LADDER_ROLES, ROUTE_TARGETS } from './calling.js';
import { URGENCIES } from './policy.js';

const days = { type: 'number', exclusiveMinimum: 0, maximum: 3650 };
const minutes = { type: 'integer', minimum: 0, maximum: 525_600 };
const date = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const time = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };
const weekdays = { type: 'array', minItems: 1, items: { type: 'integer', minimum: 1, maximum: 7 } };
const rules = {
  type: 'array',
  minItems: 1,
  maxItems: 100,
  items: { type: 'string', pattern: '^[a-z0-9-]+/[a-z0-9-]+$' },
};
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

/** An object with exactly these members, each of the same shape. */
function each(keys: readonly string[], shape: object): object {
  const properties = Object.fromEntries(keys.map((key) => [key, shape]));
  return { type: 'object', additionalProperties: false, required: [...keys], properties };
}

function some(keys: readonly string[], shape: object): object {
  const properties = Object.fromEntries(keys.map((key) => [key, shape]));
  return { type: 'object', additionalProperties: false, properties };
}

function record(properties: Record<string, object>, ...optional: string[]): object {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', additionalProperties: false, required, properties };
}

function list(items: object, minItems = 0): object {
  return { type: 'array', minItems, maxItems: 100, items };
}

/** How calls are worked: whole sections, each with what holds where it is left out. */
const calling = {
  claim_within_minutes: each(URGENCIES, { ...minutes, minimum: 1 }),
  lease_minutes: { type: 'integer', minimum: 2, maximum: 480 },
  attempts: each(
    URGENCIES,
    record({
      at_least: { type: 'integer', minimum: 1, maximum: 20 },
      every_minutes: { ...minutes, minimum: 1 },
    }),
  ),
  quiet_hours: some(
    URGENCIES.filter((urgency) => urgency !== 'A'),
    record({ from: time, to: time }),
  ),
  follow_up_days: each(URGENCIES, { type: 'array', minItems: 1, maxItems: 10, items: days }),
  routes: each(
    CARE_SETTINGS,
    list(
      record({
        to: { enum: ROUTE_TARGETS },
        by: { enum: ['phone', 'message'] },
      }),
      1,
    ),
  ),
  ladder: each(URGENCIES, list(record({ role: { enum: [...LADDER_ROLES] }, after_minutes: minutes }), 1)),
  rota: some(
    LADDER_ROLES,
    list(
      record(
        {
          user: { type: 'string', pattern: '^[\\p{L}\\p{N}._@-]{1,64}$' },
          days: weekdays,
          from: time,
          to: time,
        },
        'days',
        'from',
        'to',
      ),
    ),
  ),
  inhibit: list(record({ finding: rules.items, covers: rules })),
  may_silence: list(
    record({ rules, reason: { type: 'string', minLength: 1, maxLength: 200 }, longest_days: days }),
  ),
  departments: list(
    record({
      id: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,31}$' },
      name: each(['zh', 'en'], { type: 'string', minLength: 1, maxLength: 40 }),
    }),
    1,
  ),
  summary: record({ at: time }),
  watch: record({
    stuck_minutes: { ...minutes, minimum: 1, maximum: 120 },
    feed_quiet_minutes: { ...minutes, minimum: 5 },
    feeds: { type: 'object', maxProperties: 100, additionalProperties: { ...minutes, minimum: 5 } },
  }),
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
    // Which numbers are recalled, second-hand or proposed, and wait for a doctor.
    pending: list({ type: 'string', maxLength: 80 }),
    working_hours: record({ days: weekdays, from: time, to: time }),
    holidays: { type: 'array', items: date, default: [] },
    extra_workdays: { type: 'array', items: date, default: [] },
    tell_within: each(URGENCIES, limit),
    packs: { type: 'object', additionalProperties: { enum: [...URGENCIES] } },
    freshness: record({ days, days_class_A: days }),
    late_review: { type: 'array', items: { type: 'string' } },
    minors: record({ guardian_below: { type: 'integer', minimum: 14, maximum: 21 } }),
    ...Object.fromEntries(
      Object.entries(calling).map(([key, shape]) => [
        key,
        { ...shape, default: CALLING_DEFAULTS[key as keyof typeof CALLING_DEFAULTS] },
      ]),
    ),
  },
};
