import { Inject, Injectable } from '@nestjs/common';
import { AccountsService } from '../accounts/index.js';
import { type Finding, FindingRepository } from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { Reader, type Rows } from '../database/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { CareOfResults } from '../intake/index.js';
import { maskText, PersonRepository } from '../people/index.js';
import { planCall } from '../policy/index.js';
import { RulesService } from '../rules/index.js';
import {
  atWork,
  coveredBy,
  LoopsService,
  type TaskEntity,
  type TaskFindingEntity,
  TaskRepository,
} from '../tasks/index.js';
import { lifeShown } from './domain/life-shown.js';
import { type TaskLifeShown } from './life.dto.js';
import { findingShown } from './finding-shown.js';
import { type FoundPerson, PersonFinder } from './person-finder.js';
import { PRIORITIES } from './queue.dto.js';
import { QueueRepository } from './queue.repository.js';
import { QueueService } from './queue.service.js';
import { TrendsService } from './trends.service.js';
import { loopsShown } from './task-history.service.js';
import {
  type ContactShown,
  type FindingShown,
  type PersonDetail,
  type TaskDetail,
  type TaskPlan,
} from './task.dto.js';

/** One task with everything that whoever takes it must see. */
@Injectable()
export class TaskDetailService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(LoopsService) private readonly loops: LoopsService,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(TaskRepository) private readonly tasks: TaskRepository,
    @Inject(FindingRepository) private readonly findings: FindingRepository,
    @Inject(PersonRepository) private readonly persons: PersonRepository,
    @Inject(PersonFinder) private readonly finder: PersonFinder,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(CareOfResults) private readonly care: CareOfResults,
    @Inject(TrendsService) private readonly trends: TrendsService,
    @Inject(QueueService) private readonly queue: QueueService,
    @Inject(QueueRepository) private readonly open: QueueRepository,
  ) {}

  /**
   * @param isRevealed values of sensitive compartments are shown
   * @param rows who may be seen beside its person
   * @throws AppError `not-found`
   */
  async task(id: string, isRevealed: boolean, rows: Rows): Promise<TaskDetail> {
    const { manager } = this.reader;
    const found = await this.tasks.find(manager, id);
    if (!found) throw new AppError('not-found', 'There is no such task.');
    const { task } = found;
    const joined = new Map(found.findings.map((one) => [one.findingId, one]));
    const findings = await this.findings.byIds(manager, [...joined.keys()]);
    const covered = coveredBy(findings, this.rules.current.policy);
    const person = task.personId ? await this.finder.find(task.personId) : null;
    const { version, code, status, urgency, closedReason, owner, note } = task;
    const shown = findings
      .map((finding) => this.#finding(finding, task, joined.get(finding.id), covered, isRevealed))
      .sort((a, b) => Number(b.isReason) - Number(a.isReason) || (a.identifiedAt < b.identifiedAt ? -1 : 1));
    return {
      id,
      version,
      code,
      status,
      class: urgency,
      priority: PRIORITIES[urgency],
      due: task.dueAt.toISOString(),
      createdAt: task.createdAt.toISOString(),
      closedAt: task.closedAt?.toISOString() ?? null,
      closedReason,
      owner,
      note,
      life: await this.#life(task),
      plan: this.#plan(task),
      loops: await loopsShown(await this.loops.ofFindings(manager, [...joined.keys()]), this.accounts),
      person: person && (await this.person(person)),
      namesakes: person ? await this.open.namesakes(person, rows) : 0,
      checkup: await this.#checkup(shown),
      trends: person ? await this.trends.of(person.id, shown) : [],
      findings: shown,
    };
  }

  /** How the person of a task is reached, without mask; null where there is no such task, or nobody is known yet. */
  async contacts(taskId: string): Promise<{ personId: string; items: ContactShown[] } | null> {
    const { manager } = this.reader;
    const found = await this.tasks.find(manager, taskId);
    const person = found?.task.personId ? await this.finder.find(found.task.personId) : null;
    if (!person) return null;
    return { personId: person.id, items: await this.contactsOf(person.id) };
  }

  /** How somebody is reached, without mask. */
  async contactsOf(personId: string): Promise<ContactShown[]> {
    const contacts = await this.persons.contactsOf(this.reader.manager, personId);
    return contacts.map((one) => ({ ...one, knownSince: one.knownSince.toISOString() }));
  }

  async #life(task: TaskEntity): Promise<TaskLifeShown> {
    return lifeShown(task, this.clock.now(), await this.accounts.namesOf([task.owner]));
  }

  /** The checkup that the reason was found in. */
  async #checkup([reason]: readonly FindingShown[]): Promise<string | null> {
    const result = reason?.implicated.find(({ type }) => type === 'Observation');
    return result ? this.care.number(this.reader.manager, result.id) : null;
  }

  async codeOf(id: string): Promise<TaskEntity['code']> {
    const found = await this.tasks.find(this.reader.manager, id);
    if (!found) throw new AppError('not-found', 'There is no such task.');
    return found.task.code;
  }

  /** @returns the person it is about; null while its result waits for one */
  async personOf(id: string): Promise<string | null> {
    const found = await this.tasks.find(this.reader.manager, id);
    if (!found) throw new AppError('not-found', 'There is no such task.');
    return found.task.personId;
  }

  /** Somebody, with how they are reached, masked, and whom to speak to. */
  async person(found: FoundPerson): Promise<PersonDetail> {
    const shown = this.queue.person(found);
    const contacts = await this.persons.contactsOf(this.reader.manager, found.id);
    const { minors } = this.rules.current.policy;
    const isMinor = shown.ageYears !== null && shown.ageYears < minors.guardian_below;
    return {
      ...shown,
      birthDate: found.birthDate,
      isDeceased: found.isDeceased,
      speakTo: found.isDeceased ? 'nobody' : isMinor ? 'guardian' : 'person',
      contacts: contacts.map(({ system, value, knownSince }) => ({
        system,
        value: maskText(value),
        knownSince: knownSince.toISOString(),
      })),
    };
  }

  /** What is due of it; nothing of a closed one, whose findings have loops of their own. */
  #plan(task: TaskEntity): TaskPlan {
    const now = this.clock.now();
    const plan = planCall(atWork(task, now), this.rules.current.policy, now, this.config.timeZone);
    return {
      claimBy: plan.claimBy?.toISOString() ?? null,
      reachBy: plan.reachBy?.toISOString() ?? null,
      callAt: plan.attemptAt?.toISOString() ?? null,
      escalateAt: plan.escalate?.at.toISOString() ?? null,
      escalateTo: plan.escalate?.role ?? null,
    };
  }

  #finding(
    finding: Finding,
    task: TaskEntity,
    joined: TaskFindingEntity | undefined,
    covered: ReadonlyMap<string, string>,
    isRevealed: boolean,
  ): FindingShown {
    const place = {
      isReason: finding.id === task.reasonFindingId,
      isNew: joined?.isNew ?? false,
      coveredBy: covered.get(finding.id) ?? null,
    };
    return findingShown(finding, place, this.queue.isSensitive, isRevealed);
  }
}
