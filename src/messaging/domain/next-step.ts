import { type Audience } from './message.js';

/** Why a message did not leave, or did not arrive. Codes alone: what a server said may quote an address. */
export const ERROR_KINDS = [
  'bad-address',
  'refused',
  'bad-content',
  'not-configured',
  'not-authorised',
  'busy',
  'unreachable',
  'timed-out',
  'cut-off',
  'unclear',
  'interrupted',
  'bounced',
  'opted-out',
  'no-consent',
  'deceased',
  'withdrawn',
  'already-said',
  'quiet-hours',
  'cap',
  'missing-value',
  'unreadable',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** What a human does about a message that did not arrive. */
export const NEXT_STEPS = ['phone', 'mend-address', 'mend-template', 'mend-configuration', 'none'] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

const BY_KIND: Partial<Record<ErrorKind, NextStep>> = {
  'bad-address': 'mend-address',
  'bad-content': 'mend-template',
  'missing-value': 'mend-template',
  'not-configured': 'mend-configuration',
  'not-authorised': 'mend-configuration',
  deceased: 'none',
  withdrawn: 'none',
  'already-said': 'none',
};

/** The next step after a message was lost. Whatever else is to be mended, a person is phoned: a message is no telling. */
export function nextStep(kind: ErrorKind | null, audience: Audience): NextStep {
  const step = (kind && BY_KIND[kind]) ?? 'phone';
  return step === 'mend-address' && audience === 'staff' ? 'mend-configuration' : step;
}
