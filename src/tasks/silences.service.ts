import { type EntityManager } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { FindingRepository } from '../assessment/index.js';
import { DIALECTS, UnitOfWork, type Witness } from '../database/index.js';
import { AppError, Clock, newId } from '../kernel/index.js';
import { type NotificationPolicy } from '../policy/index.js';
import { RulesService } from '../rules/index.js';
import { type Silence } from './domain/silence.js';
import { SilenceRepository } from './silence.repository.js';
import { TaskRepository } from './task.repository.js';
import { TasksService } from './tasks.service.js';

const DAY_MS = 86_400_000;

/** What a doctor asks for. */
export interface SilenceRequest {
  /** Its rule is silenced, for its person, up to its class. */
  findingId: string;
  /** One that the policy has for this rule; may be left out where it has one alone. */
  reason: string | null;
  /** The first instant at which it shall not count any more. */
  until: Date;
  actor: string;
}

/** 停叫: what a doctor may silence for one person, within what the policy allows; ended by its day, or by a doctor. */
@Injectable()
export class SilencesService {
  constructor(
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly rules: RulesService,
    private readonly findings: FindingRepository,
    private readonly silences: SilenceRepository,
    private readonly tasks: TaskRepository,
    private readonly queue: TasksService,
  ) {}

  /**
   * The rule of a finding rings nobody for its person until then; what waits for a call because of it alone is taken back.
   * @throws AppError `not-found`; `invalid-request` for what the policy does not allow; `conflict` where it is silenced
   *   already
   */
  async set({ findingId, reason, until, actor }: SilenceRequest, witness: Witness): Promise<Silence> {
    return this.work.run(async (manager) => {
      const now = this.clock.now();
      const [asked] = await this.findings.byIds(manager, [findingId]);
      if (!asked?.personId || asked.kind !== 'finding')
        throw new AppError('not-found', 'There is no such finding of a person.');
      await this.tasks.lockPerson(manager, asked.personId);
      // Read under the lock: it may be graver by now.
      const [finding] = await this.findings.byIds(manager, [findingId]);
      const { personId, ruleId, urgency } = finding!;
      const allowed = allowedOf(this.rules.current.policy, ruleId, reason);
      if (until.getTime() - now.getTime() > allowed.longest_days * DAY_MS)
        throw new AppError(
          'invalid-request',
          `must be within ${allowed.longest_days} days, as the policy says`,
          'until',
        );
      const silence: Silence = {
        ...{ id: newId(), personId: personId!, ruleId, class: urgency, reason: allowed.reason },
        ...{ madeBy: actor, madeAt: now, until, endedAt: null, endedBecause: null },
      };
      await this.silences.insert(manager, silence).catch((error: unknown) => {
        if (DIALECTS[this.work.kind].isDuplicateKey(error))
          throw new AppError('conflict', 'This rule is silenced for this person already.');
        throw error;
      });
      await this.queue.follow(manager, { personId: personId! }, now);
      await witness(manager, { personIds: [personId!], subject: `silence/${silence.id}` });
      return silence;
    });
  }

  /**
   * What the policy lets a doctor silence of a finding, each with its reason; empty where it lets nobody.
   * @throws AppError `not-found`
   */
  async allowedFor(manager: EntityManager, findingId: string): Promise<Allowed[]> {
    const [finding] = await this.findings.byIds(manager, [findingId]);
    if (!finding?.personId || finding.kind !== 'finding')
      throw new AppError('not-found', 'There is no such finding of a person.');
    return ofRule(this.rules.current.policy, finding.ruleId);
  }

  /**
   * What was silenced rings again, if it is still news.
   * @throws AppError `not-found` where the person has no such silence; `conflict` where it has ended
   */
  async end(personId: string, id: string, actor: string, witness: Witness): Promise<void> {
    await this.work.run(async (manager) => {
      const now = this.clock.now();
      await this.tasks.lockPerson(manager, personId);
      const found = await this.silences.find(manager, id);
      if (found?.personId !== personId) throw new AppError('not-found', 'There is no such silence.');
      if (!(await this.silences.end(manager, id, { at: now, by: actor, because: 'ended' })))
        throw new AppError('conflict', 'This silence has ended already.');
      await this.queue.follow(manager, { personId }, now);
      await witness(manager, { personIds: [personId], subject: `silence/${id}` });
    });
  }

  /** Ends those whose day has come, once over any number of instances. @returns how many */
  async endDue(limit: number): Promise<number> {
    const due = await this.work.run((manager) => this.silences.due(manager, this.clock.now(), limit));
    let ended = 0;
    let failed: unknown = null;
    for (const { id, personId } of due) {
      try {
        if (await this.#end(id, personId)) ended++;
      } catch (error) {
        // One person whose findings cannot be followed keeps no other's silence from ending.
        if (error instanceof AppError && error.code === 'try-again') throw error;
        failed ??= error;
      }
    }
    if (failed !== null) throw failed as Error;
    return ended;
  }

  #end(id: string, personId: string): Promise<boolean> {
    return this.work.run(async (manager) => {
      const now = this.clock.now();
      await this.tasks.lockPerson(manager, personId);
      if (!(await this.silences.end(manager, id, { at: now, by: 'clock', because: 'over' }))) return false;
      await this.queue.follow(manager, { personId }, now);
      return true;
    });
  }
}

type Allowed = NotificationPolicy['may_silence'][number];

function ofRule({ may_silence: all }: NotificationPolicy, ruleId: string): Allowed[] {
  return all.filter(({ rules }) => rules.includes(ruleId));
}

/** What the policy lets a doctor silence of this rule. @throws AppError `invalid-request` */
function allowedOf(policy: NotificationPolicy, ruleId: string, reason: string | null): Allowed {
  const allowed = ofRule(policy, ruleId);
  if (allowed.length === 0)
    throw new AppError('invalid-request', 'The policy lets nobody silence this rule.', 'rule');
  const named = reason === null ? allowed : allowed.filter((one) => one.reason === reason);
  if (named.length !== 1)
    throw new AppError('invalid-request', 'Give one of the reasons that the policy has for it.', 'reason');
  return named[0]!;
}
