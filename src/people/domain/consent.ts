import { readTime } from './fhir-time.js';

/** What a person's consents allow of telling one relative, at an instant. */
export interface Consented {
  /** The consent speaks of this relative, not of anybody in general. */
  isNamed: boolean;
  /** When it ends; null of one without an end. */
  until: Date | null;
}

/** Somebody a consent may name: as they are called, and what else they are known by. */
export interface NamedRelative {
  /** As a consent refers to their record, once that is known: `RelatedPerson/ID`. */
  reference?: string;
  names: readonly string[];
  /** `system|value` of their record. */
  identifiers: readonly string[];
}

/** What a reference to nobody on record becomes: a refusal that names it holds for everybody. */
export const UNKNOWN_ACTOR = '#unknown';

type Provision = fhir4.ConsentProvision;

/** Scopes of http://terminology.hl7.org/CodeSystem/consentscope that say nothing of who may be told. */
const OTHER_SCOPES = new Set(['research', 'adr']);
/** Actions of http://terminology.hl7.org/CodeSystem/consentaction that telling is. */
const TELLING = new Set(['disclose', 'access']);
/** Purposes of http://terminology.hl7.org/CodeSystem/v3-ActReason for which a relative is told. */
const PURPOSES = new Set(['TREAT', 'ETREAT', 'PATRQT', 'FAMRQT', 'HOPERAT']);

/**
 * What active consents say of telling a relative now. A refusal that covers the relative outweighs every permission, and
 * what is limited to data, labels or purposes that nobody here can look through permits nothing.
 * @param zone the centre's: a day ends there when it is over
 * @returns the consent that names the relative and ends, if there is one; null when none permits it
 */
export function consentFor(
  consents: readonly fhir4.Consent[],
  relative: NamedRelative,
  now: Date,
  zone: string,
): Consented | null {
  const said = consents.flatMap(({ status, scope, provision }) => {
    const isOther = (scope?.coding ?? []).some(({ code }) => OTHER_SCOPES.has(code ?? ''));
    if (status !== 'active' || isOther) return [];
    return verdictOf(provision ?? {}, relative, now, zone) ?? [];
  });
  if (said.some(({ type }) => type === 'deny')) return null;
  const [best] = said.sort((a, b) => weight(b) - weight(a));
  return best ? { isNamed: best.isNamed, until: best.until } : null;
}

interface Verdict extends Consented {
  type: 'permit' | 'deny';
}

function verdictOf(provision: Provision, relative: NamedRelative, now: Date, zone: string): Verdict | null {
  const { type = 'permit', period, actor = [], provision: exceptions = [] } = provision;
  const until = readTime(period?.end, zone)?.to ?? null;
  if (!covers(period, now, zone)) return null;
  // Who refuses somebody unknown may mean this one.
  const isNamed = actor.some(
    ({ reference }) =>
      isAbout(reference, relative) || (type === 'deny' && reference.reference === UNKNOWN_ACTOR),
  );
  if (actor.length > 0 && !isNamed) return null;
  const nested = exceptions.flatMap(
    (one) => verdictOf({ type: opposite(type), ...one }, relative, now, zone) ?? [],
  );
  const denied = nested.find((one) => one.type === 'deny');
  if (denied) return denied;
  const [permitted] = nested.sort((a, b) => weight(b) - weight(a));
  if (permitted && type === 'deny')
    return { ...permitted, isNamed: permitted.isNamed || isNamed, until: earlier(permitted.until, until) };
  if (type === 'permit' && isLimited(provision)) return null;
  return { type, isNamed, until };
}

/** A limit that cannot be held against a result here. */
function isLimited({ action = [], purpose = [], ...more }: Provision): boolean {
  const codes = action.flatMap(({ coding = [] }) => coding.flatMap(({ code }) => code ?? []));
  if (codes.length > 0 && !codes.some((code) => TELLING.has(code))) return true;
  if (purpose.length > 0 && !purpose.some(({ code }) => PURPOSES.has(code ?? ''))) return true;
  return [more.securityLabel, more.class, more.code, more.data].some((limit) => limit && limit.length > 0);
}

/** Whether a period holds now; what cannot be read as a time does not. */
export function covers(period: fhir4.Period | undefined, now: Date, zone: string): boolean {
  const { start, end } = period ?? {};
  const [from, to] = [readTime(start, zone), readTime(end, zone)];
  if ((start && !from) || (end && !to)) return false;
  return (!from || from.from <= now) && (!to || now <= to.to);
}

function isAbout(
  { reference, display, identifier }: fhir4.Reference,
  { reference: own, names, identifiers }: NamedRelative,
): boolean {
  if (reference !== undefined && reference === own) return true;
  const id = identifier?.value && `${identifier.system ?? ''}|${identifier.value}`;
  if (id && identifiers.includes(id)) return true;
  return display !== undefined && names.some((name) => nameKey(name) === nameKey(display));
}

/** What a name record is called in writing: whole, or put together both ways round. */
export function namesOf(names: readonly fhir4.HumanName[] | undefined): string[] {
  return (names ?? []).flatMap(({ text, family, given = [] }) =>
    [text, [family, ...given].join(''), [...given, family].join('')].filter(
      (known): known is string => known !== undefined && known !== '',
    ),
  );
}

/** One width and case; without the spaces and dots that are written or not. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•.]/g, '');
}

function weight({ isNamed, until }: Consented): number {
  return (isNamed ? 2 : 0) + (until ? 1 : 0);
}

function opposite(type: 'permit' | 'deny'): 'permit' | 'deny' {
  return type === 'permit' ? 'deny' : 'permit';
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
