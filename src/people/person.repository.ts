import { type EntityManager, In, IsNull } from 'typeorm';
import { DIALECTS, insertRows, placeholders, UnitOfWork } from '../database/index.js';
import { Injectable } from '@nestjs/common';
import { LAST_ID, newId } from '../kernel/index.js';
import { senderKey } from './domain/identity.js';
import { nameInitials } from './domain/name-initials.js';
import { shownEnd } from './domain/mask-text.js';
import { phoneTail, tailKey } from './domain/phone-tail.js';
import { FIELDS, known, type KnownPerson, type PersonRow } from './known-person.js';
import { type ContactPoint, type Demographics } from './domain/patient.js';
import { PersonContactEntity, PersonEntity, PersonKeyEntity } from './person.entity.js';
import { Vault } from '../secrets/index.js';

export interface NewPerson extends Demographics {
  id: string;
  idChosenBy: string | null;
  contentHash: string;
  resource: Buffer;
  keys: { keyHash: string; kind: 'identifier' | 'sender-id' }[];
  contacts: readonly ContactPoint[];
}

const PERSON_COLUMNS = [
  'id',
  'id_chosen_by',
  'name',
  'initials',
  'sex',
  'birth_date',
  'is_deceased',
  'has_guardian',
  'version',
  'content_hash',
  'resource',
  'created_at',
  'updated_at',
];

