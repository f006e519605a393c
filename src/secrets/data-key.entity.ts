import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BYTES, INSTANT } from '../database/index.js';

/** A data key, wrapped by SECRET_KEY. */
@Entity('data_key')
export class DataKeyEntity {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  purpose: 'sealing' | 'hashing';

  @Column({ ...BYTES })
  wrapped: Buffer;

  @Column({ name: 'created_at', ...INSTANT })
  createdAt: Date;
}
