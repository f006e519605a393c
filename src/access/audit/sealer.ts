import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { Vault } from '../../secrets/index.js';
import { AuditRepository } from './audit.repository.js';
import { linkOn } from './domain/chain.js';

/** A transaction of so many holds nobody up for long. */
const AT_ONCE = 500;
/** Whatever else the service does, sealing has a turn after so long. */
const PATIENCE_MS = 1000;

/** Gives what was written down its place in the chain, in batches; whoever writes waits for none of it. */
@Injectable()
export class Sealer {
  constructor(
    @Inject(AuditRepository) private readonly table: AuditRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Seals all that waits. Where another instance is at it, it is left to that one. @returns how many were sealed */
  async seal(): Promise<number> {
    for (let sealed = 0; ;) {
      const more = await this.work.runAside((manager) => this.#batch(manager), PATIENCE_MS);
      sealed += more;
      if (more < AT_ONCE) return sealed;
    }
  }

  async #batch(manager: Parameters<AuditRepository['head']>[0]): Promise<number> {
    const head = await this.table.head(manager);
    const events = await this.table.unsealed(manager, AT_ONCE);
    const links = linkOn(head, events, (text) => this.vault.hash(text));
    const last = links.at(-1);
    // The end of the chain is moved before anything is linked to it: of several instances one can.
    if (!last || !(await this.table.moveHead(manager, head, last))) return 0;
    await this.table.link(manager, links);
    return links.length;
  }
}
