import { type Urgency } from '../../policy/index.js';

/** By what a message goes out. `log` goes nowhere: a line that it was due, for a service that is only being tried. */
export const CHANNELS = ['log', 'email', 'sms', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * Somebody who is examined, a relative or guardian of theirs, or somebody who works here. The former two have rest and may
 * refuse; a relative is sent only what the person's consent covers at the moment of leaving.
 */
export const AUDIENCES = ['person', 'family', 'staff'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What goes out, as it was decided: a later change of the template changes no message that waits. */
export interface Content {
  /** Of an e-mail; null elsewhere. */
  subject: string | null;
  text: string;
  /** What the template was filled with: gateways of SMS take these and a code, and put the text together themselves. */
  values: Readonly<Record<string, string>>;
  /** The gateway's own name for the template; null where it has none. */
  code: string | null;
}

/** What a caller wants sent. */
export interface Draft {
  /** Names what is done by it, such as `task/ID/step/2/li-min`: whoever says the same again adds nothing. 128 characters. */
  key: string;
  channel: Channel;
  template: string;
  language: Language;
  audience: Audience;
  /** Phone number, e-mail address, or what the webhook's receiver knows somebody by; empty for `log`. */
  address: string;
  values: Readonly<Record<string, string>>;
  urgency: Urgency;
  taskId: string | null;
  /** Whom it is about: the person examined, also where it goes to staff or family. */
  personId: string | null;
}
