import { AppError, CARE_SETTINGS, type CareSetting } from '../../kernel/index.js';
import { type Mapping } from './vocabulary.js';

const SETTINGS: readonly string[] = CARE_SETTINGS;

/**
 * A mapping as it is stored and typed: `code` `urn:lis|GLU` → `glucose; fasting in checkup`, `name` `空腹糖` →
 * `glucose-fasting`, `unit` `g%` → `g/dL`, or for one analyte alone `unit` `hb: g%` → `g/dL`.
 * Throws `invalid-request` when source or target has another form.
 */
export function readMapping(kind: Mapping['kind'], source: string, target: string): Mapping {
  if (kind === 'unit') {
    const [, analyte, spelling] = /^(?:([A-Za-z0-9-]+): )?(.+)$/s.exec(source) ?? [];
    if (!spelling) throw new AppError('invalid-request', 'A unit mapping needs the spelling of the unit.');
    return { kind, spelling, unit: target.trim(), ...(analyte ? { analyte } : {}) };
  }
  const meant = readTarget(target);
  if (kind === 'name') return { kind, name: source, ...meant };
  const bar = source.indexOf('|');
  if (bar < 0) throw new AppError('invalid-request', `"${source}" is not system|code.`);
  return { kind, system: source.slice(0, bar), code: source.slice(bar + 1), ...meant };
}

function readTarget(target: string): { analyte: string; fastingIn?: CareSetting[] | 'always' } {
  const [analyte = '', condition] = target.split(';').map((part) => part.trim());
  if (condition === undefined) return { analyte };
  if (condition === 'fasting') return { analyte, fastingIn: 'always' };
  const settings =
    /^fasting in ([a-z, ]+)$/
      .exec(condition)?.[1]
      ?.split(',')
      .map((word) => word.trim()) ?? [];
  if (settings.length === 0 || settings.some((word) => !SETTINGS.includes(word))) {
    throw new AppError(
      'invalid-request',
      `"${condition}" is not "fasting" or "fasting in ${SETTINGS.join(', ')}".`,
    );
  }
  return { analyte, fastingIn: settings as CareSetting[] };
}
