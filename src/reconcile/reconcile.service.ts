import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { Reader, UnitOfWork } from '../database/index.js';
import { MessageEntity, ObservationRepository, PersonEntity, PersonRepository } from '../people/index.js';
import { type Difference } from './domain/compare.js';
import { type Examined, PersonWitness } from './person-witness.js';
import { SourceWitness } from './source-witness.js';

export interface Reconciliation {
  messages: number;
  results: number;
  persons: number;
  waiting: number;
  differences: number;
  /** Persons and waiting results whose findings were not compared: they are to be judged by other rules first. */
  pending: number;
}

/** Told as it goes: differences as they are found, progress after each page. */
export interface ReconcileListener {
  difference: (difference: Difference) => void;
  progress?: (done: Reconciliation) => void;
}

const PAGE = 100;

/**
 * The second witness: recomputes every result, finding and open task from the stored sources alone and reports what is
 * not so. Changes nothing. Each person is looked at while holding their row, so that a running service does not move
 * what is being compared.
 */
@Injectable()
export class ReconcileService {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(PersonRepository) private readonly persons: PersonRepository,
    @Inject(ObservationRepository) private readonly observations: ObservationRepository,
    @Inject(SourceWitness) private readonly sources: SourceWitness,
    @Inject(PersonWitness) private readonly people: PersonWitness,
  ) {}

  async run(listener: ReconcileListener): Promise<Reconciliation> {
    const done: Reconciliation = {
      messages: 0,
      results: 0,
      persons: 0,
      waiting: 0,
      differences: 0,
      pending: 0,
    };
    const tell = (differences: readonly Difference[]): void => {
      done.differences += differences.length;
      differences.forEach((difference) => listener.difference(difference));
    };
    const examined = (examination: Examined | null): void => {
      if (examination?.isPending) done.pending++;
      tell(examination?.differences ?? []);
    };
    await this.pages(MessageEntity, async (id) => {
      const { results, differences } = await this.work.run(async (manager) => {
        const row = await manager.findOneBy(MessageEntity, { id });
        return row ? this.sources.examine(manager, row) : { results: 0, differences: [] };
      });
      done.messages++;
      done.results += results;
      tell(differences);
      if (done.messages % PAGE === 0) listener.progress?.(done);
    });
    await this.pages(PersonEntity, async (id) => {
      examined(await this.work.run((manager) => this.ofPerson(manager, id)));
      done.persons++;
      if (done.persons % PAGE === 0) listener.progress?.(done);
    });
    for (let after = ''; ;) {
      const page = await this.observations.waiting(this.reader.manager, { after }, PAGE);
      for (const stored of page) {
        examined(await this.work.run((manager) => this.people.ofWaiting(manager, stored)));
        done.waiting++;
      }
      if (page.length < PAGE) return done;
      after = page.at(-1)!.id;
    }
  }

  private async ofPerson(manager: EntityManager, id: string): Promise<Examined | null> {
    const person = (await this.persons.findByIds(manager, [id])).get(id);
    return person && !person.mergedInto ? this.people.ofPerson(manager, person) : null;
  }

  /** Every id of a table, in their order, a page at a time. */
  private async pages(
    entity: typeof MessageEntity | typeof PersonEntity,
    look: (id: string) => Promise<void>,
  ): Promise<void> {
    for (let after = ''; ;) {
      const page: { id: string }[] = await this.reader.manager.find<{ id: string }>(entity, {
        select: { id: true },
        where: { id: MoreThan(after) },
        order: { id: 'ASC' },
        take: PAGE,
      });
      for (const { id } of page) await look(id);
      if (page.length < PAGE) return;
      after = page.at(-1)!.id;
    }
  }
}
