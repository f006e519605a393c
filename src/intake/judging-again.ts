import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Stored, type StoredResult } from '../people/index.js';
import { type RulesVersion } from '../rules/index.js';
import { type People } from './admission.js';
import { type RecordChange, type StoredClinical } from './clinical-store.js';
import { Judging, type Touched } from './judging.js';
import { type Merge } from './merging.js';
import { type MovedLevels } from './moved-levels.js';
import { type Newcomers, Rereading } from './rereading.js';

/** What a message brought, and the version of the rules that judges all of it. */
export interface News {
  rules: RulesVersion;
  newcomers: Newcomers;
  merges: readonly Merge[];
  clinical: StoredClinical;
  stored: readonly Stored[];
  /** Records that waited for a person of this message. */
  adopted: RecordChange[];
  moved: MovedLevels;
}

/** Judges what was stored before and reads otherwise because of a message. */
@Injectable()
export class JudgingAgain {
  constructor(
    private readonly rereading: Rereading,
    private readonly judging: Judging,
  ) {}

  /**
   * What was there before and reads otherwise now: its person came, a record was merged, a specimen said how it was taken.
   * @returns the results that have been judged with all that this message brought
   */
  async judge(
    manager: EntityManager,
    people: People,
    news: News,
    touched: Touched,
    now: Date,
  ): Promise<ReadonlySet<string>> {
    // What came as new has just been read with all of this; a repeat has not.
    const { rules } = news;
    const read = news.stored.filter(({ outcome }) => outcome === 'new' || outcome === 'version');
    const except = new Set(read.map(({ result }) => result.id));
    const isWhole = new Set([
      ...people.list.flatMap(({ person, isJudgedAnew }) => (isJudgedAnew ? person.id : [])),
      ...news.clinical.guardiansOf,
      ...news.merges.map(({ to }) => to.id),
    ]);
    const persons = new Map(
      [...people.persons, ...news.merges.map(({ to }) => to)].map((person) => [person.id, person]),
    );
    const judged = new Set(except);
    for (const person of persons.values()) {
      const formerly: StoredResult[] = [];
      const known = news.adopted.length;
      const newcomer = news.newcomers.get(person.id);
      const again =
        newcomer && (await newcomer.isAwaited())
          ? await this.rereading.adopt(manager, person, newcomer.keys, now, news.adopted)
          : [];
      // Records that waited for their person were not there when the results of this message were judged.
      if (news.adopted.length > known) judged.clear();
      for (const { from } of news.merges.filter(({ to }) => to.id === person.id)) {
        again.push(...(await this.rereading.take(manager, from, person, now)));
      }
      if (isWhole.has(person.id))
        again.push(
          ...(await this.rereading.ofPerson(
            manager,
            person,
            new Set([...except, ...again.map(({ id }) => id)]),
            now,
            formerly,
          )),
        );
      else if (!people.isNew(person))
        again.push(
          ...(await this.rereading.withContext(
            manager,
            person,
            news.clinical.contextKeys,
            except,
            now,
            formerly,
          )),
        );
      if (again.length > 0) {
        news.moved.add(person.id);
        await this.judging.judge(
          manager,
          { person, results: again, formerly, areNew: false, rules },
          touched,
          now,
        );
      }
      again.forEach(({ id }) => judged.add(id));
    }
    const waiting = await this.rereading.waitingWithContext(manager, news.clinical, except, now);
    if (waiting.length > 0)
      await this.judging.judge(
        manager,
        { person: null, results: waiting, areNew: false, rules },
        touched,
        now,
      );
    return judged;
  }
}
