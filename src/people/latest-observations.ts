import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { DIALECTS, portions, readInstant, UnitOfWork } from '../database/index.js';
import { countsAt } from './domain/result-time.js';
import { isValidValue, type StoredResult } from './domain/stored-result.js';
import { ObservationRepository } from './observation.repository.js';
import { selectResultsOf } from './select-results.js';

/** What was measured last, however long a wearable has been measuring. */
@Injectable()
export class LatestObservations {
  constructor(
    private readonly work: UnitOfWork,
    private readonly observations: ObservationRepository,
  ) {}

  /**
   * The latest valid result of each analyte of a person, conclusions by what was examined; all results of the analytes
   * in `whole`. May hold others beside them.
   */
  async ofPerson(
    manager: EntityManager,
    personId: string,
    whole: readonly string[],
  ): Promise<StoredResult[]> {
    // By the index alone, however long a wearable has been measuring.
    const rows: { analyte: string; at: string | Date }[] = await manager.query(
      'SELECT analyte, MAX(at) AS at FROM observation WHERE person_id = ? AND analyte IS NOT NULL GROUP BY analyte',
      [personId],
    );
    if (rows.length === 0) return [];
    const { instant } = DIALECTS[this.work.kind];
    const isWhole = new Set(whole);
    const latest = rows.filter(({ analyte }) => !isWhole.has(analyte));
    const found: StoredResult[] = [];
    for (const part of portions(latest)) {
      const pairs = part.map(() => '(analyte = ? AND at = ?)').join(' OR ');
      found.push(
        ...(await selectResultsOf(manager, `SELECT id FROM observation WHERE person_id = ? AND (${pairs})`, [
          personId,
          ...part.flatMap(({ analyte, at }) => [analyte, instant(readInstant(at))]),
        ])),
      );
    }
    const isFound = new Set(found.flatMap((result) => analytesThatCount(result)));
    const others = rows.map(({ analyte }) => analyte).filter((one) => isWhole.has(one) || !isFound.has(one));
    const known = new Set(found.map(({ id }) => id));
    const rest = await this.observations.ofPerson(manager, personId, others);
    return [...found, ...rest.filter(({ id }) => !known.has(id))];
  }

  /** The latest results of one analyte of a person, so many at most. */
  of(manager: EntityManager, personId: string, analyte: string, limit: number): Promise<StoredResult[]> {
    return selectResultsOf(
      manager,
      'SELECT id FROM observation WHERE person_id = ? AND analyte = ? ORDER BY at DESC LIMIT ?',
      [personId, analyte, limit],
    );
  }
}

/** Analytes whose latest value this result gives; a conclusion is only the latest of what was examined. */
function analytesThatCount(result: StoredResult): string[] {
  if (countsAt(result) !== result.at) return [];
  return result.measurements.flatMap((measurement) => {
    const { analyte, value } = measurement;
    return analyte !== null && value?.kind !== 'text' && isValidValue(result, measurement) ? analyte : [];
  });
}
