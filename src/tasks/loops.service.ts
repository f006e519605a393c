import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { type Finding, FindingRepository } from '../assessment/index.js';
import { ConflictError, AppError } from '../kernel/index.js';
import { isEvidence, type StoredResult } from '../people/index.js';
import { type NotificationPolicy } from '../policy/index.js';
import { type JudgedOutcome, outcomeOf } from './domain/close-loop.js';
import { LoopEntity } from './loop.entity.js';

const DAY_MS = 86_400_000;
const RESULTS = 'results';

/** What somebody found out about a finding after its person was told. */
export interface Outcome {
  findingId: string;
  version: number;
  outcome: string;
  words: Readonly<Record<string, string>>;
  /** The person can't be found any more: no outcome, but an end. */
  isLost: boolean;
  actor: string;
}

/** 闭环: from the telling to the known outcome. Later results close loops by themselves, or open them again. */
@Injectable()
export class LoopsService {
  constructor(private readonly findings: FindingRepository) {}

  /** The person was told of these findings: from now on their outcome is asked for. */
  async open(
    manager: EntityManager,
    told: readonly Finding[],
    taskId: string,
    policy: NotificationPolicy,
    recheckAt: Date | null,
    now: Date,
  ): Promise<void> {
    const standing = told.filter(
      ({ status, kind, personId }) => status !== 'retracted' && kind === 'finding' && personId !== null,
    );
    if (standing.length === 0) return;
    await manager.delete(LoopEntity, { findingId: In(standing.map(({ id }) => id)) });
    await manager.insert(
      LoopEntity,
      standing.map((finding) => ({
        findingId: finding.id,
        personId: finding.personId!,
        taskId,
        state: 'awaiting' as const,
        dueAt: new Date(now.getTime() + policy.follow_up_days[finding.urgency].at(-1)! * DAY_MS),
        recheckAt,
        version: 1,
        toldAt: now,
        updatedAt: now,
      })),
    );
  }

  /** Results of known people were judged: they may be what a told person was asked to have done again. */
  async judged(manager: EntityManager, results: readonly StoredResult[], now: Date): Promise<void> {
    const personIds = [...new Set(results.flatMap(({ personId }) => personId ?? []))];
    if (personIds.length === 0) return;
    // What people have closed stays as they said.
    const of = { personId: In(personIds) };
    const loops = await manager.findBy(LoopEntity, [
      { ...of, closedBy: IsNull() },
      { ...of, closedBy: RESULTS },
    ]);
    if (loops.length === 0) return;
    const told = await this.findings.byIds(
      manager,
      loops.map(({ findingId }) => findingId),
    );
    const standing = await this.findings.ofObservations(
      manager,
      results.map(({ id }) => id),
    );
    for (const loop of loops) {
      const finding = told.find(({ id }) => id === loop.findingId);
      if (!finding) continue;
      for (const result of results.filter(({ personId }) => personId === loop.personId)) {
        const found = isEvidence(result.status)
          ? outcomeOf(finding, {
              ...result,
              findings: standing.filter((one) => one.observationId === result.id),
            })
          : null;
        await this.#settle(manager, loop, result.id, found, now);
      }
    }
  }

  /** Findings of a person that are gone need no outcome; those that stand again do. */
  async follow(manager: EntityManager, findings: readonly Finding[], now: Date): Promise<void> {
    const gone = findings.filter(({ status, toldAs }) => status === 'retracted' && toldAs !== null);
    if (gone.length === 0) return;
    const withdrawn = {
      state: 'closed' as const,
      outcome: 'withdrawn',
      closedAt: now,
      closedBy: RESULTS,
      updatedAt: now,
    };
    await manager.update(
      LoopEntity,
      { findingId: In(gone.map(({ id }) => id)), state: 'awaiting' },
      withdrawn,
    );
  }

  /**
   * Somebody says what became of it.
   * @throws AppError `not-found`, or `conflict` when it has changed since it was read
   */
  async close(manager: EntityManager, outcome: Outcome, now: Date): Promise<LoopEntity> {
    const { findingId, version, isLost, actor: closedBy } = outcome;
    const loop = await manager.findOneBy(LoopEntity, { findingId });
    if (!loop) throw new AppError('not-found', 'Nobody was told of such a finding.');
    const change = {
      state: isLost ? ('lost' as const) : ('closed' as const),
      outcome: outcome.outcome,
      words: JSON.stringify(outcome.words),
      closedAt: now,
      closedBy,
      updatedAt: now,
      version: version + 1,
    };
    const { affected } = await manager.update(LoopEntity, { findingId, version }, change);
    if (affected !== 1)
      throw new ConflictError('It has changed since it was read.', {
        version: loop.version,
        state: loop.state,
      });
    return { ...loop, ...change };
  }

  /** One person's become another's; where both were told of the same, what stands of the one that is kept counts. */
  async move(
    manager: EntityManager,
    from: string,
    to: string,
    replaced: readonly { gone: string; kept: string }[],
  ): Promise<void> {
    for (const { gone, kept } of replaced) {
      if (await manager.existsBy(LoopEntity, { findingId: kept }))
        await manager.delete(LoopEntity, { findingId: gone });
      else await manager.update(LoopEntity, { findingId: gone }, { findingId: kept });
    }
    await manager.update(LoopEntity, { personId: from }, { personId: to });
  }

  ofFindings(manager: EntityManager, findingIds: readonly string[]): Promise<LoopEntity[]> {
    return manager.findBy(LoopEntity, { findingId: In([...findingIds]) });
  }

  async #settle(
    manager: EntityManager,
    loop: LoopEntity,
    resultId: string,
    found: JudgedOutcome | null,
    now: Date,
  ): Promise<void> {
    // A result that settled it and no longer does, because it was corrected or withdrawn, opens it again.
    if (found === null && loop.observationId !== resultId) return;
    const state =
      found === null
        ? ('awaiting' as const)
        : found === 'normal'
          ? ('closed' as const)
          : ('reopened' as const);
    const change = {
      state,
      outcome: found,
      observationId: found === null ? null : resultId,
      closedAt: found === null ? null : now,
      closedBy: found === null ? null : RESULTS,
      updatedAt: now,
      version: loop.version + 1,
    };
    await manager.update(LoopEntity, { findingId: loop.findingId }, change);
    Object.assign(loop, change);
  }
}
