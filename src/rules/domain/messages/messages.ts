import { type Filling, type Holes, type Seen } from '../../../kernel/index.js';
import { CASE_MESSAGES } from './case-messages.js';
import { CONDITION_MESSAGES } from './condition-messages.js';
import { DISK_MESSAGES } from './disk-messages.js';
import { EXAMPLE_MESSAGES } from './example-messages.js';
import { FILE_MESSAGES } from './file-messages.js';
import { FORMULA_MESSAGES } from './formula-messages.js';
import { LEVEL_MESSAGES } from './level-messages.js';
import { LEXICON_MESSAGES } from './lexicon-messages.js';
import { MEETING_MESSAGES } from './meeting-messages.js';
import { OVERLAY_MESSAGES } from './overlay-messages.js';
import { RULE_MESSAGES } from './rule-messages.js';
import { TIME_MESSAGES } from './time-messages.js';
import { WARNING_MESSAGES } from './warning-messages.js';

/** Every message that refuses a rule file. */
export const FAULT_MESSAGES = {
  ...DISK_MESSAGES,
  ...FILE_MESSAGES,
  ...RULE_MESSAGES,
  ...CONDITION_MESSAGES,
  ...TIME_MESSAGES,
  ...EXAMPLE_MESSAGES,
  ...LEXICON_MESSAGES,
  ...FORMULA_MESSAGES,
  ...LEVEL_MESSAGES,
  ...MEETING_MESSAGES,
  ...OVERLAY_MESSAGES,
  ...CASE_MESSAGES,
};
export const MESSAGES = { ...FAULT_MESSAGES, ...WARNING_MESSAGES };

export type FaultKind = keyof typeof FAULT_MESSAGES;
export type WarningKind = keyof typeof WARNING_MESSAGES;
export type MessageKind = FaultKind | WarningKind;

/** What must be told with a message: its holes, and as much of `Seen` as there is to tell. */
export type Details<Kind extends MessageKind> = Seen & Record<Holes<(typeof MESSAGES)[Kind]>, Filling>;

/** The details as an argument that may be left out where nothing must be filled. */
export type Told<Kind extends MessageKind> =
  Holes<(typeof MESSAGES)[Kind]> extends never ? [details?: Details<Kind>] : [details: Details<Kind>];
