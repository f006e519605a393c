import { Inject, Injectable } from '@nestjs/common';
import { Reader } from '../../database/index.js';
import { Vault } from '../../secrets/index.js';
import { AuditRepository, GUARDS } from './audit.repository.js';
import { type Break, follow, type Head, NO_EVENTS } from './domain/chain.js';

const PAGE = 2000;

/** What the trail looks like from its first event to its last. */
export interface Verified {
  /** As far as it holds. */
  head: Head;
  /** The first place where it doesn't. */
  broken: Break | null;
  /** Written down, and not sealed yet. */
  unsealed: { count: number; since: Date | null; first: string | null };
  /** Guards of the database that are missing. */
  missingGuards: string[];
}

/** Follows the chain of the audit trail. */
@Injectable()
export class AuditVerifier {
  constructor(
    @Inject(AuditRepository) private readonly table: AuditRepository,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /**
   * @param expected an end of the chain that was noted before, and kept elsewhere: it must still be a link of it
   * @param progress told how far it has come
   */
  async verify(expected?: Head, progress?: (done: number, of: number) => void): Promise<Verified> {
    // What is sealed meanwhile lies beyond it.
    const end = await this.table.head(this.reader.manager);
    const { head, broken } = await this.#walk(end, expected, progress);
    const guards = await this.table.guards();
    return {
      head,
      broken,
      unsealed: await this.table.waiting(),
      missingGuards: GUARDS.filter((name) => !guards.includes(name)),
    };
  }

  async #walk(
    end: Head,
    expected: Head | undefined,
    progress?: (done: number, of: number) => void,
  ): Promise<{ head: Head; broken: Break | null }> {
    const hash = (text: string): string => this.vault.hash(text);
    let head = NO_EVENTS;
    for (;;) {
      const page = await this.table.sealedFrom(head.seq, PAGE);
      // The last one of the page before comes again, so that another at the same place is seen.
      const found = follow(head, page[0]?.seq === head.seq ? page.slice(1) : page, hash);
      if ('why' in found) return { head, broken: found };
      const noted = page.find(({ seq }) => seq === expected?.seq);
      if (noted && noted.hash !== expected?.hash)
        return { head, broken: { seq: noted.seq, why: 'changed', id: noted.id } };
      head = found;
      progress?.(head.seq, end.seq);
      if (page.length < PAGE) break;
    }
    const least = Math.max(end.seq, expected?.seq ?? 0);
    const broken = head.seq < least ? ({ seq: head.seq + 1, why: 'missing', id: null } as const) : null;
    return { head, broken };
  }
}
