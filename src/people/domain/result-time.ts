import { readTime } from './fhir-time.js';

/** The parts of an Observation or DiagnosticReport that speak of time. */
export interface TimedResource {
  effectiveDateTime?: string;
  effectiveInstant?: string;
  effectivePeriod?: { start?: string; end?: string };
  effectiveTiming?: { event?: string[] };
  issued?: string;
}

export interface ResultTime {
  /** When the result speaks of: effective, else issued, else received. */
  at: Date;
  /** From when its age counts: issued, else effective (the end of a bare day), else received. */
  freshFrom: Date;
  issued: Date | null;
  /** The resource carries no time at all. */
  isMissing: boolean;
  /** More than 24 hours in the future: implausible, still judged. */
  isFuture: boolean;
}

const DAY_MS = 86_400_000;

/** When a result is of. */
export function resultTime(resource: TimedResource, receivedAt: Date, zone: string): ResultTime {
  const { effectivePeriod: period } = resource;
  const text =
    resource.effectiveDateTime ??
    resource.effectiveInstant ??
    period?.end ??
    period?.start ??
    resource.effectiveTiming?.event?.[0];
  const effective = readTime(text, zone);
  const issued = readTime(resource.issued, zone)?.from ?? null;
  const at = effective?.from ?? issued ?? receivedAt;
  return {
    at,
    freshFrom: issued ?? effective?.to ?? receivedAt,
    issued,
    isMissing: !effective && !issued,
    isFuture: isImplausible(at, receivedAt) || (issued !== null && isImplausible(issued, receivedAt)),
  };
}

/**
 * From when a value counts among others. Of one that speaks of a day to come nobody knows when it was measured: it counts
 * from when it came, as one without a time does, or it would hide every value to come.
 */
export function countsAt({ at, receivedAt }: { at: Date; receivedAt: Date }): Date {
  return isImplausible(at, receivedAt) ? receivedAt : at;
}

function isImplausible(time: Date, receivedAt: Date): boolean {
  return time.getTime() > receivedAt.getTime() + DAY_MS;
}
