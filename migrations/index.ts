import { People1700000000100 } from './1700000000100-people.js';
import { Work1700000000200 } from './1700000000200-work.js';
import { Keeping1700000000300 } from './1700000000300-keeping.js';
import { Records1700000000400 } from './1700000000400-records.js';
import { RuleVersions1700000000500 } from './1700000000500-rule-versions.js';
import { Rejudging1700000000600 } from './1700000000600-rejudging.js';
import { EarlierFindings1700000000700 } from './1700000000700-earlier-findings.js';
import { Levels1700000000800 } from './1700000000800-levels.js';
import { LevelOverrides1700000000900 } from './1700000000900-level-overrides.js';
import { TaskLife1700000001000 } from './1700000001000-task-life.js';
import { Accounts1700000001100 } from './1700000001100-accounts.js';
import { OpenTasks1700000001200 } from './1700000001200-open-tasks.js';
import { Escalation1700000001300 } from './1700000001300-escalation.js';
import { Messages1700000001400 } from './1700000001400-messages.js';
import { Register1700000001500 } from './1700000001500-register.js';
import { FindingPeople1700000001600 } from './1700000001600-finding-people.js';
import { AuditChain1700000001700 } from './1700000001700-audit-chain.js';
import { StaffMessages1700000001800 } from './1700000001800-staff-messages.js';
import { OverrideAssessment1700000001850 } from './1700000001850-override-assessment.js';
import { Alarms1700000001900 } from './1700000001900-alarms.js';
import { RowLimits1700000002000 } from './1700000002000-row-limits.js';
import { Silences1700000002100 } from './1700000002100-silences.js';
import { WaitingTasks1700000002200 } from './1700000002200-waiting-tasks.js';
import { RuleDrafts1700000002250 } from './1700000002250-rule-drafts.js';

/** Every step, in order. A step that has shipped is never edited. */
export const MIGRATIONS = [
  People1700000000100,
  Work1700000000200,
  Keeping1700000000300,
  Records1700000000400,
  RuleVersions1700000000500,
  Rejudging1700000000600,
  EarlierFindings1700000000700,
  Levels1700000000800,
  LevelOverrides1700000000900,
  TaskLife1700000001000,
  Accounts1700000001100,
  OpenTasks1700000001200,
  Escalation1700000001300,
  Messages1700000001400,
  Register1700000001500,
  FindingPeople1700000001600,
  AuditChain1700000001700,
  StaffMessages1700000001800,
  OverrideAssessment1700000001850,
  Alarms1700000001900,
  RowLimits1700000002000,
  Silences1700000002100,
  WaitingTasks1700000002200,
  RuleDrafts1700000002250,
];
