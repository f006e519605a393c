import { Global, Module } from '@nestjs/common';
import { AccountsRepository } from './accounts.repository.js';
import { AccountsService } from './accounts.service.js';
import { OwnAccountService } from './own-account.service.js';
import { PasswordIdentity } from './password-identity.js';
import { Passwords } from './passwords.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';
import { StaffAddresses } from './staff-addresses.service.js';

/** People who sign in: accounts, passwords, second factors, sessions. */
@Global()
@Module({
  providers: [
    AccountsRepository,
    AccountsService,
    OwnAccountService,
    PasswordIdentity,
    Passwords,
    SecondFactorService,
    SessionsService,
    SignInService,
    StaffAddresses,
  ],
  exports: [
    AccountsService,
    OwnAccountService,
    PasswordIdentity,
    SecondFactorService,
    SessionsService,
    SignInService,
    StaffAddresses,
  ],
})
export class AccountsModule {}
