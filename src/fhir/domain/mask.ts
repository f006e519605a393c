import { HIDDEN, maskText } from '../../people/domain/mask-text.js';
import { isIdentityNumber } from '../../people/domain/person-identifiers.js';

/** Types of identifier that name a person to the state: passport, licence, social security, travel permits. */
const OFFICIAL_TYPE = /^(?:NI|NN[A-Z]{2,3}|PPN|DL|SS|SB|CZ|TAX|MI|PRC)$/;
const IDENTITY_SHAPE = /^\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dX]$/i;

type Members = Record<string, unknown>;

/**
 * A resource as a key of scope `read` may see it: phone numbers, addresses and identity numbers masked wherever they
 * stand (contacts, contained resources and extensions too), photographs and narratives left out.
 * Record numbers such as an MRN stay: they are how a reader knows whom it is about.
 */
export function mask<T>(resource: T): T {
  return maskValue(resource) as T;
}

function maskValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Members = {};
  for (const [key, member] of Object.entries(value)) {
    const shown = maskMember(key, member);
    if (shown !== undefined) copy[key] = shown;
  }
  return copy;
}

function maskMember(key: string, member: unknown): unknown {
  switch (key) {
    case 'telecom':
    case 'valueContactPoint':
      return each(member, (point) => ({ ...without(point, 'extension'), ...maskedValue(point) }));
    case 'address':
    case 'valueAddress':
      return each(member, maskAddress);
    case 'identifier':
    case 'valueIdentifier':
      return each(member, maskIdentifier);
    case 'photo':
      return undefined;
    case 'text':
      // A narrative repeats what stands in the elements; `text` of other types is a plain string.
      return isMembers(member) && 'div' in member ? undefined : maskValue(member);
    default:
      return maskValue(member);
  }
}

function maskedValue(members: Members): Members {
  return typeof members.value === 'string' ? { value: maskText(members.value) } : {};
}

/** Province and city stay, for whoever counts regions. */
function maskAddress(address: Members): Members {
  const kept: Members = {};
  for (const key of ['use', 'type', 'city', 'state', 'country', 'period']) {
    if (address[key] !== undefined) kept[key] = address[key];
  }
  return { ...kept, text: HIDDEN };
}

function maskIdentifier(identifier: Members): Members {
  const { value } = identifier;
  const shown = maskValue(identifier) as Members;
  if (typeof value !== 'string' || !isOfficial(identifier, value)) return shown;
  return { ...without(shown, 'extension'), value: maskText(value) };
}

function isOfficial(identifier: Members, value: string): boolean {
  const { type } = identifier as { type?: { coding?: { code?: string }[] } };
  const codings = Array.isArray(type?.coding) ? type.coding : [];
  return (
    IDENTITY_SHAPE.test(value.trim()) ||
    isIdentityNumber(identifier) ||
    codings.some(({ code }) => typeof code === 'string' && OFFICIAL_TYPE.test(code))
  );
}

function each(member: unknown, change: (members: Members) => unknown): unknown {
  if (Array.isArray(member)) return member.map((item) => each(item, change));
  return isMembers(member) ? change(member) : maskValue(member);
}

function without(members: Members, key: string): Members {
  const { [key]: _left, ...rest } = members;
  return rest;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
