import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT } from '../database/index.js';

/** Of a stored encounter: at which centre, and whose inpatient somebody is. It decides who may see them, and no rule asks it. */
@Entity('encounter_care')
@Index('ix_encounter_care_centre', ['centreRef'])
@Index('ix_encounter_care_attending', ['attendingRef'])
export class EncounterCareEntity {
  /** Of the encounter among the clinical resources, which tells whose it is. */
  @PrimaryColumn({ name: 'resource_id', ...ID })
  resourceId: string;

  /** What its service provider is called: `system|value`, else its name; null where nobody says. */
  @Column({ type: 'varchar', length: 128, nullable: true })
  centre: string | null;

  /** What the attending doctor of an inpatient is called, `system|value`. */
  @Column({ type: 'varchar', length: 128, nullable: true })
  attending: string | null;

  /** Until when they are the doctor's; null while they are in. */
  @Column({ name: 'until_at', ...INSTANT, nullable: true })
  untilAt: Date | null;

  /** By what a service provider will be known who has not come yet. */
  @Column({ name: 'centre_ref', ...ID, nullable: true })
  centreRef: string | null;

  @Column({ name: 'attending_ref', ...ID, nullable: true })
  attendingRef: string | null;
}
