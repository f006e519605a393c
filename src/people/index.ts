export { ClinicalResourceEntity } from './clinical-resource.entity.js';
export { type ClinicalResource, ClinicalResourceRepository } from './clinical-resource.repository.js';
export { DataQualityEntity } from './data-quality.entity.js';
export { type DataQualityItem, DataQualityRepository, type ListedItem } from './data-quality.repository.js';
export { contentText, resultHash, shortHash } from './domain/content.js';
export { ageInDays, ageInYears, readTime } from './domain/fhir-time.js';
export { businessIdentifier, identifierKey, identityKey, senderKey } from './domain/identity.js';
export { maskText } from './domain/mask-text.js';
export { nameInitials } from './domain/name-initials.js';
export { isoText } from './domain/iso-text.js';
export { isReachableGuardian } from './domain/patient.js';
export { isIdentityNumber } from './domain/person-identifiers.js';
export {
  isPlaced,
  possibleKeys,
  resultIdentifierKeys,
  resultKey,
  resultKeyWithId,
} from './domain/result-key.js';
export { resultTime, type ResultTime } from './domain/result-time.js';
export {
  asNews,
  codeTokens,
  isHistory,
  isValidValue,
  type Stored,
  type StoredMeasurement,
  type StoredResult,
} from './domain/stored-result.js';
export { compareRank, isEvidence, isPreliminary } from './domain/version-rank.js';
export { EncounterCareEntity } from './encounter-care.entity.js';
export { type EncounterCare, EncounterCareRepository } from './encounter-care.repository.js';
export { LatestObservations } from './latest-observations.js';
export { MessageEntity } from './message.entity.js';
export { MessageStore, type SealedMessage, StoredMessage } from './message.store.js';
export { ObservationEntity, ObservationVersionEntity } from './observation.entity.js';
export { type KnownVersions, ObservationRepository } from './observation.repository.js';
export { PeopleModule } from './people.module.js';
export { PeopleFound, type PersonCondition } from './people-found.js';
export { PersonConflictEntity } from './person-conflict.entity.js';
export { PersonConflictRepository } from './person-conflict.repository.js';
export { PersonContactEntity, PersonEntity, PersonKeyEntity } from './person.entity.js';
export { AmbiguousPerson, type Admitted, type IncomingPatient, PersonRegistry } from './person-registry.js';
export { SEALED_PEOPLE } from './sealed-people.js';
export { type KnownPerson } from './known-person.js';
export { PersonRepository } from './person.repository.js';
export { type Relative, Relatives } from './relatives.js';
