import { Inject, Injectable } from '@nestjs/common';
import { placeholders, Reader } from '../database/index.js';
import { PersonRegistry } from '../people/index.js';
import { type PersonWanted } from './domain/search-request.js';

/** A merged record points to another; a chain longer than this is an error of the data. */
const LONGEST_CHAIN = 5;

/** Turns what a search says of a person into ids of the table. */
@Injectable()
export class PersonLookup {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(PersonRegistry) private readonly registry: PersonRegistry,
  ) {}

  /** Ids of the persons meant, those that a merged record became included; unknown ones give none. */
  async find(wanted: readonly PersonWanted[]): Promise<string[]> {
    const ids = wanted.flatMap((one) => ('id' in one ? one.id : []));
    const keys = wanted.flatMap((one) =>
      'id' in one ? [] : this.registry.identifierKey(one.system, one.value),
    );
    return this.#withSuccessors([...ids, ...(await this.byKeys(keys))]);
  }

  /** Persons who are known by one of these keys. */
  async byKeys(keys: readonly string[]): Promise<string[]> {
    if (keys.length === 0) return [];
    const rows = await this.reader.query<{ person_id: string }>(
      `SELECT DISTINCT person_id FROM person_key WHERE key_hash IN (${placeholders(keys.length)})`,
      keys,
    );
    return rows.map((row) => row.person_id);
  }

  async #withSuccessors(ids: readonly string[]): Promise<string[]> {
    const all = new Set(ids);
    let latest = [...all];
    for (let step = 0; latest.length > 0 && step < LONGEST_CHAIN; step++) {
      const rows = await this.reader.query<{ merged_into: string }>(
        `SELECT merged_into FROM person WHERE merged_into IS NOT NULL AND id IN (${placeholders(latest.length)})`,
        latest,
      );
      latest = rows.map((row) => row.merged_into).filter((id) => !all.has(id));
      for (const id of latest) all.add(id);
    }
    return [...all];
  }
}
