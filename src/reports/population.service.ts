import { setImmediate as turn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { type Rows } from '../database/index.js';
import { AppError, Clock, endOfLocalDay, localDay } from '../kernel/index.js';
import { ageInYears } from '../people/index.js';
import { RulesService } from '../rules/index.js';
import { openText, Vault } from '../secrets/index.js';
import { TerminologyService } from '../terminology/index.js';
import { ageBand } from './domain/age-band.js';
import { employerOf, UNKNOWN_GROUP } from './domain/employer.js';
import {
  type Counted,
  groupTable,
  type GroupTable,
  LEVEL_CODES,
  type LevelCode,
} from './domain/group-table.js';
import { type LevelRow, PopulationRepository } from './population.repository.js';

export const GROUPINGS = ['sex', 'age-band', 'employer', 'year'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Levels and findings of everybody, by one property. */
export interface Population {
  by: Grouping;
  /** The year at whose end levels are looked at, or now while it runs. */
  year: number;
  /** Null where there are too few people to show anything. */
  table: GroupTable | null;
}

const PAGE = 500;
/** A year more is another table; these are enough to compare. */
const MOST_YEARS = 10;

interface Year {
  year: number;
  since: Date;
  until: Date;
}

/** Group figures: how many people are at which level, and have which finding; small numbers are never shown. */
@Injectable()
export class PopulationService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(PopulationRepository) private readonly rows: PopulationRepository,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(TerminologyService) private readonly terminology: TerminologyService,
  ) {}

  /**
   * @param rows who is counted: whom the asker may see
   * @param year levels as known at its end, findings made in it; by year: this one and those before it
   * @throws AppError `invalid-request` for a year to come
   */
  async by(by: Grouping, rows: Rows, year = this.#thisYear()): Promise<Population> {
    if (year > this.#thisYear()) throw new AppError('invalid-request', 'is yet to come', 'year');
    if (by !== 'year') {
      const people: Counted[] = [];
      await this.#count(this.#yearOf(year), by, rows, (one) => people.push(one));
      return { by, year, table: groupTable(people) };
    }
    return { by, year, table: await this.#byYear(year, rows) };
  }

  /** Every year is a table of its own: the same people stand in several, and their sum means nothing. */
  async #byYear(last: number, rows: Rows): Promise<GroupTable | null> {
    const first = await this.rows.firstYear();
    if (!first) return null;
    const from = Math.max(
      Number(localDay(first.toISOString(), this.config.timeZone).slice(0, 4)),
      last - MOST_YEARS + 1,
    );
    const tables: [number, GroupTable][] = [];
    for (let year = from; year <= last; year++) {
      const people: Counted[] = [];
      await this.#count(this.#yearOf(year), 'year', rows, (one) => people.push(one));
      const table = groupTable(people);
      if (table) tables.push([year, table]);
    }
    const [latest] = tables.slice(-1);
    if (!latest) return null;
    const rules = new Map(tables.flatMap(([, { findings }]) => findings.map((one) => [one.rule, one])));
    return {
      ...latest[1],
      groups: tables.map(([year, { people, totals }]) => ({ group: String(year), people, levels: totals })),
      findings: [...rules.values()].map(({ rule, people }) => ({
        rule,
        people,
        byGroup: Object.fromEntries(
          tables.map(([year, { findings }]) => [
            String(year),
            findings.find((one) => one.rule === rule)?.people ?? null,
          ]),
        ),
      })),
    };
  }

  async #count(
    { year, since, until }: Year,
    by: Grouping,
    seen: Rows,
    take: (one: Counted) => void,
  ): Promise<void> {
    const shownRules = this.#rulesThatMayBeShown();
    for (let after = ''; ;) {
      const rows = await this.rows.levels(until, after, PAGE, by === 'employer', seen);
      if (rows.length === 0) return;
      const found = await this.rows.findings(
        rows.map(({ personId }) => personId),
        since,
        until,
      );
      for (const row of rows) {
        if (row.code === null) continue;
        const level = LEVEL_CODES.find((code) => code === row.code) ?? ('unknown' satisfies LevelCode);
        const findings = (found.get(row.personId) ?? []).filter((rule) => shownRules.has(rule));
        take({ group: await this.#groupOf(row, by, year, until), level, findings });
      }
      after = rows.at(-1)!.assessmentId;
      await turn();
    }
  }

  async #groupOf(row: LevelRow, by: Grouping, year: number, until: Date): Promise<string> {
    switch (by) {
      case 'sex':
        return row.sex ?? UNKNOWN_GROUP;
      case 'age-band': {
        const now = this.clock.now();
        const at = until < now ? new Date(until.getTime() - 1) : now;
        return ageBand(ageInYears(row.birthDate, at, this.config.timeZone));
      }
      case 'employer': {
        if (!row.sealed) return UNKNOWN_GROUP;
        const text = await openText(this.vault, row.sealed, `person ${row.personId}`);
        return employerOf(JSON.parse(text) as fhir4.Patient);
      }
      case 'year':
        return String(year);
    }
  }

  /** Findings of sensitive compartments are no matter of groups. */
  #rulesThatMayBeShown(): ReadonlySet<string> {
    const { vocabulary } = this.terminology;
    const rules = this.rules.current.rules.filter(
      ({ leaves }) =>
        !leaves.some(
          ({ fact, analytes }) =>
            fact === 'pregnant' || [...analytes].some((analyte) => vocabulary.isSensitive(analyte)),
        ),
    );
    return new Set(rules.map(({ id }) => id));
  }

  #thisYear(): number {
    return Number(localDay(this.clock.now().toISOString(), this.config.timeZone).slice(0, 4));
  }

  #yearOf(year: number): Year {
    const { timeZone: zone } = this.config;
    const [since, until] = [`${year - 1}-12-31`, `${year}-12-31`].map((day) => endOfLocalDay(day, zone)!);
    return { year, since: since!, until: until! };
  }
}
