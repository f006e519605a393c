/** Who answered the phone. */
export const ANSWERERS = ['self', 'guardian', 'relative', 'other'] as const;
export type Answerer = (typeof ANSWERERS)[number];

export interface Listener {
  answeredBy: Answerer;
  /** A consent to tell this named relative is on record and covers this moment. */
  hasConsent: boolean;
}

export interface AboutWhom {
  isDeceased: boolean;
  /** Completed years; null when the birth date is unknown. */
  ageYears: number | null;
  /** Below this age the guardian alone is told (policy). */
  guardianBelow: number;
}

/** `ring-the-centre`: say nothing but "please ring the centre". */
export type Hearing =
  'may-hear' | 'deceased' | 'guardian-only' | 'not-a-minor' | 'no-consent' | 'sensitive' | 'ring-the-centre';

/** Whether a finding may be told to whoever answered. Sensitive ones are told to the person alone. */
export function mayHear(
  { answeredBy, hasConsent }: Listener,
  about: AboutWhom,
  isSensitive: boolean,
): Hearing {
  if (about.isDeceased) return 'deceased';
  const isMinor = about.ageYears !== null && about.ageYears < about.guardianBelow;
  switch (answeredBy) {
    case 'self':
      return isMinor ? 'guardian-only' : 'may-hear';
    case 'guardian':
      if (!isMinor) return 'not-a-minor';
      return isSensitive ? 'sensitive' : 'may-hear';
    case 'relative':
      if (isMinor) return 'guardian-only';
      if (!hasConsent) return 'no-consent';
      return isSensitive ? 'sensitive' : 'may-hear';
    case 'other':
      return 'ring-the-centre';
  }
}
