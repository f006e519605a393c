import { DateTime } from 'luxon';
import { type Call, type CallGiven } from '../../../policy/domain/call-of.js';

/** What a case may expect of a call, each by the name that files have for it. */
export const CALL_ANSWERS = {
  'claim-by': ({ claimBy }, zone) => clock(claimBy, zone),
  'tell-by': ({ tellBy }, zone) => clock(tellBy, zone),
  'call-from': ({ callFrom }, zone) => clock(callFrom, zone),
  asked: ({ asked }, zone) => asked
      .map(({ role, at }) => `${role} ${clock(at, zone)}`)
      .sort()
      .join(', '),
  first: ({ first }) => first.join(', '),
  'follow-up': ({ followUp }, zone) => clock(followUp, zone),
  'close-by': ({ closeBy }, zone) => clock(closeBy, zone),
} satisfies Record<string, (call: Call, zone: string) => string>;
export type CallAnswer = keyof typeof CALL_ANSWERS;

/** One answer as the file has it. */
export interface ExpectedAnswer {
  /** `file:line:column` */
  path: string;
  answer: CallAnswer;
  /** Times as `2026-03-02 08:30` of the centre's clock, or the day alone. */
  written: string;
}

/** A finding at some moment, and what the policy must make of it. */
export interface PolicyCase extends CallGiven {
  path: string;
  name: string;
  expect: readonly ExpectedAnswer[];
}

/** An answer that is not what the case expects. */
export interface OtherAnswer extends ExpectedAnswer {
  /** Empty where nothing is due. */
  found: string;
}

/** What of a case does not hold. @param zone of the centre */
export function otherAnswers(expect: readonly ExpectedAnswer[], call: Call, zone: string): OtherAnswer[] {
  return expect.flatMap((one) => {
    const found = CALL_ANSWERS[one.answer](call, zone);
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(one.written);
    return (isDay ? found.slice(0, one.written.length) : found) === one.written ? [] : [{ ...one, found }];
  });
}

function clock(at: Date | null, zone: string): string {
  return at === null ? '' : DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm');
}
