import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BYTES, HASH, ID, INSTANT, LONG_TEXT } from '../database/index.js';

/** 受检者. The name stays in clear for search; everything else of the Patient is sealed in `resource`. */
@Entity('person')
@Index('ix_person_updated', ['updatedAt'])
@Index('ix_person_name', ['name', 'id'])
@Index('ix_person_initials', ['initials', 'id'])
export class PersonEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  /** The feed that chose the id with PUT; null when the service made it. */
  @Column({ name: 'id_chosen_by', ...ID, nullable: true })
  idChosenBy: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  name: string | null;

  /** First letters of the name, to find it by; null of a record of before, until the service has filled it in. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  initials: string | null;

  @Column({ type: 'varchar', length: 8, nullable: true })
  sex: 'male' | 'female' | null;

  /** FHIR date, perhaps only a year or month. */
  @Column({ name: 'birth_date', type: 'varchar', length: 10, nullable: true })
  birthDate: string | null;

  @Column({ name: 'is_deceased', type: 'boolean', default: '0' })
  isDeceased: boolean;

  /** A guardian who can be reached is on record. */
  @Column({ name: 'has_guardian', type: 'boolean', default: '0' })
  hasGuardian: boolean;

  /** Set when another record replaced this one. */
  @Column({ name: 'merged_into', ...ID, nullable: true })
  mergedInto: string | null;

  @Column({ type: 'int' })
  version: number;

  /** Comparable hash of the Patient as sent. */
  @Column({ name: 'content_hash', ...HASH })
  contentHash: string;

  /** The Patient resource, compressed and encrypted. */
  @Column({ ...BYTES })
  resource: Buffer;

  @Column({ name: 'created_at', ...INSTANT })
  createdAt: Date;

  @Column({ name: 'updated_at', ...INSTANT })
  updatedAt: Date;
}

/** What a person is known by: keyed hashes of trusted identifiers, and of a feed's own resource ids. */
@Entity('person_key')
@Index('ix_person_key_person', ['personId'])
export class PersonKeyEntity {
  @PrimaryColumn({ name: 'key_hash', ...HASH })
  keyHash: string;

  @Column({ name: 'person_id', ...ID })
  personId: string;

  @Column({ type: 'varchar', length: 16 })
  kind: 'identifier' | 'sender-id';
}

/** A phone number or address of contact, encrypted, with the day it became known. Never dropped. */
@Entity('person_contact')
@Index('ux_person_contact', ['personId', 'valueHash'], { unique: true })
@Index('ix_person_contact_value', ['valueHash'])
@Index('ix_person_contact_tail', ['tailHash', 'personId'])
export class PersonContactEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'person_id', ...ID })
  personId: string;

  @Column({ type: 'varchar', length: 16 })
  system: string;

  @Column({ name: 'value_hash', ...HASH })
  valueHash: string;

  /** Keyed hash of the last four digits of a telephone number; empty of what has none, null until the service has filled it in. */
  @Column({ name: 'tail_hash', ...HASH, nullable: true })
  tailHash: string | null;

  @Column({ name: 'value_sealed', ...LONG_TEXT })
  valueSealed: string;

  @Column({ name: 'known_since', ...INSTANT })
  knownSince: Date;
}
