import { Inject, Injectable } from '@nestjs/common';
import { type Finding, FindingRepository } from '../assessment/index.js';
import { Reader } from '../database/index.js';
import { AppError } from '../kernel/index.js';
import { maskText, PersonRepository } from '../people/index.js';
import { RulesService } from '../rules/index.js';
import { type TaskEntity, type TaskFindingEntity, TaskRepository } from '../tasks/index.js';
import { disclose } from './domain/disclosure.js';
import { explanationAddress } from './explanation.dto.js';
import { type FoundPerson, PersonFinder } from './person-finder.js';
import { PRIORITIES } from './queue.dto.js';
import { QueueService } from './queue.service.js';
import { type FindingShown, type PersonDetail, type TaskDetail } from './task.dto.js';

/** One task with everything that whoever takes it must see. */
@Injectable()
export class TaskDetailService {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(TaskRepository) private readonly tasks: TaskRepository,
    @Inject(FindingRepository) private readonly findings: FindingRepository,
    @Inject(PersonRepository) private readonly persons: PersonRepository,
    @Inject(PersonFinder) private readonly finder: PersonFinder,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(QueueService) private readonly queue: QueueService,
  ) {}

  /**
   * @param isRevealed values of sensitive compartments are shown
   * @throws AppError `not-found`
   */
  async task(id: string, isRevealed: boolean): Promise<TaskDetail> {
    const { manager } = this.reader;
    const found = await this.tasks.find(manager, id);
    if (!found) throw new AppError('not-found', 'There is no such task.');
    const { task } = found;
    const joined = new Map(found.findings.map((one) => [one.findingId, one]));
    const findings = await this.findings.byIds(manager, [...joined.keys()]);
    const person = task.personId ? await this.finder.find(task.personId) : null;
    const { version, code, status, urgency, closedReason, owner, note } = task;
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
      person: person && (await this.#person(person)),
      findings: findings
        .map((finding) => this.#finding(finding, task, joined.get(finding.id), isRevealed))
        .sort(
          (a, b) => Number(b.isReason) - Number(a.isReason) || (a.identifiedAt < b.identifiedAt ? -1 : 1),
        ),
    };
  }

  async codeOf(id: string): Promise<TaskEntity['code']> {
    const found = await this.tasks.find(this.reader.manager, id);
    if (!found) throw new AppError('not-found', 'There is no such task.');
    return found.task.code;
  }

  async #person(found: FoundPerson): Promise<PersonDetail> {
    const shown = this.queue.person(found);
    const contacts = await this.persons.contactsOf(this.reader.manager, found.id);
    const { minors } = this.rules.current.policy;
    const isMinor = shown.ageYears !== null && shown.ageYears < minors.guardian_below;
    return {
      ...shown,
      isDeceased: found.isDeceased,
      speakTo: found.isDeceased ? 'nobody' : isMinor ? 'guardian' : 'person',
      contacts: contacts.map(({ system, value, knownSince }) => ({
        system,
        value: maskText(value),
        knownSince: knownSince.toISOString(),
      })),
    };
  }

  #finding(
    finding: Finding,
    task: TaskEntity,
    joined: TaskFindingEntity | undefined,
    isRevealed: boolean,
  ): FindingShown {
    const shown = disclose(finding.evidence, this.queue.isSensitive, isRevealed);
    const isHidden = shown.isConfidential && !isRevealed;
    return {
      ...shown,
      id: finding.id,
      rule: isHidden ? null : finding.ruleId,
      ruleSetVersion: finding.ruleSetVersion,
      kind: finding.kind,
      status: finding.status,
      class: finding.urgency,
      isReason: finding.id === task.reasonFindingId,
      isNew: joined?.isNew ?? false,
      identifiedAt: finding.identifiedAt.toISOString(),
      toldAt: finding.toldAt?.toISOString() ?? null,
      toldAs: isHidden ? null : (finding.toldAs?.sentence ?? null),
      correction: finding.correction,
      explanation: explanationAddress(finding.id),
    };
  }
}
