import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { type Doubt, type Measurement, newId } from '../kernel/index.js';
import {
  ageInYears,
  codeTokens,
  identityKey,
  isoText,
  type KnownPerson,
  readTime,
  resultHash,
  resultKey,
  resultTime,
  type ResultTime,
  senderKey,
  type StoredMeasurement,
  type StoredResult,
} from '../people/index.js';
import { normalise, type ResultContext, specimenKind, TerminologyService } from '../terminology/index.js';
import { BY_HAND, measuredByHand } from './domain/by-hand.js';
import { encounterName } from './domain/encounter-name.js';
import { localReference } from './domain/references.js';
import { fastingOf, settingOf } from './domain/result-context.js';

type ResultResource = fhir4.Observation | fhir4.DiagnosticReport;

/** Where a result comes from, and how to follow its references. */
export interface Origin {
  feedId: string;
  isHistory: boolean;
  messageId: string;
  entry: number;
  receivedAt: Date;
  person: KnownPerson | null;
  waitingKey: string | null;
  /** The id of a PUT, which takes the place of the resource's own. */
  chosenId: string | null;
  stableName: (reference: string) => string;
  /** A resource of the same message; null when it is not there. */
  inMessage: (reference: string | undefined) => fhir4.FhirResource | null;
  /** A resource that was stored before. */
  stored: (manager: EntityManager, reference: string | undefined) => Promise<fhir4.FhirResource | null>;
}

/** A result as read, with what is doubtful about it. */
export interface ReadResult {
  result: StoredResult;
  doubts: { component: number; doubt: Doubt }[];
}

/** Reads an Observation or DiagnosticReport: which result it is, when, and what was measured. */
@Injectable()
export class ResultReader {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly terminology: TerminologyService,
  ) {}

  /** Which result it is, were it about `scope` (a person, or what it waits for). */
  identity(resource: ResultResource, origin: Origin, scope: string): string {
    return resultKey(resource, origin.feedId, scope, () => resultHash(resource, origin.stableName));
  }

  /** The same as it was written by version 0.1.0. */
  formerIdentity(resource: ResultResource, origin: Origin, scope: string): string {
    return identityKey(resource, origin.feedId, scope, () => resultHash(resource, origin.stableName));
  }

  /** Reads with what the message itself tells; looks up what was stored before only where that decides. */
  read(manager: EntityManager, resource: ResultResource, origin: Origin): ReadResult | Promise<ReadResult> {
    const references = contextReferences(resource);
    const near = (reference: string | undefined): fhir4.FhirResource | null =>
      reference === undefined ? null : (contained(resource, reference) ?? origin.inMessage(reference));
    const specimen = near(references.specimen);
    const encounter = near(references.encounter);
    const read = this.readWith(resource, origin, specimen, encounter);
    const isAway = (!specimen && references.specimen) || (!encounter && references.encounter);
    if (!isAway || !read.result.measurements.some(dependsOnContext)) return read;
    return this.readFromAfar(manager, resource, origin, specimen, encounter);
  }

  private async readFromAfar(
    manager: EntityManager,
    resource: ResultResource,
    origin: Origin,
    specimen: fhir4.FhirResource | null,
    encounter: fhir4.FhirResource | null,
  ): Promise<ReadResult> {
    const references = contextReferences(resource);
    return this.readWith(
      resource,
      origin,
      specimen ?? (await origin.stored(manager, references.specimen)),
      encounter ?? (await origin.stored(manager, references.encounter)),
    );
  }

  private readWith(
    resource: ResultResource,
    origin: Origin,
    specimen: fhir4.FhirResource | null,
    encounter: fhir4.FhirResource | null,
  ): ReadResult {
    const { person } = origin;
    const { timeZone } = this.config;
    const time = resultTime(resource, origin.receivedAt, timeZone);
    const context: ResultContext = {
      fasting: fastingOf(specimen as fhir4.Specimen | null),
      setting: settingOf(encounter as fhir4.Encounter | null),
      sex: person?.sex ?? null,
      ageYears: person ? ageInYears(person.birthDate, time.at, timeZone) : null,
      specimen: specimenKind((specimen as fhir4.Specimen | null)?.type),
    };
    const measurements =
      origin.feedId === BY_HAND
        ? measuredByHand(resource as fhir4.Observation)
        : normalise(resource, context, this.terminology.vocabulary);
    return {
      result: this.toResult(resource, origin, time, measurements),
      doubts: doubtsOf(resource, person, time, measurements),
    };
  }

  private toResult(
    resource: ResultResource,
    origin: Origin,
    time: ResultTime,
    measurements: Measurement[],
  ): StoredResult {
    const { person } = origin;
    const identified = origin.chosenId && !resource.id ? { ...resource, id: origin.chosenId } : resource;
    const stored = measurements.map((measurement) => toStored(measurement, resource, origin, time));
    const encounter = encounterOf(resource, origin);
    if (encounter && stored[0]) stored[0].encounter = encounter;
    return {
      id: newId(),
      identityKey: this.identity(identified, origin, person?.id ?? origin.waitingKey ?? ''),
      contentHash: null,
      resourceType: resource.resourceType,
      version: 1,
      status: resource.status,
      personId: person?.id ?? null,
      subjectKey: person ? null : origin.waitingKey,
      messageId: origin.messageId,
      entry: origin.entry,
      codes: codeTokens(resource.code),
      at: time.at,
      issued: time.issued,
      sentUpdated: readTime(resource.meta?.lastUpdated, this.config.timeZone)?.from ?? null,
      receivedAt: origin.receivedAt,
      measurements: stored,
    };
  }
}

