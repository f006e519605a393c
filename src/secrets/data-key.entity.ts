import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BYTES, INSTANT } from '../database/index.js';

/** A data key, wrapped by SECRET_KEY; of later numbers `sealing:2`, `searching:2`. */
@Entity('data_key')
export class DataKeyEntity {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  purpose: string;

  @Column({ ...BYTES })
  wrapped: Buffer;

  @Column({ name: 'created_at', ...INSTANT })
  createdAt: Date;
}
