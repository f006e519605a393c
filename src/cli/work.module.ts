import { Module } from '@nestjs/common';
import { GroundModule } from '../app.module.js';
import { FhirModule } from '../fhir/fhir.module.js';

/** What commands work with: the service without its HTTP doors. */
@Module({ imports: [GroundModule, FhirModule] })
export class WorkModule {}
