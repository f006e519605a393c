import { type NotificationPolicy, type Urgency } from '../../policy/domain/policy.js';
import { workingMinutes } from '../../policy/domain/working-time.js';

/** What may be wrong with the service itself. */
export const ALARM_KINDS = ['steps-stuck', 'messages-stuck', 'unescalated', 'feed-quiet'] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** Something that is not as it should be. */
export interface Trouble {
  kind: AlarmKind;
  /** Name of the feed that is quiet; empty for what there is one of. */
  subject: string;
  since: Date;
}

/** What the watchdog looks at, each read from its own table: it asks none of those whom it watches. */
export interface Watched {
  /** Since when the step of a ladder or route that is due for longest has been. */
  oldestStep: Date | null;
  /** The same of messages. */
  oldestMessage: Date | null;
  /** Open calls beyond their due time, the longest first. */
  overdue: readonly { urgency: Urgency; dueAt: Date; ladderSteps: number }[];
  feeds: readonly { name: string; heardAt: Date }[];
}

const MINUTE_MS = 60_000;

/** What is wrong now. Pure: the same rows, policy and instant give the same troubles. */
export function troubles(watched: Watched, policy: NotificationPolicy, now: Date, zone: string): Trouble[] {
  const isStuck = (since: Date | null | undefined): since is Date =>
    since != null && now.getTime() - since.getTime() > policy.watch.stuck_minutes * MINUTE_MS;
  const forgotten = watched.overdue.find(
    ({ urgency, dueAt, ladderSteps }) => ladderSteps < policy.ladder[urgency].length && isStuck(dueAt),
  );
  const once = (kind: AlarmKind, since: Date | null | undefined): Trouble[] =>
    isStuck(since) ? [{ kind, subject: '', since }] : [];
  return [
    ...once('steps-stuck', watched.oldestStep),
    ...once('messages-stuck', watched.oldestMessage),
    ...once('unescalated', forgotten?.dueAt),
    ...watched.feeds
      .filter((feed) => isQuiet(feed, policy, now, zone))
      .map(({ name, heardAt }) => {
        return { kind: 'feed-quiet' as const, subject: name, since: heardAt };
      }),
  ];
}

/** Nights and holidays are no silence: only minutes of working hours count. */
function isQuiet(
  { name, heardAt }: Watched['feeds'][number],
  policy: NotificationPolicy,
  now: Date,
  zone: string,
): boolean {
  const { feeds, feed_quiet_minutes: usual } = policy.watch;
  const gap = Object.hasOwn(feeds, name) ? feeds[name]! : usual;
  return workingMinutes(policy, heardAt, now, zone) > gap;
}

const WORDS: Readonly<Record<AlarmKind, { zh: string; en: string }>> = {
  'steps-stuck': { zh: '到时的升级步骤没有执行', en: 'steps of the ladder are due and not taken' },
  'messages-stuck': { zh: '到时的消息没有发出', en: 'messages are due and not sent' },
  unescalated: { zh: '有通知任务超时而没有逐级上报', en: 'a call is beyond its limit and was not escalated' },
  'feed-quiet': { zh: '来源 {subject} 没有新结果', en: 'feed {subject} has gone quiet' },
};
const LONGEST_NAME = 40;

/** An alarm in words. */
export function alarmInWords(
  { kind, subject }: Pick<Trouble, 'kind' | 'subject'>,
  language: 'zh' | 'en',
): string {
  const name = subject.replace(/\p{Cc}/gu, ' ').slice(0, LONGEST_NAME);
  return WORDS[kind][language].replace('{subject}', () => name);
}
