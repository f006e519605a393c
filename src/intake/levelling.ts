import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import {
  type Assessment,
  AssessmentRepository,
  assessLevel,
  draftLevel,
  type FindingBehindLevel,
  FindingRepository,
  type Level,
  predict,
} from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import {
  type KnownPerson,
  LatestObservations,
  PersonRepository,
  type StoredResult,
} from '../people/index.js';
import { type RulesVersion } from '../rules/index.js';
import { TerminologyService } from '../terminology/index.js';
import { levelInput } from './domain/level-input.js';
import { type Firstlings, type MovedLevels } from './moved-levels.js';
import { type People } from './admission.js';
import { type PersonRecords } from './domain/person-records.js';
import { Records } from './records.js';

/** All that a person's level follows from. */
export interface LevelSources {
  person: KnownPerson;
  /** All of their results, or at least the latest of each analyte. */
  results: readonly StoredResult[];
  records: PersonRecords | null;
  findings: readonly FindingBehindLevel[];
}

/** What need not be looked up: all of a person's results, say; of a newcomer everything is in the message. */
export type KnownSources = Partial<Omit<LevelSources, 'person'>> & {
  isNewcomer?: boolean;
  /** What the level was until now; null where there was none. */
  before?: Assessment | null;
};

/** Fifth step: the level that a person is at follows their results, records and findings. */
@Injectable()
export class Levelling {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly persons: PersonRepository,
    private readonly observations: LatestObservations,
    private readonly records: Records,
    private readonly findings: FindingRepository,
    private readonly assessments: AssessmentRepository,
    private readonly terminology: TerminologyService,
  ) {}

  /** Everyone of whom a message said something has the level that follows from it. */
  async ofMessage(
    manager: EntityManager,
    people: People,
    moved: MovedLevels,
    rules: RulesVersion,
    now: Date,
  ): Promise<void> {
    const persons = new Map(people.persons.map((person) => [person.id, person]));
    const away = [...moved.others].filter((id) => !persons.has(id));
    for (const [id, person] of await this.persons.findByIds(manager, away)) persons.set(id, person);
    for (const person of persons.values()) {
      const all = people.isNew(person) ? moved.allOf(person.id) : null;
      if (all) await this.ofNewcomer(manager, person, all, rules, now);
      else if (moved.others.has(person.id)) await this.follow(manager, person, rules, now);
    }
  }

  private ofNewcomer(
    manager: EntityManager,
    person: KnownPerson,
    firstlings: Firstlings,
    rules: RulesVersion,
    now: Date,
  ): Promise<void> {
    return this.follow(manager, person, rules, now, { ...firstlings, isNewcomer: true });
  }

  /** To be called while holding the person's row. */
  async follow(
    manager: EntityManager,
    person: KnownPerson,
    rules: RulesVersion,
    now: Date,
    known: KnownSources = {},
  ): Promise<void> {
    if (!rules.levels.plan || person.mergedInto !== null) return;
    const sources = await this.sources(manager, person, rules, known);
    const level = this.expected(rules, sources);
    if (!level) return;
    const isFirst = known.isNewcomer || known.before === null;
    const before = isFirst ? null : (known.before ?? (await this.assessments.ofPerson(manager, person.id)));
    await this.assessments.put(manager, person.id, before, level, rules.version, now);
  }

  /** What a version of the rules says that a person's level is; changes nothing. Null where it gives no levels. */
  expected(rules: RulesVersion, { person, results, records, findings }: LevelSources): Level | null {
    const { levels } = rules;
    if (!levels.plan) return null;
    const { input, standing } = levelInput(
      levels,
      { person, results, records, findings },
      this.config.timeZone,
    );
    const assessed = assessLevel(input);
    const predictions =
      assessed.unknownBecause === 'age' ? [] : predict(input.latest, input.person, input.rivals);
    return draftLevel(assessed, standing, predictions, {
      plan: levels.plan,
      sex: person.sex,
      sentence: rules.sentence,
      nameOf: rules.nameOf,
      isSensitive: (analyte) => this.terminology.vocabulary.isSensitive(analyte),
      typeOf: (id) => results.find((result) => result.id === id)?.resourceType ?? 'Observation',
    });
  }

  /** @param whole analytes of which all results are asked for, beside what is computed from several */
  async sources(
    manager: EntityManager,
    person: KnownPerson,
    { levels: { formulas, lookedBackOn } }: RulesVersion,
    known: KnownSources = {},
    whole: readonly string[] = [],
  ): Promise<LevelSources> {
    const stored = (): Promise<StoredResult[]> => {
      const inputs = formulas.flatMap((formula) => formula.inputs.map(({ analyte }) => analyte));
      const all = new Set([...inputs, ...lookedBackOn, ...whole]);
      return this.observations.ofPerson(manager, person.id, [...all]);
    };
    return {
      person,
      results: known.results ?? (await stored()),
      findings: known.findings ?? (await this.findings.ofPerson(manager, person.id)),
      records: known.records !== undefined ? known.records : await this.records.of(manager, person.id),
    };
  }
}