/** Persons, what they are known by and how they are reached. */
@Injectable()
export class PersonRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  /** Finds and locks persons by key: `byKey` maps each key that is known to its person. */
  async findByKeys(manager: EntityManager, keys: readonly string[]): Promise<Map<string, KnownPerson>> {
    if (keys.length === 0) return new Map();
    const sorted = [...new Set(keys)].sort();
    const rows: PersonRow[] = await manager.query(
      `SELECT k.key_hash, ${FIELDS} FROM person_key k JOIN person p ON p.id = k.person_id WHERE k.key_hash IN (${placeholders(sorted.length)})${this.forUpdate}`,
      sorted,
    );
    return new Map(rows.map((row) => [row.key_hash!, known(row)]));
  }

  /** Whether one of these keys has come to belong to somebody; waits for whoever is bringing one at this moment. */
  async areKnown(manager: EntityManager, keys: readonly string[]): Promise<boolean> {
    if (keys.length === 0) return false;
    const rows: unknown[] = await manager.query(
      `SELECT key_hash FROM person_key WHERE key_hash IN (${placeholders(keys.length)}) LIMIT 1${this.dialect.forShare}`,
      [...keys],
    );
    return rows.length > 0;
  }

  /** Finds and locks persons by the service's own ids. */
  async findByIds(manager: EntityManager, ids: readonly string[]): Promise<Map<string, KnownPerson>> {
    if (ids.length === 0) return new Map();
    const sorted = [...new Set(ids)].sort();
    const rows: PersonRow[] = await manager.query(
      `SELECT ${FIELDS} FROM person p WHERE p.id IN (${placeholders(sorted.length)})${this.forUpdate}`,
      sorted,
    );
    return new Map(rows.map((row) => [row.id, known(row)]));
  }

  /** Somebody as they are known now, without a lock. */
  async read(manager: EntityManager, id: string): Promise<KnownPerson | null> {
    const rows: PersonRow[] = await manager.query(`SELECT ${FIELDS} FROM person p WHERE p.id = ?`, [id]);
    return rows[0] ? known(rows[0]) : null;
  }

  /**
   * Everyone from after one id to another, in the order of ids, page by page, without a lock; records that were merged
   * into another are left out.
   */
  async page(
    manager: EntityManager,
    { after, until = LAST_ID }: { after: string; until?: string },
    limit: number,
  ): Promise<KnownPerson[]> {
    const rows: PersonRow[] = await manager.query(
      `SELECT ${FIELDS} FROM person p WHERE p.id > ? AND p.id <= ? AND p.merged_into IS NULL ORDER BY p.id LIMIT ?`,
      [after, until, limit],
    );
    return rows.map(known);
  }

  /** Whom `Patient/id` of a feed means: the feed's own name for the person, or the service's id. */
  async findByReference(manager: EntityManager, feedId: string, id: string): Promise<KnownPerson | null> {
    const key = senderKey(feedId, 'Patient', id);
    return (
      (await this.findByKeys(manager, [key])).get(key) ??
      (await this.findByIds(manager, [id])).get(id) ??
      null
    );
  }

  async insert(manager: EntityManager, person: NewPerson, now: Date): Promise<void> {
    const at = this.dialect.instant(now);
    await insertRows(manager, 'person', PERSON_COLUMNS, [
      [
        person.id,
        person.idChosenBy,
        person.name,
        nameInitials(person.name),
        person.sex,
        person.birthDate,
        person.isDeceased ? 1 : 0,
        person.hasGuardian ? 1 : 0,
        1,
        person.contentHash,
        person.resource,
        at,
        at,
      ],
    ]);
    await this.insertKeys(manager, person.id, person.keys);
    await this.insertContacts(manager, person.id, person.contacts, now);
  }

  async update(manager: EntityManager, id: string, change: Partial<PersonEntity>): Promise<void> {
    const { name } = change;
    const found = name === undefined ? {} : { initials: nameInitials(name) };
    await manager.update(PersonEntity, { id }, { ...change, ...found });
  }

  async insertKeys(manager: EntityManager, personId: string, keys: NewPerson['keys']): Promise<void> {
    const rows = keys.map(({ keyHash, kind }) => [keyHash, personId, kind]);
    rows.sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
    if (rows.length > 0) await insertRows(manager, 'person_key', ['key_hash', 'person_id', 'kind'], rows);
  }

  private async insertContacts(
    manager: EntityManager,
    personId: string,
    contacts: readonly ContactPoint[],
    now: Date,
  ): Promise<void> {
    const byHash = new Map(contacts.map((contact) => [this.vault.searchHash(contact.value), contact]));
    const rows = [...byHash].map(([hash, { system, value }]) => {
      const sealed = this.vault.seal(Buffer.from(value), `contact ${personId}`).toString('base64');
      return [
        newId(),
        personId,
        system.slice(0, 16),
        hash,
        this.tailHash(system, value),
        sealed,
        this.dialect.instant(now),
      ];
    });
    if (rows.length > 0) {
      await insertRows(
        manager,
        'person_contact',
        ['id', 'person_id', 'system', 'value_hash', 'tail_hash', 'value_sealed', 'known_since'],
        rows,
      );
    }
  }

  /** How a person is reached, in clear: mask or record what is shown. Newest first. */
  async contactsOf(
    manager: EntityManager,
    personId: string,
  ): Promise<(ContactPoint & { knownSince: Date })[]> {
    const sealed = await manager.find(PersonContactEntity, {
      where: { personId },
      order: { knownSince: 'DESC', id: 'ASC' },
    });
    return sealed.map(({ system, valueSealed, knownSince }) => {
      const value = this.vault.open(Buffer.from(valueSealed, 'base64'), `contact ${personId}`);
      return { system, value: value.toString(), knownSince };
    });
  }

  /** Of each who is alive the end of the newest telephone number, as far as its mask shows it. */
  async phoneEnds(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, string>> {
    if (personIds.length === 0) return new Map();
    const rows: { person_id: string; value_sealed: string }[] = await manager.query(
      `SELECT c.person_id, c.value_sealed FROM person_contact c JOIN person p ON p.id = c.person_id
       WHERE c.person_id IN (${placeholders(personIds.length)}) AND c.system IN ('phone', 'sms') AND p.is_deceased = 0
       ORDER BY c.known_since, c.id DESC`,
      [...personIds],
    );
    const newest = new Map(rows.map((row) => [row.person_id, row.value_sealed]));
    return new Map(
      [...newest].flatMap(([id, sealed]) => {
        const end = shownEnd(this.vault.open(Buffer.from(sealed, 'base64'), `contact ${id}`).toString());
        return end === null ? [] : [[id, end]];
      }),
    );
  }

  /** Adds the contacts that are new; those that are known keep their date. */
  async addContacts(
    manager: EntityManager,
    personId: string,
    contacts: readonly ContactPoint[],
    now: Date,
  ): Promise<void> {
    if (contacts.length === 0) return;
    const hashes = contacts.map((contact) => this.vault.searchHashes(contact.value));
    const known = await manager.findBy(PersonContactEntity, { personId, valueHash: In(hashes.flat()) });
    const knownHashes = new Set(known.map((contact) => contact.valueHash));
    await this.insertContacts(
      manager,
      personId,
      contacts.filter((_, i) => !hashes[i]!.some((hash) => knownHashes.has(hash))),
      now,
    );
  }

  /** Adds keys that nobody has yet. */
  async addKeys(
    manager: EntityManager,
    personId: string,
    keys: NewPerson['keys'],
  ): Promise<NewPerson['keys']> {
    if (keys.length === 0) return [];
    const known = await manager.findBy(PersonKeyEntity, { keyHash: In(keys.map((key) => key.keyHash)) });
    const taken = new Set(known.map((key) => key.keyHash));
    const added = keys.filter((key) => !taken.has(key.keyHash));
    await this.insertKeys(manager, personId, added);
    return added;
  }

  /** Everything that was `from`'s belongs to `to` from now on. Contacts that both have stay with the record they came with. */
  async moveKeysAndContacts(manager: EntityManager, from: string, to: string): Promise<void> {
    await manager.update(PersonKeyEntity, { personId: from }, { personId: to });
    const both = await manager.findBy(PersonContactEntity, { personId: to });
    const mine = await manager.findBy(PersonContactEntity, { personId: from });
    for (const contact of mine) {
      const value = this.vault.open(Buffer.from(contact.valueSealed, 'base64'), `contact ${from}`);
      const hashes = this.vault.searchHashes(value.toString());
      if (both.some((other) => hashes.includes(other.valueHash))) continue;
      const valueSealed = this.vault.seal(value, `contact ${to}`).toString('base64');
      const found = {
        valueHash: this.vault.searchHash(value.toString()),
        tailHash: this.tailHash(contact.system, value.toString()),
      };
      await manager.update(PersonContactEntity, { id: contact.id }, { personId: to, valueSealed, ...found });
    }
  }

  /** Empty of what has no tail, as against what nobody has looked at. */
  private tailHash(system: string, value: string): string {
    const tail = phoneTail(system, value);
    return tail === null ? '' : this.vault.searchHash(tailKey(tail));
  }

  /** Fills in what people are found by, of records that were stored before it was. @returns how many there were, at most `limit` */
  async fillFinders(manager: EntityManager, limit: number): Promise<number> {
    const nameless = await manager.find(PersonEntity, {
      select: { id: true, name: true },
      where: { initials: IsNull() },
      take: limit,
    });
    for (const { id, name } of nameless) {
      await manager.update(PersonEntity, { id }, { initials: nameInitials(name) });
    }
    const contacts = await manager.find(PersonContactEntity, { where: { tailHash: IsNull() }, take: limit });
    for (const { id, personId, system, valueSealed } of contacts) {
      const value = this.vault.open(Buffer.from(valueSealed, 'base64'), `contact ${personId}`).toString();
      await manager.update(PersonContactEntity, { id }, { tailHash: this.tailHash(system, value) });
    }
    return nameless.length + contacts.length;
  }

  private get dialect(): (typeof DIALECTS)['sqlite'] {
    return DIALECTS[this.work.kind];
  }

  private get forUpdate(): string {
    return this.dialect.forUpdate;
  }
}
