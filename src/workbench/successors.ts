import { Inject, Injectable } from '@nestjs/common';
import { AccessService, CAPABILITIES, RowLimits } from '../access/index.js';
import { type AccountShown, AccountsService, type Role } from '../accounts/index.js';
import { AppError } from '../kernel/index.js';

const CALLERS: readonly Role[] = CAPABILITIES['work-tasks'].roles;

/** To whom a task may go. */
@Injectable()
export class Successors {
  constructor(
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(AccessService) private readonly keys: AccessService,
    @Inject(RowLimits) private readonly limits: RowLimits,
  ) {}

  /** Everybody to whom a task may go, by sign-in name. */
  async of(taskId: string): Promise<AccountShown[]> {
    const callers = (await this.accounts.list()).filter(
      ({ disabledAt, roles }) => disabledAt === null && roles.some((role) => CALLERS.includes(role)),
    );
    const isInReach = await Promise.all(callers.map((one) => this.limits.hasInReach(one, 'task', taskId)));
    return callers.filter((_, i) => isInReach[i]);
  }

  /**
   * A task goes to somebody who makes calls and may see its person: with anybody else it would lie where nobody looks.
   * That they have opened the person by break-glass for an hour is not enough.
   * @throws AppError `invalid-request` that says which it is
   */
  async refuseOthers(taskId: string, to: string): Promise<void> {
    const account = await this.accounts.find(to);
    if (!account) {
      const isKey = (await this.keys.list()).some(
        ({ id, scope, revokedAt }) => id === to && scope === 'admin' && revokedAt === null,
      );
      if (!isKey) throw refused('There is nobody by this id.');
    } else if (account.disabledAt !== null) throw refused('They are locked out and can’t sign in.');
    else if (!account.roles.some((role) => CALLERS.includes(role)))
      throw refused('Their roles make no calls.');
    else if (!(await this.limits.hasInReach(account, 'task', taskId)))
      throw refused(
        'They work elsewhere and may not see this person: GET /api/tasks/ID/colleagues lists who may.',
      );
  }
}

function refused(why: string): AppError {
  return new AppError('invalid-request', why, 'to');
}
