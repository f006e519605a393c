import { Module } from '@nestjs/common';
import { CheckpointsModule } from '../database/index.js';
import { GroundModule } from '../ground.module.js';
import { FhirModule } from '../fhir/fhir.module.js';
import { WorkbenchModule } from '../workbench/index.js';

/** What commands work with: the service without its HTTP doors. */
@Module({ imports: [GroundModule, CheckpointsModule, FhirModule, WorkbenchModule] })
export class WorkModule {}
