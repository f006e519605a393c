import { Injectable } from '@nestjs/common';
import { Reader, readInstant, type Rows } from '../database/index.js';
import { type Level } from './domain/level.js';
import { type Direction, directionOf, type LevelMove, moveBetween, movesOf } from './domain/level-moves.js';

/** A move of somebody's level. */
export interface PersonMove extends LevelMove {
  personId: string;
  assessmentId: string;
}

export interface MovesFilter {
  /** From this instant on. */
  since: Date;
  /** Before this instant. */
  until: Date;
  from?: string;
  to?: string;
  direction?: Direction;
  /** Place of the last move of the page before. */
  after?: { at: Date; assessmentId: string; version: number };
  limit: number;
  /** Whose may be seen. */
  rows: Rows;
}

type Instant = string | Date;
interface VersionRow {
  version: number;
  assessed_at: Instant;
  rule_set_version: string;
  content: string;
}
interface MoveRow extends VersionRow {
  id: string;
  person_id: string;
  from_at: Instant;
  from_rules: string;
  from_content: string;
}

const CODES = ['1', '2', '3', '4', '5', 'unknown'];

/** How levels moved: from the versions that are kept. */
@Injectable()
export class LevelMovesRepository {
  constructor(private readonly reader: Reader) {}

  /** A person's moves, latest first. @param before only moves to versions before this one */
  async ofPerson(personId: string, limit: number, before?: number): Promise<LevelMove[]> {
    const columns = 'version, assessed_at, rule_set_version, content';
    const below = before === undefined ? '' : ' AND version < ?';
    const values = [personId, ...(before === undefined ? [] : [before])];
    const rows = await this.reader.query<VersionRow>(
      `SELECT * FROM (SELECT ${columns} FROM assessment WHERE person_id = ?${below}
       UNION ALL SELECT ${columns} FROM assessment_earlier WHERE assessment_id = (SELECT id FROM assessment WHERE person_id = ?)${below}) v
       ORDER BY version DESC LIMIT ?`,
      [...values, ...values, limit + 1],
    );
    return movesOf(rows.map(toVersion));
  }

  /** Everybody whose level came to another code in a period, in order of time. */
  async inPeriod(filter: MovesFilter): Promise<PersonMove[]> {
    const { where, values } = conditions(filter);
    const part = (from: string): string =>
      `SELECT * FROM (SELECT a.id, a.person_id, n.version, n.assessed_at, n.rule_set_version, n.content,
         e.assessed_at AS from_at, e.rule_set_version AS from_rules, e.content AS from_content
       FROM ${from} JOIN assessment_earlier e ON e.assessment_id = a.id AND e.version = n.version - 1
       WHERE ${where} ORDER BY n.assessed_at, a.id, n.version LIMIT ?)`;
    const rows = await this.reader.query<MoveRow>(
      `${part('assessment n JOIN assessment a ON a.id = n.id')} now
       UNION ALL ${part('assessment_earlier n JOIN assessment a ON a.id = n.assessment_id')} earlier
       ORDER BY assessed_at, id, version LIMIT ?`,
      [...values, filter.limit, ...values, filter.limit, filter.limit],
    );
    return rows.map((row) => {
      const before = {
        version: row.version - 1,
        assessed_at: row.from_at,
        rule_set_version: row.from_rules,
        content: row.from_content,
      };
      return {
        personId: row.person_id,
        assessmentId: row.id,
        ...moveBetween(toVersion(before), toVersion(row)),
      };
    });
  }
}

function conditions({ since, until, from, to, direction, after, rows }: MovesFilter): {
  where: string;
  values: unknown[];
} {
  const parts: [string, unknown[]][] = [
    ['n.code <> e.code AND n.assessed_at >= ? AND n.assessed_at < ?', [since, until]],
  ];
  const limit = rows('a.person_id');
  if (limit) parts.push([limit.sql, [...limit.values]]);
  if (from !== undefined) parts.push(['e.code = ?', [from]]);
  if (to !== undefined) parts.push(['n.code = ?', [to]]);
  if (direction) {
    const pairs = CODES.flatMap((one) =>
      CODES.filter((other) => one !== other && directionOf(one, other) === direction).map((other) => [
        one,
        other,
      ]),
    );
    parts.push([`(${pairs.map(() => '(e.code = ? AND n.code = ?)').join(' OR ')})`, pairs.flat()]);
  }
  if (after) {
    const { at, assessmentId, version } = after;
    parts.push([
      '(n.assessed_at > ? OR (n.assessed_at = ? AND (a.id > ? OR (a.id = ? AND n.version > ?))))',
      [at, at, assessmentId, assessmentId, version],
    ]);
  }
  return { where: parts.map(([sql]) => sql).join(' AND '), values: parts.flatMap(([, values]) => values) };
}

function toVersion({ version, assessed_at, rule_set_version: ruleSetVersion, content }: VersionRow) {
  return {
    version,
    ruleSetVersion,
    assessedAt: readInstant(assessed_at),
    level: JSON.parse(content) as Level,
  };
}
