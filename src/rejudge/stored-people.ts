import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import {
  type Assessment,
  AssessmentRepository,
  type Finding,
  FindingRepository,
} from '../assessment/index.js';
import { type PersonRecords, Records } from '../intake/index.js';
import {
  DataQualityRepository,
  type KnownPerson,
  type ListedItem,
  ObservationRepository,
  PersonRepository,
  type StoredResult,
} from '../people/index.js';

/** All that is stored of a person and that judging them again looks at. */
export interface StoredPerson {
  person: KnownPerson;
  results: readonly StoredResult[];
  records: PersonRecords;
  /** The person's own, and whatever else was made of their results when these were another's. */
  findings: readonly Finding[];
  /** What stands on the list of data quality of their results. */
  listed: readonly ListedItem[];
  /** Null where they have no level yet. */
  assessment: Assessment | null;
}

/** Reads several people at once: a question to the database costs more than the answer of one person. */
@Injectable()
export class StoredPeople {
  constructor(
    @Inject(PersonRepository) private readonly persons: PersonRepository,
    @Inject(ObservationRepository) private readonly observations: ObservationRepository,
    @Inject(Records) private readonly records: Records,
    @Inject(FindingRepository) private readonly findings: FindingRepository,
    @Inject(DataQualityRepository) private readonly quality: DataQualityRepository,
    @Inject(AssessmentRepository) private readonly assessments: AssessmentRepository,
  ) {}

  /** In the order of ids, holding all their rows as the intake does; who was merged into another is left out. */
  async hold(manager: EntityManager, ids: readonly string[]): Promise<StoredPerson[]> {
    // First of all the locks: what is read after them is what the last one has left who held them.
    const held = await this.persons.findByIds(manager, ids);
    const people = [...held.values()].filter(({ mergedInto }) => mergedInto === null).sort(byId);
    if (people.length === 0) return [];
    const personIds = people.map(({ id }) => id);
    const results = await this.observations.ofPeople(manager, personIds);
    const resultIds = [...results.values()].flatMap((theirs) => theirs.map(({ id }) => id));
    const records = await this.records.ofPeople(manager, personIds);
    const found = [
      ...(await this.findings.ofPeople(manager, personIds)),
      ...(await this.findings.ofObservations(manager, resultIds)),
    ];
    const findings = [...new Map(found.map((one) => [one.id, one])).values()];
    const listed = await this.quality.of(manager, resultIds);
    const assessments = await this.assessments.ofPeople(manager, personIds);
    const owner = new Map([...results].flatMap(([id, theirs]) => theirs.map((one) => [one.id, id] as const)));
    const findingsOf = grouped(findings, ({ personId, observationId }) => [
      personId,
      owner.get(observationId) ?? null,
    ]);
    const listedOf = grouped(listed, ({ observationId }) => [owner.get(observationId) ?? null]);
    return people.map((person) => ({
      person,
      results: results.get(person.id) ?? [],
      records: records.get(person.id)!,
      findings: findingsOf.get(person.id) ?? [],
      listed: listedOf.get(person.id) ?? [],
      assessment: assessments.get(person.id) ?? null,
    }));
  }
}

function byId(a: KnownPerson, b: KnownPerson): number {
  return a.id < b.id ? -1 : 1;
}

/** What belongs to whom; one thing may belong to two. */
function grouped<T>(list: readonly T[], ownersOf: (one: T) => readonly (string | null)[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    for (const owner of new Set(ownersOf(one))) {
      if (owner === null) continue;
      const group = groups.get(owner);
      if (group) group.push(one);
      else groups.set(owner, [one]);
    }
  }
  return groups;
}
