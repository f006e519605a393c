import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Finding, FindingRepository, isConfidential } from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { AppError, ConflictError } from '../kernel/index.js';
import { ageInYears, type KnownPerson, PersonRepository, Relatives } from '../people/index.js';
import { RulesService } from '../rules/index.js';
import { TerminologyService, toCanonical } from '../terminology/index.js';
import { type Call, type CheckedCall } from './call.js';
import { coveredBy } from './domain/covers.js';
import { mayHear } from './domain/hearing.js';
import { identify, isIdentified } from './domain/identity.js';
import { isReadBack, spokenValue } from './domain/read-back.js';
import { type OpenTask } from './task.repository.js';

/** Whether what is recorded of a call may count as told: the right person, who may hear it, and repeated it rightly. */
@Injectable()
export class CallCheck {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly rules: RulesService,
    private readonly terminology: TerminologyService,
    private readonly persons: PersonRepository,
    private readonly relatives: Relatives,
    private readonly findings: FindingRepository,
  ) {}

  /** Who they are and what they repeated, when something was told; nothing is asked of a call that failed. */
  async check(
    manager: EntityManager,
    call: Call,
    { task, findings: joined }: OpenTask,
    person: KnownPerson | null,
    numbers: readonly string[],
    now: Date,
  ): Promise<CheckedCall> {
    const nothing = { differing: { identifiers: [], findings: [] }, kept: [], told: [], agreed: [] };
    if (call.outcome !== 'told') return { ...nothing, outcome: call.outcome };
    if (!person) throw new ConflictError('The result waits for its person.', {});
    if (!call.answeredBy) throw new AppError('invalid-request', 'who answered?', 'answeredBy');
    const all = await this.findings.byIds(
      manager,
      joined.map(({ findingId }) => findingId),
    );
    const listener = {
      answeredBy: call.answeredBy,
      hasConsent:
        call.answeredBy === 'relative' &&
        call.relativeName !== null &&
        (await this.relatives.hasConsent(manager, person.id, call.relativeName, now)),
    };
    const { vocabulary } = this.terminology;
    const about = {
      isDeceased: person.isDeceased,
      ageYears: ageInYears(person.birthDate, now, this.config.timeZone),
      guardianBelow: this.rules.current.policy.minors.guardian_below,
    };
    const hearings = all.map((finding) => {
      const isSensitive = isConfidential(finding.evidence, (name) => vocabulary.isSensitive(name));
      const hearing = mayHear(listener, about, isSensitive);
      return { finding, hearing: isSensitive && !call.seesSensitive ? ('sensitive' as const) : hearing };
    });
    const told = hearings.flatMap(({ finding, hearing }) => (hearing === 'may-hear' ? finding : []));
    const kept = hearings.flatMap(({ finding, hearing }) =>
      hearing === 'may-hear' ? [] : { findingId: finding.id, because: hearing },
    );
    if (told.length === 0)
      throw new ConflictError('Say only: please ring the centre.', {
        hearing: kept[0]?.because ?? null,
        version: task.version,
      });
    const { agreed, differing } = identify(call.heard, { ...person, phones: numbers });
    if (!isIdentified({ agreed, differing }))
      return {
        ...nothing,
        outcome: 'not-identified',
        differing: { identifiers: differing, findings: [] },
        agreed,
      };
    // What a graver form of the same result covers is told with it: nobody repeats one value twice.
    const covered = coveredBy(told, this.rules.current.policy);
    const wrong = told
      .filter((finding) => !covered.has(finding.id) && !this.#isReadBack(finding, call.readBack))
      .map(({ id }) => id);
    if (wrong.length > 0)
      return {
        ...nothing,
        outcome: 'read-back-differs',
        differing: { identifiers: [], findings: wrong },
        agreed,
      };
    return { outcome: 'told', differing: nothing.differing, kept, told, agreed };
  }

  #isReadBack(finding: Finding, readBack: Call['readBack']): boolean {
    const typed = readBack.find(({ findingId }) => findingId === finding.id);
    if (!typed) return false;
    // What was withdrawn has no value to repeat.
    const spoken =
      finding.status === 'retracted' ? null : spokenValue(finding.evidence, finding.observationId);
    return isReadBack(typed, spoken, (analyte, text, unit) =>
      toCanonical(this.terminology.vocabulary, analyte, text, unit),
    );
  }

  /** The telephone numbers on record. */
  async numbers(manager: EntityManager, personId: string): Promise<string[]> {
    const contacts = await this.persons.contactsOf(manager, personId);
    return contacts.filter(({ system }) => system !== 'email').map(({ value }) => value);
  }
}
