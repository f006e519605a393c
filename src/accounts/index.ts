export { AccountsModule } from './accounts.module.js';
export { type AccountShown, AccountsService, type NewAccount, type PostWanted } from './accounts.service.js';
export { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './domain/password-rule.js';
export { isRole, type Role, ROLES } from './domain/roles.js';
export { type IdentityProvider, type Proven } from './identity-provider.js';
export { OwnAccountService } from './own-account.service.js';
export { PasswordIdentity, type PasswordProof } from './password-identity.js';
export { SecondFactorService } from './second-factor.service.js';
export {
  changeTokenOf,
  type Entered,
  isChangeToken,
  SessionsService,
  type SignedIn,
} from './sessions.service.js';
export { SignInService, type SignInOutcome } from './sign-in.service.js';
export {
  SEALED_ACCOUNTS,
  type StaffAddress,
  StaffAddresses,
  type StaffMember,
} from './staff-addresses.service.js';
