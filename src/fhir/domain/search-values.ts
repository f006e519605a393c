import { readTime } from '../../people/domain/fhir-time.js';

/** `system|code`, `code`, `|code` or `system|`. A missing part is null (any), an empty system is ''. */
export interface Token {
  system: string | null;
  code: string | null;
}

/** One end of a span of time. */
export interface Bound {
  operator: '>=' | '>' | '<' | '<=';
  at: Date;
}

/** Splits `a,b\,c` at the commas that are not escaped; null when a part is empty. */
export function alternatives(value: string): string[] | null {
  const parts = value.match(/(?:[^\\,]|\\.)+/gs) ?? [];
  const commas = value.replace(/\\./gs, '').split(',').length - 1;
  return parts.length === commas + 1 ? parts : null;
}

/** Reads a FHIR token; null when it names nothing. */
export function readToken(value: string): Token | null {
  const parts: string[] = value.match(/(?:[^\\|]|\\.)+|\|/gs) ?? [];
  const bar = parts.indexOf('|');
  const [before, after] =
    bar < 0 ? [null, value] : [parts.slice(0, bar).join(''), parts.slice(bar + 1).join('')];
  if (!before && !after) return null;
  return { system: before === null ? null : unescape(before), code: after === '' ? null : unescape(after) };
}

/** `Patient/id`, `id` or an address that ends so; null for anything else. */
export function readPatientId(value: string): string | null {
  const id = /^(?:(?:https?:\/\/[^\s?#]+\/)?Patient\/)?([A-Za-z0-9\-.]{1,64})$/.exec(value)?.[1];
  return id ?? null;
}

const PREFIXED = /^(eq|ge|gt|le|lt|sa|eb)?(\d{4}(?:-\d\d(?:-\d\d(?:T.+)?)?)?)$/;

/**
 * Reads a date search such as `ge2026-11-01`; a date without time is the centre's day.
 * @returns null when it is no date, or has a prefix that isn't served
 */
export function readDateSearch(value: string, zone: string): Bound[] | null {
  // A plus sign that was not escaped in an address arrives as a space.
  const match = PREFIXED.exec(value.replace(/ (?=\d\d:\d\d$)/, '+'));
  const text = match?.[2];
  const span = readTime(text, zone);
  if (!match || !text || !span) return null;
  const { from } = span;
  // Without a fraction the second as a whole is meant.
  const isWholeSecond = span.to.getTime() === from.getTime() && !text.includes('.');
  const to = isWholeSecond ? new Date(from.getTime() + 999) : span.to;
  switch (match[1]) {
    case 'ge':
      return [{ operator: '>=', at: from }];
    case 'gt':
    case 'sa':
      return [{ operator: '>', at: to }];
    case 'lt':
    case 'eb':
      return [{ operator: '<', at: from }];
    case 'le':
      return [{ operator: '<=', at: to }];
    default:
      return [
        { operator: '>=', at: from },
        { operator: '<=', at: to },
      ];
  }
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}
