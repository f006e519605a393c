import fc from 'fast-check';
import { meaningOf, RECEIPT_STATUSES, type Said, settledBy } from './receipt.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 2, 2, minute));
const said = (status: Said['status'], minute: number): Said => ({ status, at: at(minute) });

describe('what receipts say together', () => {
  it.each<[string, Said[], string | null]>([
    ['nothing', [], null],
    ['an answer alone', [said('reply', 1)], null],
    ['delivered', [said('delivered', 1)], 'delivered'],
    ['bounced after it was delivered', [said('delivered', 1), said('bounced', 2)], 'bounced'],
    ['delivered at a second try of the carrier', [said('bounced', 1), said('delivered', 2)], 'delivered'],
    ['both at one instant', [said('delivered', 1), said('bounced', 1)], 'bounced'],
  ])('%s', (_, receipts, outcome) => {
    expect(settledBy(receipts)).toBe(outcome);
  });

  it('does not depend on the order in which they come, or how often', () => {
    const receipt = fc.record({
      status: fc.constantFrom(...RECEIPT_STATUSES),
      at: fc.integer({ min: 0, max: 5 }).map(at),
    });
    fc.assert(
      fc.property(
        fc
          .array(receipt, { maxLength: 8 })
          .chain((list) =>
            fc.tuple(
              fc.constant(list),
              fc.shuffledSubarray([...list, ...list], { minLength: 2 * list.length }),
            ),
          ),
        ([list, shuffled]) => {
          expect(settledBy(shuffled)).toBe(settledBy(list));
        },
      ),
    );
  });
});

describe('a reply', () => {
  it.each([
    ['1', 'confirms'],
    [' １ ', 'confirms'],
    ['确认。', 'confirms'],
    ['收到!', 'confirms'],
    ['Yes', 'confirms'],
    ['TD', 'stops'],
    ['t', 'stops'],
    ['退订', 'stops'],
    ['STOP', 'stops'],
    ['10', 'other'],
    ['收到什么', 'other'],
    ['你是谁', 'other'],
    ['没收到', 'other'],
    ['', 'other'],
  ])('%j %s', (text, meaning) => {
    expect(meaningOf(text)).toBe(meaning);
  });
});
