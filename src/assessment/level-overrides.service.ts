import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { DIALECTS, Reader, UnitOfWork, type Witness } from '../database/index.js';
import { AppError, Clock, newId } from '../kernel/index.js';
import { type Assessment, AssessmentRepository } from './assessment.repository.js';
import { isBeside, levelHistory, type LevelVersion } from './domain/level-history.js';
import {
  type ComputedLevel,
  type LevelOverride,
  overrideStanding,
  type OverrideStanding,
  standingReasons,
} from './domain/level-override.js';
import { LevelOverrideRepository } from './level-override.repository.js';

/** What a doctor asks for. */
export interface OverrideRequest {
  personId: string;
  /** `1` … `5`. */
  code: string;
  reason: string;
  doctor: string;
  /** The first instant at which it shall not count any more. */
  until: Date;
  /** The version of the computed level that the doctor saw. */
  assessmentVersion: number;
  /** Id of the override in force that this one takes the place of. */
  replaces: string | null;
  actor: string;
}

/** An override with where it has come to. */
export type OverrideSeen = LevelOverride & OverrideStanding;

/** More than these of one person are not listed. */
const MOST_LISTED = 100;

/** A doctor's own level, beside the one that is computed. Whether it still counts is found when it is read. */
@Injectable()
export class LevelOverridesService implements OnApplicationBootstrap {
  constructor(
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly reader: Reader,
    private readonly assessments: AssessmentRepository,
    private readonly overrides: LevelOverrideRepository,
  ) {}

  /** Reasons were stored in clear once. */
  async onApplicationBootstrap(): Promise<void> {
    if (await this.overrides.hasClear(this.reader.manager))
      await this.work.run((manager) => this.overrides.sealClear(manager));
  }

  /**
   * @throws AppError `conflict` where the level has changed since the doctor saw it, where one is in force that this one
   *   does not name, or where the level is computed to be the same
   */
  async set(request: OverrideRequest, witness?: Witness): Promise<void> {
    await this.work.run(async (manager) => {
      const { personId, code, reason, doctor, until, actor, replaces } = request;
      const now = this.clock.now();
      await this.#lock(manager, personId);
      const assessment = await this.assessments.ofPerson(manager, personId);
      if (!assessment)
        throw new AppError('conflict', 'This person has no level yet that could be overridden.');
      const { version, level } = assessment;
      if (version !== request.assessmentVersion) {
        throw new AppError(
          'conflict',
          `The computed level is at version ${version} now: look at it again.`,
          'assessmentVersion',
        );
      }
      if (level.code === code && level.text === code)
        throw new AppError('conflict', 'This is the computed level.', 'level');
      await this.#makeRoom(manager, assessment, personId, { replaces, actor, now });
      const computed = { version, code: level.code, text: level.text };
      const standing = standingReasons(level);
      const told = { code, reason, doctor, until, computed, standing };
      const id = newId();
      await this.overrides
        .insert(manager, {
          id,
          personId,
          assessmentId: assessment.id,
          ...told,
          madeBy: actor,
          madeAt: now,
          ended: null,
        })
        .catch((error: unknown) => {
          if (DIALECTS[this.work.kind].isDuplicateKey(error)) throw inForceAlready();
          throw error;
        });
      await witness?.(manager, { subject: `override/${id}` });
    });
  }

  /**
   * The computed level counts again.
   * @throws AppError `not-found` where the person has no such override; `conflict` where it does not count any more
   */
  async withdraw(personId: string, id: string, actor: string, witness?: Witness): Promise<void> {
    await this.work.run(async (manager) => {
      await this.#lock(manager, personId);
      const [open] = await this.overrides.open(manager, [personId]);
      if (open?.id !== id) throw new AppError('not-found', 'There is no such override in force.', 'id');
      const [seen] = await this.#seen(manager, [open]);
      if (seen!.state !== 'in-force')
        throw new AppError('conflict', `This override is ${seen!.state} already.`);
      await this.overrides.end(manager, id, { at: this.clock.now(), by: actor, because: 'withdrawn' });
      await witness?.(manager, { subject: `override/${id}` });
    });
  }

  /** Of these people: the override that nobody has ended, in force or not. */
  async latest(personIds: readonly string[]): Promise<Map<string, OverrideSeen>> {
    const { manager } = this.reader;
    const seen = await this.#seen(manager, await this.overrides.open(manager, personIds));
    return new Map(seen.map((one) => [one.personId, one]));
  }

  /** Of these assessments: all that each was, with what doctors said beside it; of those alone beside which one stood. */
  async histories(
    current: readonly (ComputedLevel & { id: string; personId: string })[],
  ): Promise<Map<string, LevelVersion[]>> {
    const { manager } = this.reader;
    const now = this.clock.now();
    const all = await this.overrides.ofPeople(
      manager,
      current.map(({ personId }) => personId),
    );
    const histories = new Map<string, LevelVersion[]>();
    for (const one of current) {
      const own = all.filter((override) => isBeside(override, one));
      if (own.length === 0) continue;
      const earlier = await this.assessments.earlier(manager, one.id);
      histories.set(one.id, levelHistory([...earlier, one], own, now));
    }
    return histories;
  }

  /** All of a person, latest first. */
  async ofPerson(personId: string): Promise<OverrideSeen[]> {
    const { manager } = this.reader;
    return this.#seen(manager, await this.overrides.ofPerson(manager, personId, MOST_LISTED));
  }

  /** Ends what stands in the way: what does not count any more, or what the doctor names. */
  async #makeRoom(
    manager: EntityManager,
    assessment: Assessment,
    personId: string,
    { replaces, actor, now }: { replaces: string | null; actor: string; now: Date },
  ): Promise<void> {
    const [open] = await this.overrides.open(manager, [personId]);
    if (replaces !== null && open?.id !== replaces)
      throw new AppError('conflict', 'There is no such override in force.', 'replaces');
    if (!open) return;
    const earlier = await this.assessments.earlier(manager, assessment.id, open.computed.version);
    const { state } = overrideStanding(open, [assessment, ...earlier], now);
    if (state === 'in-force' && replaces === null) throw inForceAlready();
    await this.overrides.end(manager, open.id, { at: now, by: actor, because: 'replaced' });
  }

  async #seen(manager: EntityManager, overrides: readonly LevelOverride[]): Promise<OverrideSeen[]> {
    const now = this.clock.now();
    const seen: OverrideSeen[] = [];
    for (const override of overrides) {
      const current = await this.assessments.ofPerson(manager, override.personId);
      const earlier = current
        ? await this.assessments.earlier(manager, current.id, override.computed.version)
        : [];
      const computed = current ? [current, ...earlier] : [];
      seen.push({ ...override, ...overrideStanding(override, computed, now) });
    }
    return seen;
  }

  /** Results of the person wait until the doctor's decision is written, and the other way round. */
  async #lock(manager: EntityManager, personId: string): Promise<void> {
    await manager.query(`SELECT id FROM person WHERE id = ?${DIALECTS[this.work.kind].forUpdate}`, [
      personId,
    ]);
  }
}

function inForceAlready(): AppError {
  return new AppError(
    'conflict',
    'An override is in force: name it in `replaces`, or withdraw it.',
    'replaces',
  );
}
