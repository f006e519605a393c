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
import { type MessageStep, nextMessage, routeName } from './domain/route.js';
import { type SaidFindings, sayFindings } from './domain/say-findings.js';
import { keyOf } from './ladder.service.js';

const MINUTE_MS = 60_000;

/**
 * Follows the policy's route of a task's care setting: an inpatient's attending doctor is told by a message at once, and
 * the duty doctor when nobody has confirmed it within the time to claim, or when it does not arrive.
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
    const quiet = quietUntil(policy, task.urgency, now, this.config.timeZone);
    let next = nextMessage(route, task.routeSteps);
    // Nobody but class A is woken: what is due at night is said in the morning.
    if (!next || quiet > now) {
      const isSet = await this.tasks.setClocks(manager, task, { ...about, routeAt: next ? quiet : null });
      return isSet ? 0 : null;
    }
    let [steps, at] = [0, task.routeSteps];
    for (let noticed: Noticed | null = null; next && !(noticed && isOnItsWay(noticed)); steps++) {
      const after = nextMessage(route, next.step + 1);
      const wait = policy.claim_within_minutes[task.urgency] * MINUTE_MS;
      const clocks = { routeSteps: next.step + 1, routeAt: after && new Date(now.getTime() + wait) };
      if (!(await this.tasks.setClocks(manager, { ...task, routeSteps: at }, { ...about, ...clocks })))
        return null;
      noticed = await this.#tell(manager, task, next, care, now);
      at = next.step + 1;
      next = after;
    }
    return steps;
  }

  async #tell(
    manager: EntityManager,
    task: TaskEntity,
    { step, to: role }: MessageStep,
    { setting, practitioner }: Care,
    now: Date,
  ): Promise<Noticed> {
    const eventId = newId();
    const findings = await this.#findings(manager, task);
    const notice = this.#notice(task, keyOf(eventId), setting, findings);
    const noticed =
      role === 'attending-doctor'
        ? await this.staff.tellDoctor(manager, practitioner, notice)
        : await this.staff.tell(manager, role, notice);
    // In whichever language somebody reads it.
    const inEnglish = new Set(this.#say(findings, 'en').told.map(({ id }) => id));
    const told = this.#say(findings, 'zh').told.filter(({ id }) => inEnglish.has(id));
    await this.history.note(manager, {
      ...{ id: eventId, taskId: task.id, at: now, actor: 'clock', action: 'routed', version: task.version },
      ...{ fromStatus: task.status, toStatus: task.status, reason: null },
      detail: {
        role,
        step,
        setting,
        dueAt: task.dueAt,
        ...noticed,
        told: setting === 'inpatient' ? told : [],
      },
    });
    return noticed;
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
