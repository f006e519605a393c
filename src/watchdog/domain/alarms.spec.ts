import { CALLING_DEFAULTS, type NotificationPolicy } from '../../policy/index.js';
import { alarmInWords, troubles, type Watched } from './alarms.js';

const policy = {
  ...CALLING_DEFAULTS,
  ...{
    working_hours: { days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '17:30' },
    holidays: [],
    extra_workdays: [],
  },
  watch: { stuck_minutes: 5, feed_quiet_minutes: 120, feeds: { LIS: 30 } },
} as unknown as NotificationPolicy;
const NOW = new Date('2026-03-02T04:00:00Z');
const before = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const well: Watched = { oldestStep: null, oldestMessage: null, overdue: [], feeds: [] };
const kinds = (watched: Partial<Watched>, now = NOW): string[] =>
  troubles({ ...well, ...watched }, policy, now, 'Asia/Shanghai').map(({ kind, subject }) =>
    `${kind} ${subject}`.trim(),
  );

describe('the watchdog', () => {
  it('is content while everything is done in its time', () => {
    expect(kinds({ oldestStep: before(5), oldestMessage: before(5) })).toEqual([]);
    expect(
      kinds({
        feeds: [
          { name: 'LIS', heardAt: before(30) },
          { name: 'US', heardAt: before(120) },
        ],
      }),
    ).toEqual([]);
  });

  it('raises what is due and not done', () => {
    expect(kinds({ oldestStep: before(6) })).toEqual(['steps-stuck']);
    expect(kinds({ oldestMessage: before(6) })).toEqual(['messages-stuck']);
  });

  it('raises a call beyond its limit of which somebody has not been asked', () => {
    const late = { urgency: 'A' as const, dueAt: before(6), ladderSteps: 4 };
    expect(kinds({ overdue: [late] })).toEqual([]);
    expect(kinds({ overdue: [late, { ...late, ladderSteps: 3 }] })).toEqual(['unescalated']);
    expect(kinds({ overdue: [{ ...late, dueAt: before(4), ladderSteps: 0 }] })).toEqual([]);
  });

  it('raises each feed that is quiet for longer than its gap, in working hours', () => {
    const feeds = [
      { name: 'LIS', heardAt: before(31) },
      { name: 'US', heardAt: before(31) },
    ];
    expect(kinds({ feeds })).toEqual(['feed-quiet LIS']);
    const evening = new Date('2026-03-02T09:20:00Z');
    expect(kinds({ feeds: [{ name: 'LIS', heardAt: evening }] }, new Date('2026-03-03T00:10:00Z'))).toEqual(
      [],
    );
    expect(kinds({ feeds: [{ name: 'LIS', heardAt: evening }] }, new Date('2026-03-03T00:21:00Z'))).toEqual([
      'feed-quiet LIS',
    ]);
  });

  it('says what it is in words that fit a message', () => {
    const subject = `L\nS ${'x'.repeat(200)}$&`;
    expect(alarmInWords({ kind: 'feed-quiet', subject }, 'zh')).toMatch(/^来源 L S x{36} 没有新结果$/);
  });
});