/** What the result calls its encounter, told from its own message alone: the same whenever it is read. */
function encounterOf(resource: ResultResource, origin: Origin): string | undefined {
  const { encounter } = resource;
  if (!encounter) return undefined;
  const inside = contained(resource, encounter.reference);
  return encounterName(
    encounter,
    inside ?? origin.inMessage(encounter.reference),
    inside !== null,
    origin.feedId,
  );
}

function doubtsOf(
  resource: ResultResource,
  person: KnownPerson | null,
  time: ResultTime,
  measurements: readonly Measurement[],
): ReadResult['doubts'] {
  const doubts = timeDoubts(time);
  if (!person) doubts.push({ component: 0, doubt: { reason: 'no-person', detail: resource.resourceType } });
  for (const measurement of measurements) {
    for (const doubt of measurement.doubts) doubts.push({ component: measurement.component, doubt });
  }
  return doubts;
}

/** Glucose is one test or another by fasting, which a specimen or encounter may tell. */
function dependsOnContext({ analyte }: Measurement): boolean {
  return analyte?.startsWith('glucose') ?? false;
}

function toStored(
  measurement: Measurement,
  resource: ResultResource,
  origin: Origin,
  time: ResultTime,
): StoredMeasurement {
  const stored: StoredMeasurement = Object.assign(measurement, { freshFrom: isoText(time.freshFrom) });
  if (origin.isHistory) stored.isHistory = true;
  if (dependsOnContext(measurement)) {
    const { specimen, encounter } = contextReferences(resource);
    const keys = [specimen, encounter].flatMap((reference) => {
      const near = origin.inMessage(reference);
      const local = near?.id ? { type: near.resourceType, id: near.id } : localReference(reference);
      return local ? senderKey(origin.feedId, local.type, local.id) : [];
    });
    if (keys.length > 0) stored.contextKeys = keys;
  }
  return stored;
}

function timeDoubts(time: ResultTime): ReadResult['doubts'] {
  if (time.isMissing)
    return [{ component: 0, doubt: { reason: 'no-time', detail: 'counted as received now' } }];
  return time.isFuture
    ? [{ component: 0, doubt: { reason: 'implausible', detail: 'more than 24 h in the future' } }]
    : [];
}

function contextReferences(resource: ResultResource): { specimen?: string; encounter?: string } {
  const specimen = Array.isArray(resource.specimen) ? resource.specimen[0] : resource.specimen;
  return { specimen: specimen?.reference, encounter: resource.encounter?.reference };
}

function contained(resource: ResultResource, reference: string | undefined): fhir4.FhirResource | null {
  if (!reference?.startsWith('#')) return null;
  return (
    (resource.contained as fhir4.FhirResource[] | undefined)?.find((one) => one.id === reference.slice(1)) ??
    null
  );
}
