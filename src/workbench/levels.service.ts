import { Inject, Injectable } from '@nestjs/common';
import {
  AssessmentRepository,
  levelInForce,
  type LevelMove,
  LevelOverridesService,
  type OverrideSeen,
} from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { Reader } from '../database/index.js';
import { AppError, Clock, endOfLocalDay, startOfLocalDay } from '../kernel/index.js';
import { causeShown, levelShown } from './domain/level-shown.js';
import { type MoveShown, type OverrideShown, type PersonLevel } from './level.dto.js';
import { PersonFinder } from './person-finder.js';

/** A doctor decides for a year at most: by then there is another checkup. */
const LONGEST_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A person's level as it is shown: what is computed, and the doctor's beside it. */
@Injectable()
export class LevelsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(PersonFinder) private readonly finder: PersonFinder,
    @Inject(AssessmentRepository) private readonly assessments: AssessmentRepository,
    @Inject(LevelOverridesService) private readonly overrides: LevelOverridesService,
  ) {}

  /** The id of the record in force. @throws AppError `not-found` */
  async personId(id: string): Promise<string> {
    // An identifier would be personal data in an address: here only ids are known.
    const found = id.includes('|') ? null : await this.finder.find(id);
    if (!found) throw new AppError('not-found', 'There is no such person.');
    return found.id;
  }

  /** @throws AppError `not-found` where there is no level yet */
  async level(personId: string): Promise<PersonLevel> {
    const assessment = await this.assessments.ofPerson(this.reader.manager, personId);
    if (!assessment) throw new AppError('not-found', 'This person has no level yet.');
    const seen = (await this.overrides.latest([personId])).get(personId) ?? null;
    return {
      personId,
      level: levelInForce(assessment.level, seen),
      computed: levelShown(assessment),
      override: seen && overrideShown(seen),
    };
  }

  async overridesOf(personId: string): Promise<OverrideShown[]> {
    return (await this.overrides.ofPerson(personId)).map(overrideShown);
  }

  /** The end of the last day on which an override counts. @throws AppError `invalid-request` */
  endOf(day: string): Date {
    const until = endOfLocalDay(day, this.config.timeZone);
    if (!until) throw new AppError('invalid-request', 'is no day of the calendar', 'until');
    const now = this.clock.now();
    if (until <= now) throw new AppError('invalid-request', 'is past', 'until');
    if (until.getTime() > now.getTime() + LONGEST_DAYS * DAY_MS)
      throw new AppError('invalid-request', 'must be within a year', 'until');
    return until;
  }

  /** The instants between two days, both included. @throws AppError `invalid-request` */
  period(first: string, last: string): { since: Date; until: Date } {
    const zone = this.config.timeZone;
    const [firstEnd, until] = [endOfLocalDay(first, zone), endOfLocalDay(last, zone)];
    if (!firstEnd) throw new AppError('invalid-request', 'is no day of the calendar', 'since');
    if (!until) throw new AppError('invalid-request', 'is no day of the calendar', 'until');
    const since = startOfLocalDay(new Date(firstEnd.getTime() - 1), zone);
    if (since >= until) throw new AppError('invalid-request', 'is before `since`', 'until');
    return { since, until };
  }
}

export function overrideShown(seen: OverrideSeen): OverrideShown {
  const { id, code, reason, doctor, madeBy, madeAt, until, computed, state, at, contrary } = seen;
  return {
    id,
    level: code,
    reason,
    doctor,
    madeBy,
    madeAt: madeAt.toISOString(),
    until: until.toISOString(),
    computed: { code: computed.code, text: computed.text },
    state,
    stateSince: at.toISOString(),
    contrary: contrary.map(causeShown),
  };
}

export function moveShown({ version, at, from, to, direction, ...move }: LevelMove): MoveShown {
  const { gained, gone, isUnderOtherRules } = move;
  return {
    version,
    at: at.toISOString(),
    from,
    to,
    direction,
    gained: gained.map(causeShown),
    gone: gone.map(causeShown),
    isUnderOtherRules,
  };
}
