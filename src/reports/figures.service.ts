import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { type Rows } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { RulesService } from '../rules/index.js';
import { TerminologyService } from '../terminology/index.js';
import {
  byLocalHour,
  byRule,
  type ClassFigures,
  everyClass,
  type HourFigures,
  NO_SPREAD,
  type RuleFigures,
} from './domain/figures.js';
import { FiguresRepository, type Period, spreadOf } from './figures.repository.js';

/** How calls went in a period. */
export interface CallFigures {
  classes: ClassFigures[];
  hours: HourFigures[];
  rules: RuleFigures[];
}

/** Figures of calls and what became of them; each can be traced to people by the register of the same period. */
@Injectable()
export class FiguresService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(FiguresRepository) private readonly figures: FiguresRepository,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(TerminologyService) private readonly terminology: TerminologyService,
  ) {}

  /** @param seen whose people count */
  async of(period: Period, seen: Rows): Promise<CallFigures> {
    const outcomes = await this.figures.outcomes(period, seen);
    return {
      classes: await this.classes(period, seen),
      hours: byLocalHour(await this.figures.hours(period, seen), this.config.timeZone),
      rules: byRule(outcomes, (rule) => this.#isSensitive(rule)),
    };
  }

  /** Of each class, how many and how fast. */
  async classes(period: Period, seen: Rows): Promise<ClassFigures[]> {
    const counts = await this.figures.counts(period, this.clock.now(), seen);
    const toClaim = await this.figures.toClaim(period, seen);
    const toTell = await this.figures.toTell(period, seen);
    const toClose = await this.figures.toClose(period, seen);
    const timed = counts.map((one) => ({
      ...one,
      toClaim: spreadOf(toClaim, one.class),
      toTell: spreadOf(toTell, one.class),
      toClose: spreadOf(toClose, one.class),
    }));
    const none = { found: 0, told: 0, inTime: 0, decided: 0, missed: 0, awaiting: 0, settled: 0 };
    return everyClass<ClassFigures>(timed, (of) => ({
      class: of,
      ...none,
      toClaim: NO_SPREAD,
      toTell: NO_SPREAD,
      toClose: NO_SPREAD,
    }));
  }

  #isSensitive(id: string): boolean {
    const rule = this.rules.current.rules.find((one) => one.id === id);
    const { vocabulary } = this.terminology;
    return rule?.leaves.some(({ fact }) => vocabulary.isSensitive(fact)) ?? false;
  }
}
