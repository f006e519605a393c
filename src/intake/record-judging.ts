import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { ObservationRepository, PersonRepository, type StoredResult } from '../people/index.js';
import { type RulesVersion } from '../rules/index.js';
import { type RecordChange } from './clinical-store.js';
import { encounterOf } from './domain/facts-of.js';
import { Judging, type Touched } from './judging.js';
import { type ChangedFacts, Records } from './records.js';

/** What records change: results whose rules ask a fact of the person that is not what it was are judged again. */
@Injectable()
export class RecordJudging {
  constructor(
    private readonly records: Records,
    private readonly persons: PersonRepository,
    private readonly observations: ObservationRepository,
    private readonly judging: Judging,
  ) {}

  /** @param isJudged whether a result has been judged with these records already */
  async judge(
    manager: EntityManager,
    changes: readonly RecordChange[],
    rules: RulesVersion,
    isJudged: (result: StoredResult) => boolean,
    touched: Touched,
    now: Date,
  ): Promise<void> {
    const { askers } = rules.lookups;
    if (askers.size === 0) return;
    for (const [personId, changed] of this.records.changed(changes)) {
      const asking = askingFor(changed, askers);
      if (asking.byFact.size + asking.bySetting.size === 0) continue;
      const person = (await this.persons.findByIds(manager, [personId])).get(personId);
      if (!person || person.mergedInto !== null) continue;
      const analytes = [...new Set([...asking.byFact, ...asking.bySetting])];
      const stored = await this.observations.ofPerson(manager, personId, analytes);
      const results = stored.filter((result) => asks(result, changed, asking) && !isJudged(result));
      if (results.length > 0)
        await this.judging.judge(
          manager,
          { person, results, areNew: false, areUnchanged: true, rules },
          touched,
          now,
        );
    }
  }
}

/** Analytes whose rules ask what has changed. */
interface Asking {
  byFact: ReadonlySet<string>;
  bySetting: ReadonlySet<string>;
}

function askingFor({ facts, encounters }: ChangedFacts, askers: RulesVersion['lookups']['askers']): Asking {
  const byFact = new Set([...facts].flatMap((fact) => [...(askers.get(fact) ?? [])]));
  const bySetting =
    encounters.size > 0 ? (askers.get('care-setting') ?? new Set<string>()) : new Set<string>();
  return { byFact, bySetting };
}

function asks(result: StoredResult, { encounters }: ChangedFacts, { byFact, bySetting }: Asking): boolean {
  const measures = (analytes: ReadonlySet<string>) =>
    result.measurements.some(({ analyte }) => analyte !== null && analytes.has(analyte));
  return measures(byFact) || (encounters.has(encounterOf(result) ?? '') && measures(bySetting));
}
