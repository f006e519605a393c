import { exactly } from '../../kernel/index.js';
import { type StoredResult } from '../../people/index.js';
import { Timeline } from './timeline.js';

/** A haemoglobin of an hour of one day, issued at another. */
function result(identityKey: string, hour: number, issued: number | null, value: string): StoredResult {
  const at = (of: number) => new Date(Date.UTC(2026, 2, 2, of));
  return {
    id: identityKey,
    identityKey,
    contentHash: null,
    resourceType: 'Observation',
    version: 1,
    personId: 'person',
    subjectKey: null,
    messageId: 'message',
    entry: 0,
    codes: '',
    at: at(hour),
    receivedAt: at(hour),
    issued: issued === null ? null : at(issued),
    sentUpdated: null,
    status: 'final',
    measurements: [
      {
        component: 0,
        analyte: 'hb',
        value: { kind: 'number', interval: exactly(value), unit: 'g/L' },
        asSent: value,
        ownLimit: null,
        doubts: [],
        freshFrom: at(hour).toISOString(),
      },
    ],
  };
}

it.each<[string, StoredResult[], number]>([
  ['none', [], 0],
  ['one', [result('a', 1, 2, '85')], 1],
  ['two of one moment that were issued at one', [result('a', 1, 2, '85'), result('b', 1, 2, '120')], 2],
  ['neither says when it was issued', [result('a', 1, null, '85'), result('b', 1, null, '120')], 2],
  ['the later issued is the later', [result('a', 1, 2, '85'), result('b', 1, 3, '120')], 1],
  ['one of an earlier moment', [result('a', 0, 2, '85'), result('b', 1, 2, '120')], 1],
])('how many before a result are equally late: %s', (_name, before, tied) => {
  const now = result('z', 5, 6, '80');
  for (const results of [
    [...before, now],
    [now, ...before.toReversed()],
  ]) {
    const timeline = new Timeline(results, [], 'Asia/Shanghai');
    const [current] = timeline.last('hb');
    expect(timeline.tiedBefore('hb', current!)).toBe(tied);
  }
});
