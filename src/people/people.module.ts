import { Module } from '@nestjs/common';
import { ClinicalResourceRepository } from './clinical-resource.repository.js';
import { DataQualityRepository } from './data-quality.repository.js';
import { EncounterCareRepository } from './encounter-care.repository.js';
import { LatestObservations } from './latest-observations.js';
import { MessageStore } from './message.store.js';
import { ObservationRepository } from './observation.repository.js';
import { PeopleFound } from './people-found.js';
import { PersonConflictRepository } from './person-conflict.repository.js';
import { PersonRegistry } from './person-registry.js';
import { PersonRepository } from './person.repository.js';
import { Relatives } from './relatives.js';

const PROVIDERS = [
  ClinicalResourceRepository,
  DataQualityRepository,
  EncounterCareRepository,
  LatestObservations,
  MessageStore,
  ObservationRepository,
  PeopleFound,
  PersonConflictRepository,
  PersonRegistry,
  PersonRepository,
  Relatives,
];

/** Subjects: persons, their messages and stored results. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class PeopleModule {}
