/** What became of a call. */
export const ATTEMPT_OUTCOMES = [
  'told', 'reached', 'no-answer', 'busy', 'call-back', 'refused', 'other-answered', 'wrong-number', 'no-phone',
] as const; // prettier-ignore
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** What a nurse does next; the words are the workbench's to say. */
export type NextStep =
  'go-on' | 'ask-what-became-of-it' | 'call-again' | 'other-number' | 'find-a-number' | 'ask-the-doctor';

export interface Attempted {
  outcome: AttemptOutcome;
  /** With this one. */
  attempts: number;
  /** How many the policy asks for before others are asked (class and policy). */
  atLeast: number;
  /** Numbers on record that were not called wrong. */
  numbersLeft: number;
}

/** No phone and a wrong number are outcomes with a next step, as every other. */
export function nextStep({ outcome, attempts, atLeast, numbersLeft }: Attempted): NextStep {
  switch (outcome) {
    case 'told':
      return 'ask-what-became-of-it';
    case 'reached':
      return 'go-on';
    case 'no-phone':
      return 'find-a-number';
    case 'wrong-number':
      return numbersLeft > 0 ? 'other-number' : 'find-a-number';
    case 'refused':
      return 'ask-the-doctor';
    case 'no-answer':
    case 'busy':
    case 'call-back':
    case 'other-answered':
      if (attempts < atLeast) return 'call-again';
      return numbersLeft > 1 ? 'other-number' : 'ask-the-doctor';
  }
}
