import { Module } from '@nestjs/common';
import { MetadataController } from './metadata.controller.js';

/** The FHIR R4 door. */
@Module({
  controllers: [MetadataController],
})
export class FhirModule {}
