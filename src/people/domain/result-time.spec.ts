import { resultTime, type TimedResource } from './result-time.js';

const RECEIVED = new Date('2026-03-02T02:00:00Z');
const read = (resource: TimedResource): ReturnType<typeof resultTime> =>
  resultTime(resource, RECEIVED, 'Asia/Shanghai');
const iso = ({ at, freshFrom }: ReturnType<typeof resultTime>): [string, string] => [
  at.toISOString(),
  freshFrom.toISOString(),
];

describe('the time of a result', () => {
  it.each<[string, TimedResource, string, string]>([
    [
      'speaks of the effective time and ages from issue',
      { effectiveDateTime: '2026-01-05T08:00:00+08:00', issued: '2026-03-01T00:00:00Z' },
      '2026-01-05T00:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
    ],
    [
      'ages from the effective time when not issued',
      { effectiveInstant: '2026-02-05T00:00:00Z' },
      '2026-02-05T00:00:00.000Z',
      '2026-02-05T00:00:00.000Z',
    ],
    [
      'ages from the end of a bare day of the centre',
      { effectiveDateTime: '2026-02-05' },
      '2026-02-04T16:00:00.000Z',
      '2026-02-05T15:59:59.999Z',
    ],
    [
      'takes a period at its end',
      { effectivePeriod: { start: '2026-02-01T00:00:00Z', end: '2026-02-05T00:00:00Z' } },
      '2026-02-05T00:00:00.000Z',
      '2026-02-05T00:00:00.000Z',
    ],
    [
      'takes an open period at its start',
      { effectivePeriod: { start: '2026-02-01T00:00:00Z' } },
      '2026-02-01T00:00:00.000Z',
      '2026-02-01T00:00:00.000Z',
    ],
    [
      'takes the issue when nothing is effective',
      { issued: '2026-02-07T00:00:00Z' },
      '2026-02-07T00:00:00.000Z',
      '2026-02-07T00:00:00.000Z',
    ],
    [
      'takes the first event of a timing',
      { effectiveTiming: { event: ['2026-02-08T00:00:00Z'] } },
      '2026-02-08T00:00:00.000Z',
      '2026-02-08T00:00:00.000Z',
    ],
    ['counts as received now without any', {}, '2026-03-02T02:00:00.000Z', '2026-03-02T02:00:00.000Z'],
  ])('%s', (_, resource, at, freshFrom) => {
    expect(iso(read(resource))).toEqual([at, freshFrom]);
  });

  it('is missing only where nothing can be read', () => {
    expect(read({}).isMissing).toBe(true);
    expect(read({ effectivePeriod: {} }).isMissing).toBe(true);
    expect(read({ issued: '2026-02-07T00:00:00Z' }).isMissing).toBe(false);
    expect(read({ effectiveDateTime: '2026' }).isMissing).toBe(false);
  });

  it.each([
    [{ effectiveDateTime: '2026-03-03T02:00:00.000Z' }, false],
    [{ effectiveDateTime: '2026-03-03T02:00:00.001Z' }, true],
    [{ effectiveDateTime: '2026-03-02', issued: '2026-03-03T02:00:00.001Z' }, true],
    [{ effectiveDateTime: '2026-03-03' }, false],
    [{ effectiveDateTime: '2026-03-04' }, true],
    [{}, false],
  ])('%p lies more than 24 hours ahead: %p', (resource, isFuture) => {
    expect(read(resource).isFuture).toBe(isFuture);
  });
});
