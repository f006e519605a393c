import { type DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from './unit-of-work.js';

/**
 * For commands that must not write: work runs on a connection that only reads, without a transaction and without a lock.
 * A write in it fails.
 */
export class ReadingWork extends UnitOfWork {
  constructor(private readonly reading: DataSource) {
    super(reading);
  }

  override run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return work(this.reading.manager);
  }
}
