import { Module } from '@nestjs/common';
import { IntakeModule } from '../intake/index.js';
import { FhirWriteController } from './fhir-write.controller.js';
import { FhirWriteService } from './fhir-write.service.js';
import { MetadataController } from './metadata.controller.js';
import { ReadingModule } from './reading.module.js';

/** The FHIR R4 door. */
@Module({
  imports: [IntakeModule, ReadingModule],
  controllers: [MetadataController, FhirWriteController],
  providers: [FhirWriteService],
  exports: [FhirWriteService],
})
export class FhirModule {}
