import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Finding, FindingRepository, isConfidential } from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import {
  classInWords,
  clockTime,
  isOnItsWay,
  type Noticed,
  StaffMessages,
  type StaffNotice,
  taskRef,
} from '../duty/index.js';
import { type Care, CareOfResults } from '../intake/index.js';
import { newId } from '../kernel/index.js';
import { quietUntil } from '../policy/index.js';
import { RulesService } from '../rules/index.js';
import { coveredBy, type TaskEntity, TaskHistoryRepository, TaskRepository } from '../tasks/index.js';
import { TerminologyService } from '../terminology/index.js';
import { callsAreOver, isAskedToRing, type MessageStep, nextMessage, routeName } from './domain/route.js';
import { type SaidFindings, sayFindings } from './domain/say-findings.js';
import { keyOf } from './ladder.service.js';
import { type RingAsked, RingRequests } from './ring-requests.service.js';

const MINUTE_MS = 60_000;

/**
 * Follows the policy's route of a task's care setting: an inpatient's attending doctor is told by a message at once, and
 * the duty doctor when nobody has confirmed it within the time to claim, or when it does not arrive. A person, a guardian
 * or a relative whom a consent covers is only asked to ring, and where a nurse phones first, not before that has failed.
 */
@Injectable()
export class Routes {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly rules: RulesService,
    private readonly terminology: TerminologyService,
    private readonly care: CareOfResults,
    private readonly findings: FindingRepository,
    private readonly tasks: TaskRepository,
    private readonly history: TaskHistoryRepository,
    private readonly staff: StaffMessages,
    private readonly requests: RingRequests,
  ) {}

  /** @returns how many steps were taken; null when the task has changed, or somebody else was faster */
  async follow(manager: EntityManager, task: TaskEntity, now: Date): Promise<number | null> {
    const { policy } = this.rules.current;
    const [reason] = await this.findings.byIds(manager, [task.reasonFindingId]);
    const care = reason
      ? await this.care.of(manager, reason.observationId)
      : { setting: null, practitioner: null };
    const route = policy.routes[routeName(care.setting)];
    const about = { careSetting: care.setting };
    let next = nextMessage(route, task.routeSteps);
    let [steps, at] = [0, task.routeSteps];
    for (let noticed: Pick<Noticed, 'to'> | null = null; ; steps++) {
      const when = next && this.#from(task, next, now);
      if (!next || when! > now) {
        const seen = { ...task, routeSteps: at };
        return (await this.tasks.setClocks(manager, seen, { ...about, routeAt: when })) ? steps : null;
      }
      if (noticed && isOnItsWay(noticed)) return steps;
      const after = nextMessage(route, next.step + 1);
      const wait = policy.claim_within_minutes[task.urgency] * MINUTE_MS;
      const clocks = { routeSteps: next.step + 1, routeAt: after && new Date(now.getTime() + wait) };
      if (!(await this.tasks.setClocks(manager, { ...task, routeSteps: at }, { ...about, ...clocks })))
        return null;
      noticed = await this.#tell(manager, task, next, care, now);
      at = next.step + 1;
      next = after;
    }
  }

  /** From when on a step may be taken. Nobody but class A is woken: what is due at night is said in the morning. */
  #from(task: TaskEntity, { isAfterCalls }: MessageStep, now: Date): Date {
    const { policy } = this.rules.current;
    const since = task.ladderSince ?? task.createdAt;
    const free = isAfterCalls ? callsAreOver({ ...task, since }, policy) : now;
    return quietUntil(policy, task.urgency, free > now ? free : now, this.config.timeZone);
  }

  async #tell(
    manager: EntityManager,
    task: TaskEntity,
    { step, to: role }: MessageStep,
    { setting, practitioner }: Care,
    now: Date,
  ): Promise<Pick<Noticed, 'to'>> {
    const eventId = newId();
    if (isAskedToRing(role)) {
      const asked = await this.requests.ask(manager, task, role, keyOf(eventId), now);
      await this.#note(manager, task, eventId, { role, step, setting, dueAt: task.dueAt, ...asked }, now);
      return asked;
    }
    const findings = await this.#findings(manager, task);
    const notice = this.#notice(task, keyOf(eventId), setting, findings);
    const noticed =
      role === 'attending-doctor'
        ? await this.staff.tellDoctor(manager, practitioner, notice)
        : await this.staff.tell(manager, role, notice);
    // In whichever language somebody reads it.
    const inEnglish = new Set(this.#say(findings, 'en').told.map(({ id }) => id));
    const told = this.#say(findings, 'zh').told.filter(({ id }) => inEnglish.has(id));
    const detail = { role, step, setting, dueAt: task.dueAt, ...noticed };
    await this.#note(manager, task, eventId, { ...detail, told: setting === 'inpatient' ? told : [] }, now);
    return noticed;
  }

  async #note(
    manager: EntityManager,
    { id: taskId, status, version }: TaskEntity,
    id: string,
    detail: (Noticed | RingAsked) & Readonly<Record<string, unknown>>,
    now: Date,
  ): Promise<void> {
    await this.history.note(manager, {
      ...{ id, taskId, at: now, actor: 'clock', action: 'routed', version, reason: null },
      ...{ fromStatus: status, toStatus: status, detail },
    });
  }

  #notice(
    { id: taskId, personId, urgency, dueAt }: TaskEntity,
    key: string,
    setting: Care['setting'],
    findings: readonly Finding[],
  ): StaffNotice {
    const isInpatient = setting === 'inpatient';
    return {
      ...{ key, template: isInpatient ? 'inpatient-finding' : 'task-waits', urgency, taskId, personId },
      values: (language, channel) => ({
        'task-ref': taskRef(taskId),
        class: classInWords(urgency, language),
        'due-time': clockTime(dueAt, this.config.timeZone),
        ...(isInpatient && channel === 'webhook' && { finding: this.#say(findings, language).text }),
      }),
    };
  }

  /** The findings of a task, the gravest first. */
  async #findings(manager: EntityManager, { id, reasonFindingId }: TaskEntity): Promise<Finding[]> {
    const joined = await this.tasks.findingsOf(manager, [id]);
    const all = await this.findings.byIds(
      manager,
      joined.map(({ findingId }) => findingId),
    );
    const isReason = (one: Finding): number => Number(one.id === reasonFindingId);
    return all.sort(
      (a, b) => isReason(b) - isReason(a) || a.identifiedAt.getTime() - b.identifiedAt.getTime(),
    );
  }

  #say(findings: readonly Finding[], language: 'zh' | 'en'): SaidFindings {
    const { vocabulary } = this.terminology;
    const isSensitive = (name: string): boolean => vocabulary.isSensitive(name);
    const covered = coveredBy(findings, this.rules.current.policy);
    return sayFindings(findings, ({ evidence }) => isConfidential(evidence, isSensitive), language, covered);
  }
}
