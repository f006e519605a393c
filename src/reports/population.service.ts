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
import { type CrossCounted, type CrossedTable, crossedTable } from './domain/crossed-table.js';
import { employerOf, UNKNOWN_GROUP } from './domain/employer.js';
import {
  type Counted,
  groupTable,
  type GroupTable,
  LEVEL_CODES,
  type LevelCode,
} from './domain/group-table.js';
import { EmployerNames } from './employer-names.js';
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

/** Levels of everybody, by two properties. */
export interface CrossedPopulation {
  by: Grouping;
  across: Grouping;
  year: number;
  /** Null where there are too few people, or where what is small could not be kept. */
  table: CrossedTable | null;
}

/** What a table of two properties is of; the year is no property of a person. */
const PROPERTIES = ['sex', 'age-band', 'employer'] as const satisfies Grouping[];
type Property = (typeof PROPERTIES)[number];

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
    @Inject(EmployerNames) private readonly employers: EmployerNames,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(TerminologyService) private readonly terminology: TerminologyService,
  ) {}

  /**
   * @param seen who is counted: whom the asker may see
   * @param year levels as known at its end, findings made in it; by year: this one and those before it
   * @throws AppError `invalid-request` for a year to come
   */
  async by(by: Grouping, seen: Rows, year = this.#thisYear()): Promise<Population> {
    this.#refuseToCome(year);
    if (by === 'year') return { by, year, table: await this.#byYear(year, seen) };
    const people = await this.#counted(this.#yearOf(year), by, seen);
    return { by, year, table: groupTable(people) };
  }

  /**
   * Levels by two properties; findings are shown by one alone. With the year as one of them, the tables of the other of this
   * year and those before it.
   * @throws AppError `invalid-request` for a year to come, or twice the same property
   */
  async crossed(
    by: Grouping,
    across: Grouping,
    seen: Rows,
    year = this.#thisYear(),
  ): Promise<CrossedPopulation> {
    this.#refuseToCome(year);
    if (by === across) throw new AppError('invalid-request', 'must be another than by', 'across');
    if (by === 'year')
      return { by, across, year, table: await this.#acrossYears(across as Property, year, seen) };
    if (across === 'year')
      return { by, across, year, table: turned(await this.#acrossYears(by, year, seen)) };
    const other = PROPERTIES.find((one) => one !== by && one !== across)!;
    const people: CrossCounted[] = [];
    await this.#count(this.#yearOf(year), [by, across, other], seen, ([of, second, third], level, findings) =>
      people.push({ groups: [of!, second!, third!], level, findings }),
    );
    return { by, across, year, table: crossedTable(people) };
  }

  #refuseToCome(year: number): void {
    if (year > this.#thisYear()) throw new AppError('invalid-request', 'is yet to come', 'year');
  }

  /** The tables of one property, year by year. */
  async #acrossYears(property: Property, last: number, seen: Rows): Promise<CrossedTable | null> {
    const cells: CrossedTable['cells'] = [];
    let latest: GroupTable | null = null;
    for (const year of await this.#years(last)) {
      const table = groupTable(await this.#counted(this.#yearOf(year), property, seen));
      latest = table ?? latest;
      for (const { group, people, levels } of table?.groups ?? [])
        cells.push({ group: String(year), across: group, people, levels });
    }
    return latest && { people: latest.people, cells, totals: latest.totals };
  }

  /** The years that there are levels of, so many at most. */
  async #years(last: number): Promise<number[]> {
    const first = await this.rows.firstYear();
    if (!first) return [];
    const from = Math.max(
      Number(localDay(first.toISOString(), this.config.timeZone).slice(0, 4)),
      last - MOST_YEARS + 1,
    );
    return Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => from + i);
  }

  /** Every year is a table of its own: the same people stand in several, and their sum means nothing. */
  async #byYear(last: number, seen: Rows): Promise<GroupTable | null> {
    const tables: [number, GroupTable][] = [];
    for (const year of await this.#years(last)) {
      const table = groupTable(await this.#counted(this.#yearOf(year), 'year', seen));
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

  async #counted(year: Year, by: Grouping, seen: Rows): Promise<Counted[]> {
    const people: Counted[] = [];
    await this.#count(year, [by], seen, ([group], level, findings) =>
      people.push({ group: group!, level, findings }),
    );
    return people;
  }

  async #count(
    { year, since, until }: Year,
    by: readonly Grouping[],
    seen: Rows,
    take: (groups: readonly string[], level: LevelCode, findings: readonly string[]) => void,
  ): Promise<void> {
    const shownRules = this.#rulesThatMayBeShown();
    const namesOf = by.includes('employer') ? await this.employers.names() : null;
    for (let after = ''; ;) {
      const rows = await this.rows.levels(until, after, PAGE, namesOf !== null, seen);
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
        const groups: string[] = [];
        for (const one of by) groups.push(await this.#groupOf(row, one, { year, until }, namesOf));
        take(groups, level, findings);
      }
      after = rows.at(-1)!.assessmentId;
      await turn();
    }
  }

  async #groupOf(
    row: LevelRow,
    by: Grouping,
    { year, until }: Pick<Year, 'year' | 'until'>,
    namesOf: ReadonlyMap<string, string> | null,
  ): Promise<string> {
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
        return employerOf(JSON.parse(text) as fhir4.Patient, namesOf ?? undefined);
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

/** With the second property first. */
function turned(table: CrossedTable | null): CrossedTable | null {
  return (
    table && { ...table, cells: table.cells.map((one) => ({ ...one, group: one.across, across: one.group })) }
  );
}
