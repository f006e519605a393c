import fc from 'fast-check';
import { URGENCIES } from '../../policy/index.js';
import { rankOf, readQueueCursor, writeQueueCursor } from './queue-cursor.js';

const cursor = fc.record({
  urgency: fc.constantFrom(...URGENCIES),
  due: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  attempts: fc.nat({ max: 999 }),
  id: fc.uuid(),
});

describe('where a page of the queue ends', () => {
  it('is read as it was written', () => {
    fc.assert(fc.property(cursor, (end) => expect(readQueueCursor(writeQueueCursor(end))).toEqual(end)));
  });

  it.each([
    '',
    'A',
    'A~1',
    'A~1~x',
    'D~1~0~x',
    "A~1~0~'",
    'A~1.5~0~x',
    'A~1~x~y',
    'A~1~0~x~y',
    `A~${'9'.repeat(16)}~0~x`,
  ])('%j is not one', (text) => expect(readQueueCursor(text)).toBeNull());

  it('class A comes first, then important, B, C', () => {
    expect([...URGENCIES].sort((a, b) => rankOf(a) - rankOf(b))).toEqual(['A', 'important', 'B', 'C']);
  });
});
