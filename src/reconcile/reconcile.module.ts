import { Module } from '@nestjs/common';
import { AssessmentModule } from '../assessment/index.js';
import { IntakeModule } from '../intake/index.js';
import { PeopleModule } from '../people/index.js';
import { RejudgeModule } from '../rejudge/index.js';
import { TasksModule } from '../tasks/index.js';
import { PersonWitness } from './person-witness.js';
import { RecordWitness } from './record-witness.js';
import { ReconcileService } from './reconcile.service.js';
import { SourceWitness } from './source-witness.js';

@Module({
  imports: [AssessmentModule, IntakeModule, PeopleModule, RejudgeModule, TasksModule],
  providers: [PersonWitness, ReconcileService, RecordWitness, SourceWitness],
  exports: [ReconcileService],
})
export class ReconcileModule {}
