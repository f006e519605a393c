import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { RulesService, type RulesVersion } from '../rules/index.js';
import { type TaskSubject } from '../tasks/index.js';
import { type RejudgeJob } from './domain/rejudge-job.js';
import { RejudgeJobRepository } from './rejudge-job.repository.js';
import { StrayMessages } from './stray-messages.js';

/** By which version somebody is judged, or is to be. */
export interface Standard {
  rules: RulesVersion;
  /** The job has not come to them yet: what stands of them is what an earlier version said. */
  isPending: boolean;
}

/** By which version of the rules stored people are judged: what a second witness has to judge by. */
@Injectable()
export class JudgedBy {
  #known: RulesVersion | null = null;

  constructor(
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(RejudgeJobRepository) private readonly jobs: RejudgeJobRepository,
    @Inject(StrayMessages) private readonly strays: StrayMessages,
  ) {}

  /**
   * Of a person, or of a result that waits for one; to be asked while holding their row.
   * @throws AppError `not-found` when the version is not kept any more
   */
  async of(manager: EntityManager, subject: TaskSubject): Promise<Standard> {
    const job = await this.jobs.latest(manager);
    if (!job) return { rules: this.rules.current, isPending: false };
    if (this.#known?.version !== job.toVersion) this.#known = await this.rules.version(job.toVersion);
    return { rules: this.#known, isPending: isAhead(job, subject) };
  }

  /** Whether a message that another version has judged still waits to be found: see `StrayMessages`. */
  async hasStrays(): Promise<boolean> {
    const job = await this.jobs.latest();
    return job !== null && (await this.strays.page(job.straysAfter, job.toVersion, 1)).length > 0;
  }
}

function isAhead(job: RejudgeJob, subject: TaskSubject): boolean {
  if (job.openKey === null || job.phase === 'strays') return false;
  if ('personId' in subject) return job.phase === 'persons' && subject.personId > job.reachedId;
  return job.phase === 'persons' || subject.observationId > job.reachedId;
}
