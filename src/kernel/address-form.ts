/** The ways by which a message reaches somebody. */
export const ADDRESS_KINDS = ['email', 'sms', 'webhook'] as const;
export type AddressKind = (typeof ADDRESS_KINDS)[number];

const LONGEST_ADDRESS = 254;

/** What an address looks like: what cannot be one is not tried. */
const FORMS: Record<AddressKind, RegExp> = {
  email: /^[^\s@<>"',;:]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/,
  sms: /^\+?\d{5,20}$/,
  webhook: /^[^\p{Cc}]{1,254}$/u,
};

/** An address as it is sent to: a telephone number without the spaces, dashes and brackets that people write. */
export function plainAddress(kind: AddressKind, typed: string): string {
  return kind === 'sms' ? typed.replace(/[\s()-]/g, '') : typed.trim();
}

export function isAddress(kind: AddressKind, plain: string): boolean {
  return plain.length <= LONGEST_ADDRESS && FORMS[kind].test(plain);
}
