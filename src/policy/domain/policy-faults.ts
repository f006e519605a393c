import { type ErrorObject } from 'ajv';
import { oneOf, type Seen, type Told } from '../../kernel/index.js';
import { type PolicyFaultKind } from './policy-messages.js';

/** A fault of the policy before its place is looked up: the way down to its element. */
export interface PolicyFault {
  way: readonly string[];
  kind: PolicyFaultKind;
  told: Told;
}

/** What the schema found wrong, in our words. `verbose` errors are needed: they hold value and schema. */
export function faultOf({ instancePath, keyword, params, data, parentSchema }: ErrorObject): PolicyFault {
  const way = instancePath.split('/').slice(1);
  const member = memberAt(way);
  const found = inWords(data);
  const told = (kind: PolicyFaultKind, seen: Seen = {}): PolicyFault => ({
    way,
    kind,
    told: { member, ...seen },
  });
  switch (keyword) {
    case 'required': {
      const { missingProperty: key } = params as { missingProperty: string };
      return { way, kind: 'policy-missing', told: { member, key } };
    }
    case 'additionalProperties': {
      const { additionalProperty: key } = params as { additionalProperty: string };
      const known = Object.keys((parentSchema?.['properties'] ?? {}) as object);
      return { way: [...way, key], kind: 'policy-unknown-key', told: { member, ...oneOf(key, known) } };
    }
    case 'enum':
      return told('policy-unknown-word', oneOf(found, (params as { allowedValues: string[] }).allowedValues));
    case 'const':
      return told('policy-unknown-word', {
        found,
        expected: String((params as { allowedValue: unknown }).allowedValue),
      });
    case 'pattern':
      return told('policy-bad-form', { found, expected: exampleOf(way) });
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum': {
      const { comparison, limit } = params as { comparison: string; limit: number };
      return told('policy-out-of-range', { found, expected: `${comparison} ${limit}` });
    }
    case 'minItems':
    case 'maxItems':
    case 'minLength':
    case 'maxLength':
      return told('policy-out-of-range', {
        found,
        expected: `${keyword} ${Object.values(params as object)[0]}`,
      });
    case 'minProperties':
    case 'maxProperties':
      return told('policy-one-limit', { found });
    default: {
      const { type = keyword } = params as { type?: string };
      return told('policy-wrong-kind', { found, expected: type });
    }
  }
}

/** `tell_within.A`, or the file itself. */
export function memberAt(way: readonly string[]): { zh: string; en: string } {
  const name = way.join('.');
  return name === '' ? { zh: '文件', en: 'The file' } : { zh: name, en: name };
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

function exampleOf(way: readonly string[]): string {
  const [section = ''] = way;
  if (section === 'holidays' || section === 'extra_workdays') return '"2027-01-01"';
  if (section === 'inhibit' || section === 'may_silence') return 'important-results/wbc-low';
  if (section === 'departments') return 'ultrasound';
  return way.at(-1) === 'user' ? 'li-min' : '"08:00"';
}
