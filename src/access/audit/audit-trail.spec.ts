import { FixedClock } from '../../../test/support/fixed-clock.js';
import { type Caller } from '../caller.js';
import { type AuditRepository } from './audit.repository.js';
import { AuditTrail } from './audit-trail.js';
import { type KeptEvent } from './domain/chain.js';

const caller: Caller = { kind: 'key', id: 'k1', name: 'reader', scope: 'read-contact', isHistory: false };
const seen = (...personIds: string[]) => ({ action: 'read Patient', personIds, detail: '1 shown' });

/** The table, as slow and as faulty as a test wants it. */
class Table {
  readonly writes: KeptEvent[][] = [];
  readonly waiting: { succeed: () => void; fail: (error: Error) => void }[] = [];

  insert(_manager: unknown, events: readonly KeptEvent[]): Promise<void> {
    this.writes.push([...events]);
    return new Promise((resolve, reject) => this.waiting.push({ succeed: resolve, fail: reject }));
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the audit trail', () => {
  let table: Table;
  let trail: AuditTrail;
  beforeEach(() => {
    table = new Table();
    trail = new AuditTrail(
      table as unknown as AuditRepository,
      { run: (work: (manager: unknown) => unknown) => work({}) } as never,
      new FixedClock('2026-03-02T02:00:00Z'),
    );
  });

  it('lets the reader wait until the record is durable', async () => {
    let isAnswered = false;
    const recorded = trail.record(caller, seen('p1')).then(() => {
      isAnswered = true;
    });
    await turn();
    expect(table.writes).toEqual([[expect.objectContaining({ actor: 'key:k1', personId: 'p1' })]]);
    expect(isAnswered).toBe(false);
    table.waiting[0]!.succeed();
    await recorded;
    expect(isAnswered).toBe(true);
  });

  it('writes together what arrives while a write is under way', async () => {
    const first = trail.record(caller, seen('p1'));
    await turn();
    const others = [
      trail.record(caller, seen('p2')),
      trail.record(caller, seen('p3', 'p4')),
      trail.record(caller, seen()),
    ];
    await turn();
    expect(table.writes).toHaveLength(1);
    table.waiting[0]!.succeed();
    await first;
    await turn();
    expect(table.writes[1]?.map(({ personId }) => personId)).toEqual(['p2', 'p3', 'p4', null]);
    table.waiting[1]!.succeed();
    await Promise.all(others);
  });

  it('refuses the reader whose record failed, and serves the next', async () => {
    const failed = trail.record(caller, seen('p1'));
    const expectation = expect(failed).rejects.toThrow('disk full');
    await turn();
    table.waiting[0]!.fail(new Error('disk full'));
    await expectation;
    const next = trail.record(caller, seen('p2'));
    await turn();
    table.waiting[1]!.succeed();
    await expect(next).resolves.toBeUndefined();
  });
});
