import { Module } from '@nestjs/common';
import { AssessmentModule } from '../assessment/index.js';
import { IntakeModule } from '../intake/index.js';
import { PeopleModule } from '../people/index.js';
import { RulesModule } from '../rules/index.js';
import { TasksModule } from '../tasks/index.js';
import { JudgedBy } from './judged-by.js';
import { RejudgeJobRepository } from './rejudge-job.repository.js';
import { RejudgeService } from './rejudge.service.js';
import { StoredAgain } from './stored-again.js';
import { StoredPeople } from './stored-people.js';
import { StrayMessages } from './stray-messages.js';

/** What may be asked of the job without taking part in it. */
@Module({ providers: [RejudgeJobRepository], exports: [RejudgeJobRepository] })
export class RejudgeJobModule {}

/** Stored people follow the rules in force. */
@Module({
  imports: [AssessmentModule, IntakeModule, PeopleModule, RejudgeJobModule, RulesModule, TasksModule],
  providers: [JudgedBy, RejudgeService, StoredAgain, StoredPeople, StrayMessages],
  exports: [JudgedBy, RejudgeJobModule, RejudgeService],
})
export class RejudgeModule {}
