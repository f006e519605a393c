import { Module } from '@nestjs/common';
import { AssessmentModule } from '../assessment/index.js';
import { PeopleModule } from '../people/index.js';
import { AuditEventController } from './audit-event.controller.js';
import { ContactLoader } from './contact.loader.js';
import { FhirReadController } from './fhir-read.controller.js';
import { PersonLookup } from './person-lookup.js';
import { ReadingService } from './reading.service.js';
import { SearchRepository } from './search.repository.js';
import { StoredLoader } from './stored.loader.js';
import { StoredRepository } from './stored.repository.js';
import { WorkLoader } from './work.loader.js';

/** Read and search-type of the FHIR door. */
@Module({
  imports: [AssessmentModule, PeopleModule],
  controllers: [AuditEventController, FhirReadController],
  providers: [
    PersonLookup,
    ReadingService,
    SearchRepository,
    StoredLoader,
    StoredRepository,
    WorkLoader,
    ContactLoader,
  ],
})
export class ReadingModule {}
