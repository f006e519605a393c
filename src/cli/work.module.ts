import { Module } from '@nestjs/common';
import { GroundModule } from '../ground.module.js';
import { FhirModule } from '../fhir/fhir.module.js';
import { WorkbenchModule } from '../workbench/index.js';

/** What commands work with: the service without its HTTP doors. */
@Module({ imports: [GroundModule, FhirModule, WorkbenchModule] })
export class WorkModule {}
