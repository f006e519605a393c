import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { placeholders, Reader, UnitOfWork } from '../database/index.js';
import { Vault } from '../secrets/index.js';
import { type PersonWords, readPersonWords } from './domain/person-words.js';
import { tailKey } from './domain/phone-tail.js';
import { PersonRepository } from './person.repository.js';

/** A condition on `person p`. */
export interface PersonCondition {
  sql: string;
  values: string[];
}

/** Records that are filled in by one transaction. */
const AT_ONCE = 200;

/** Finds people by what somebody types: the beginning of a name, its first letters, the end of a telephone number. */
@Injectable()
export class PeopleFound implements OnApplicationBootstrap {
  constructor(
    private readonly persons: PersonRepository,
    private readonly reader: Reader,
    private readonly vault: Vault,
    private readonly work: UnitOfWork,
  ) {}

  /** Records of before are found from the next start on. */
  async onApplicationBootstrap(): Promise<void> {
    while ((await this.#isUnfilled()) && (await this.#fill()) > 0);
  }

  condition(typed: string): PersonCondition {
    const words = readPersonWords(typed);
    if (words.by === 'tail') {
      const hashes = this.vault.searchHashes(tailKey(words.tail));
      const sql = `p.id IN (SELECT c.person_id FROM person_contact c WHERE c.tail_hash IN (${placeholders(hashes.length)}))`;
      return { sql, values: hashes };
    }
    return named(words);
  }

  async #isUnfilled(): Promise<boolean> {
    const [found] = await this.reader.query(
      `SELECT 1 FROM person WHERE initials IS NULL UNION ALL SELECT 1 FROM person_contact WHERE tail_hash IS NULL LIMIT 1`,
    );
    return found !== undefined;
  }

  #fill(): Promise<number> {
    return this.work.run((manager) => this.persons.fillFinders(manager, AT_ONCE));
  }
}

function named(words: Exclude<PersonWords, { by: 'tail' }>): PersonCondition {
  const begins = (text: string) => `${text.replace(/[!%_]/g, '!$&')}%`;
  const sql = `p.name LIKE ? ESCAPE '!'`;
  if (words.by === 'name') return { sql, values: [begins(words.name)] };
  const { letters, name } = words;
  return {
    sql: `(p.initials LIKE ? OR p.initials LIKE ? OR ${sql})`,
    values: [`${letters}%`, `% ${letters}%`, begins(name)],
  };
}
