import { AccessKeyEntity } from './access/access.entity.js';
import { AuditChainEntity, AuditEventEntity } from './access/audit/audit-event.entity.js';
import { BreakGlassEntity } from './access/rows/break-glass.entity.js';
import {
  AccountAddressEntity,
  AccountEntity,
  SessionEntity,
  SetUpLinkEntity,
  SignInAttemptEntity,
} from './accounts/account.entity.js';
import { AssessmentEarlierEntity, AssessmentEntity } from './assessment/assessment.entity.js';
import { FindingEarlierEntity } from './assessment/finding-earlier.entity.js';
import { FindingEntity } from './assessment/finding.entity.js';
import { LevelOverrideEntity } from './assessment/level-override.entity.js';
import { RuleDraftEntity, RuleDraftEventEntity, RuleDraftReplayEntity } from './drafts/draft.entity.js';
import { MessageOptOutEntity, MessageReceiptEntity, OutboxEntity } from './messaging/outbox.entity.js';
import { ClinicalResourceEntity } from './people/clinical-resource.entity.js';
import { DataQualityEntity } from './people/data-quality.entity.js';
import { EncounterCareEntity } from './people/encounter-care.entity.js';
import { MessageEntity, MessagePartEntity } from './people/message.entity.js';
import { ObservationEntity, ObservationVersionEntity } from './people/observation.entity.js';
import { PersonConflictEntity } from './people/person-conflict.entity.js';
import { PersonContactEntity, PersonEntity, PersonKeyEntity } from './people/person.entity.js';
import { RejudgeJobEntity } from './rejudge/rejudge-job.entity.js';
import { RuleFileEntity, RuleSetChangeEntity, RuleSetEntity } from './rules/rule-set.entity.js';
import { DataKeyEntity } from './secrets/index.js';
import { ContactEntity } from './tasks/contact.entity.js';
import { SilenceEntity } from './tasks/silence.entity.js';
import { LoopEntity } from './tasks/loop.entity.js';
import { TaskEventEntity } from './tasks/task-event.entity.js';
import { TaskEntity, TaskFindingEntity } from './tasks/task.entity.js';
import { TerminologyMappingEntity } from './terminology/mapping.entity.js';
import { AlarmEntity } from './watchdog/alarm.entity.js';

/** Every table, as the rooms describe them. */
export const ENTITIES = [
  AccessKeyEntity,
  AccountAddressEntity,
  AccountEntity,
  AlarmEntity,
  AssessmentEarlierEntity,
  AssessmentEntity,
  AuditChainEntity,
  AuditEventEntity,
  BreakGlassEntity,
  ClinicalResourceEntity,
  ContactEntity,
  DataKeyEntity,
  DataQualityEntity,
  EncounterCareEntity,
  FindingEarlierEntity,
  FindingEntity,
  LevelOverrideEntity,
  LoopEntity,
  MessageEntity,
  MessageOptOutEntity,
  MessagePartEntity,
  MessageReceiptEntity,
  ObservationEntity,
  ObservationVersionEntity,
  OutboxEntity,
  PersonConflictEntity,
  PersonContactEntity,
  PersonEntity,
  PersonKeyEntity,
  RejudgeJobEntity,
  RuleDraftEntity,
  RuleDraftEventEntity,
  RuleDraftReplayEntity,
  RuleFileEntity,
  RuleSetChangeEntity,
  RuleSetEntity,
  SessionEntity,
  SilenceEntity,
  SetUpLinkEntity,
  SignInAttemptEntity,
  TaskEntity,
  TaskEventEntity,
  TaskFindingEntity,
  TerminologyMappingEntity,
];
