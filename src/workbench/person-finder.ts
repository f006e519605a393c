import { Inject, Injectable } from '@nestjs/common';
import { Reader } from '../database/index.js';
import { PersonRegistry } from '../people/index.js';

/** A person as staff look one up. */
export interface FoundPerson {
  id: string;
  name: string | null;
  sex: 'male' | 'female' | null;
  birthDate: string | null;
  isDeceased: boolean;
}

interface Row {
  id: string;
  name: string | null;
  sex: 'male' | 'female' | null;
  birth_date: string | null;
  is_deceased: number | boolean;
  merged_into: string | null;
}

/** A chain of merged records longer than this is an error of the data. */
const LONGEST_CHAIN = 5;

/** Finds the one person whom an id, or an identifier `system|value`, means. */
@Injectable()
export class PersonFinder {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(PersonRegistry) private readonly registry: PersonRegistry,
  ) {}

  /** @returns the record in force where it was merged; null when nobody is known by this */
  async find(text: string): Promise<FoundPerson | null> {
    let id: string | null = await this.#idOf(text.trim());
    for (let step = 0; id !== null && step < LONGEST_CHAIN; step++) {
      const [row]: Row[] = await this.reader.query<Row>(
        'SELECT id, name, sex, birth_date, is_deceased, merged_into FROM person WHERE id = ?',
        [id],
      );
      if (!row) return null;
      if (row.merged_into === null) {
        const { name, sex, birth_date: birthDate } = row;
        return { id, name, sex, birthDate, isDeceased: Boolean(Number(row.is_deceased)) };
      }
      id = row.merged_into;
    }
    return null;
  }

  /** @returns the id of the record in force; null when nobody has this id */
  async byId(id: string): Promise<string | null> {
    return id.includes('|') ? null : ((await this.find(id))?.id ?? null);
  }

  /** @returns whom a task is about */
  async ofTask(id: string): Promise<string | null> {
    const [row] = await this.reader.query<{ person_id: string | null }>(
      'SELECT person_id FROM task WHERE id = ?',
      [id],
    );
    return row?.person_id ? this.byId(row.person_id) : null;
  }

  /** @returns the only one who is called so and was born then; null where nobody is, or several */
  async byNameAndBirth(name: string, birthDate: string): Promise<string | null> {
    const rows = await this.reader.query<{ id: string; name: string }>(
      'SELECT id, name FROM person WHERE name = ? AND birth_date = ? AND merged_into IS NULL LIMIT 3',
      [name, birthDate],
    );
    // MySQL's collation minds neither accents nor case.
    const same = rows.filter((row) => row.name === name);
    return same.length === 1 ? same[0]!.id : null;
  }

  async #idOf(text: string): Promise<string | null> {
    const bar = text.indexOf('|');
    if (bar < 0) return text === '' ? null : text;
    const key = this.registry.identifierKey(text.slice(0, bar), text.slice(bar + 1));
    const [row] = await this.reader.query<{ person_id: string }>(
      'SELECT person_id FROM person_key WHERE key_hash = ?',
      [key],
    );
    return row?.person_id ?? null;
  }
}
