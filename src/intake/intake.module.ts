import { Module } from '@nestjs/common';
import { AssessmentModule } from '../assessment/index.js';
import { PeopleModule } from '../people/index.js';
import { RulesModule } from '../rules/index.js';
import { TasksModule } from '../tasks/index.js';
import { TerminologyModule } from '../terminology/index.js';
import { Admission } from './admission.js';
import { CareOfResults } from './care.js';
import { CareNotes } from './care-notes.js';
import { ClinicalStore } from './clinical-store.js';
import { HandReports } from './hand-reports.service.js';
import { IngestOutcomeReader } from './ingest-outcome.js';
import { IntakeService } from './intake.service.js';
import { Judging } from './judging.js';
import { JudgingAgain } from './judging-again.js';
import { Levelling } from './levelling.js';
import { Merging } from './merging.js';
import { Prospects } from './prospects.js';
import { RecordAdoption } from './record-adoption.js';
import { RecordJudging } from './record-judging.js';
import { Records } from './records.js';
import { Rejudging } from './rejudging.js';
import { Rereading } from './rereading.js';
import { ResultReader } from './result-reader.js';
import { KnownKeys } from './known-keys.js';
import { ResultStore } from './result-store.js';
import { Surroundings } from './surroundings.js';

@Module({
  imports: [AssessmentModule, PeopleModule, RulesModule, TasksModule, TerminologyModule],
  providers: [
    Admission,
    CareNotes,
    CareOfResults,
    ClinicalStore,
    HandReports,
    IngestOutcomeReader,
    IntakeService,
    Judging,
    JudgingAgain,
    Levelling,
    Merging,
    Prospects,
    RecordAdoption,
    RecordJudging,
    Records,
    Rejudging,
    Rereading,
    ResultReader,
    KnownKeys,
    ResultStore,
    Surroundings,
  ],
  exports: [
    Admission,
    HandReports,
    IngestOutcomeReader,
    CareOfResults,
    IntakeService,
    Judging,
    Levelling,
    Prospects,
    Records,
    Surroundings,
    Rejudging,
    Rereading,
    ResultReader,
  ],
})
export class IntakeModule {}
