import { Injectable } from '@nestjs/common';
import { andRows, Reader, type Rows } from '../database/index.js';

/** Somebody's level at an instant, with what they are grouped by. */
export interface LevelRow {
  assessmentId: string;
  personId: string;
  code: string;
  sex: 'male' | 'female' | null;
  birthDate: string | null;
  /** The sealed Patient; only where it was asked for. */
  sealed: Buffer | null;
}

interface Row {
  id: string;
  person_id: string;
  code: string;
  sex: LevelRow['sex'];
  birth_date: string | null;
  sealed: Buffer | null;
}

/** Levels and findings of everybody, page by page. */
@Injectable()
export class PopulationRepository {
  constructor(private readonly reader: Reader) {}

  /** What was known before an instant; people without a level by then are left out. */
  async levels(
    before: Date,
    after: string,
    limit: number,
    withPatient: boolean,
    seen: Rows,
  ): Promise<LevelRow[]> {
    const own = andRows(seen, 'a.person_id');
    const rows = await this.reader.query<Row>(
      `SELECT a.id, a.person_id, p.sex, p.birth_date, ${withPatient ? 'p.resource' : 'NULL'} AS sealed,
         CASE WHEN a.assessed_at < ? THEN a.code ELSE
           (SELECT e.code FROM assessment_earlier e WHERE e.assessment_id = a.id AND e.assessed_at < ? ORDER BY e.version DESC LIMIT 1)
         END AS code
       FROM assessment a JOIN person p ON p.id = a.person_id WHERE a.id > ?${own.sql} ORDER BY a.id LIMIT ?`,
      [before, before, after, ...own.values, limit],
    );
    return rows.map(({ id, person_id, code, sex, birth_date, sealed }) => ({
      ...{ assessmentId: id, personId: person_id, code, sex, birthDate: birth_date, sealed },
    }));
  }

  /** The rules that found something in these people in a period, as it stands now. */
  async findings(personIds: readonly string[], since: Date, before: Date): Promise<Map<string, string[]>> {
    const rows = await this.reader.query<{ person_id: string; rule_id: string }>(
      `SELECT DISTINCT person_id, rule_id FROM finding
       WHERE kind = 'finding' AND status <> 'retracted' AND identified_at >= ? AND identified_at < ?
         AND person_id IN (${personIds.map(() => '?').join(',')})`,
      [since, before, ...personIds],
    );
    const found = new Map<string, string[]>();
    for (const { person_id, rule_id } of rows)
      found.set(person_id, [...(found.get(person_id) ?? []), rule_id]);
    return found;
  }

  /** The first year that a level is of. */
  async firstYear(): Promise<Date | null> {
    const [row] = await this.reader.query<{ first: string | Date | null }>(
      `SELECT MIN(at) AS first FROM (SELECT MIN(assessed_at) AS at FROM assessment
         UNION ALL SELECT MIN(assessed_at) AS at FROM assessment_earlier) f`,
    );
    const first = row?.first ?? null;
    return first === null ? null : first instanceof Date ? first : new Date(`${first.replace(' ', 'T')}Z`);
  }
}
