import { Inject, Injectable } from '@nestjs/common';
import { AccountsRepository } from './accounts.repository.js';
import { loginName } from './domain/login-name.js';
import { type IdentityProvider, type Proven } from './identity-provider.js';
import { Passwords } from './passwords.js';

/** What somebody types who signs in by a password of this service. */
export interface PasswordProof {
  login: string;
  password: string;
}

/** Sign-in name and password, as this service keeps them. */
@Injectable()
export class PasswordIdentity implements IdentityProvider<PasswordProof> {
  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(Passwords) private readonly passwords: Passwords,
  ) {}

  attemptedAs({ login }: PasswordProof): string {
    return loginName(login) ?? login;
  }

  /** Takes the same time whether there is such an account or not. */
  async prove({ login: typed, password }: PasswordProof): Promise<Proven> {
    const login = loginName(typed);
    const account = login === null ? null : await this.accounts.byLogin(login);
    return { account, isProven: await this.passwords.isRight(account?.passwordHash ?? null, password) };
  }
}
