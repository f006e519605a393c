import { type AddressKind, isAddress, plainAddress } from '../../kernel/index.js';
import { type Relative } from '../../people/index.js';
import { type AskedToRing } from './route.js';

/** Somebody who may be asked to ring, and by what. */
export interface Addressee {
  name: string | null;
  sex: 'male' | 'female' | null;
  /** What they read; null where no record says it. */
  language: Relative['language'];
  channel: Extract<AddressKind, 'sms' | 'email'>;
  /** As it is sent to. */
  address: string;
}

/** Why somebody of a person's people is not asked. */
export type NotAsked =
  'minor' | 'not-a-minor' | 'no-consent' | 'not-named' | 'no-end' | 'no-address' | 'nobody';

export interface Asked {
  to: Addressee[];
  /** Each reason once. */
  because: NotAsked[];
}

/** The person, as far as it decides who is asked. */
export interface AskedAbout {
  name: string | null;
  sex: 'male' | 'female' | null;
  language: Relative['language'];
  isMinor: boolean;
  contacts: Relative['contacts'];
}

/**
 * Whom a step of a route asks to ring. A minor is never asked, their guardian is; of a grown person's relatives those
 * whom a consent names, and only while it lasts: without an end it is no consent to messages.
 * @param ways the channels that are set up, in the order in which they are preferred
 */
export function whomToAsk(
  to: AskedToRing,
  person: AskedAbout,
  relatives: readonly Relative[],
  ways: readonly Addressee['channel'][],
): Asked {
  const asked: Addressee[] = [];
  const because = new Set<NotAsked>();
  const candidates =
    to === 'person' ? [person] : relatives.filter((one) => to === 'family' || one.isGuardian);
  if (candidates.length === 0) because.add('nobody');
  for (const one of candidates) {
    const objection = 'consent' in one ? whyNot(to, person.isMinor, one) : person.isMinor ? 'minor' : null;
    const way = objection === null ? wayTo(one.contacts, ways) : null;
    if (objection ?? !way) because.add(objection ?? 'no-address');
    else if (way && !asked.some(({ address }) => address === way.address)) {
      asked.push({ name: one.name, sex: one.sex, language: one.language, ...way });
    }
  }
  return { to: asked, because: [...because] };
}

function whyNot(to: AskedToRing, isMinor: boolean, { consent }: Relative): NotAsked | null {
  if (to === 'guardian') return isMinor ? null : 'not-a-minor';
  if (isMinor) return 'minor';
  if (consent === null) return 'no-consent';
  if (!consent.isNamed) return 'not-named';
  return consent.until === null ? 'no-end' : null;
}

function wayTo(
  contacts: Relative['contacts'],
  ways: readonly Addressee['channel'][],
): Pick<Addressee, 'channel' | 'address'> | null {
  for (const channel of ways) {
    for (const { system, value } of contacts) {
      const address = plainAddress(channel, value);
      const isOfKind = channel === 'email' ? system === 'email' : system === 'phone' || system === 'sms';
      if (isOfKind && isAddress(channel, address)) return { channel, address };
    }
  }
  return null;
}
