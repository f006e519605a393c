import { Module } from '@nestjs/common';
import { RekeyingService } from './rekeying.service.js';
import { SealedRows } from './sealed-rows.js';

/** A new data key in the place of the old one, everywhere. */
@Module({ providers: [RekeyingService, SealedRows], exports: [RekeyingService] })
export class RekeyingModule {}
