import { type Fault } from '../../kernel/index.js';
import { MOST_ENTRIES } from './limits.js';
import { kindOf } from './validate-primitive.js';
import { RESOURCE_TYPES, shapeOf } from './validate-shape.js';
import { MOST_FAULTS, Walk } from './validate-walk.js';

/** An entry stands in the Bundle and its list. */
const ENTRY_LEVEL = 3;

/** Whether FHIR R4 has a resource type of this name, whatever Firstcall does with it. */
export function isR4Type(name: string): boolean {
  return RESOURCE_TYPES.has(name);
}

/** Whether resources of this type are validated in full; others only have to be a type of R4. */
export function isValidatedType(name: string): boolean {
  return isR4Type(name) && shapeOf(name) !== undefined;
}

/**
 * Checks one resource against R4: elements, cardinality, choices, primitive values, codes of required bindings.
 * A Bundle is checked whole, entries included.
 * @param path FHIRPath of the resource in what was sent; the resource type when it stands alone
 * @returns what is wrong, at most 20 faults; empty when valid. Never holds a value of a person.
 */
export function validateResource(resource: unknown, path = typeOf(resource)): Fault[] {
  if (isBundle(resource)) return validateBundle(resource, path);
  const walk = new Walk(path);
  walk.resource(resource);
  return walk.faults;
}

/** The Bundle itself without the inside of its entries: type, total, links, number of entries. */
export function validateBundleShell(bundle: unknown, path = 'Bundle'): Fault[] {
  const walk = new Walk(path);
  if (!isBundle(bundle)) {
    walk.resource(bundle);
    if (walk.faults.length > 0) return walk.faults;
    return [{ code: 'invalid-resource', message: 'must be a Bundle', path: `${path}.resourceType` }];
  }
  const { entry, ...shell } = bundle;
  walk.resource(shell);
  const fault = entry === undefined ? null : entriesFault(entry);
  return fault === null ? walk.faults : [...walk.faults, { ...fault, path: `${path}.entry` }];
}

/** One entry of a Bundle with its resource, for verdicts entry by entry. */
export function validateEntry(entry: unknown, path: string, bundleType: unknown): Fault[] {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return [{ code: 'invalid-resource', message: `must be an object, but is ${kindOf(entry)}`, path }];
  }
  const walk = new Walk(path, ENTRY_LEVEL);
  walk.object(entry as Record<string, unknown>, shapeOf('Bundle.entry')!);
  const { request, response, resource } = entry as Record<string, unknown>;
  // bdl-3: what is to be done must be said; bdl-5: an entry without resource only where a request or response stands for it.
  if ((bundleType === 'transaction' || bundleType === 'batch') && request === undefined) {
    walk.faults.push({
      code: 'invalid-resource',
      message: `request is required in a ${bundleType}`,
      path: `${path}.request`,
    });
  } else if (resource === undefined && request === undefined && response === undefined) {
    walk.faults.push({ code: 'invalid-resource', message: 'resource is required', path: `${path}.resource` });
  }
  return walk.faults;
}

function validateBundle(bundle: Record<string, unknown>, path: string): Fault[] {
  const faults = validateBundleShell(bundle, path);
  if (!Array.isArray(bundle.entry) || bundle.entry.length > MOST_ENTRIES) return faults;
  for (let index = 0; index < bundle.entry.length && faults.length < MOST_FAULTS; index++) {
    faults.push(...validateEntry(bundle.entry[index], `${path}.entry[${index}]`, bundle.type));
  }
  return faults.slice(0, MOST_FAULTS);
}

function entriesFault(entry: unknown): Omit<Fault, 'path'> | null {
  if (!Array.isArray(entry))
    return { code: 'invalid-resource', message: `must be a list, but is ${kindOf(entry)}` };
  if (entry.length === 0) {
    return { code: 'invalid-resource', message: 'must not be an empty list; leave the element out instead' };
  }
  if (entry.length <= MOST_ENTRIES) return null;
  return {
    code: 'too-many-entries',
    message: `must have at most ${MOST_ENTRIES} entries, but has ${entry.length}`,
  };
}

function isBundle(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { resourceType?: unknown }).resourceType === 'Bundle'
  );
}

function typeOf(resource: unknown): string {
  const type = (resource as { resourceType?: unknown } | null | undefined)?.resourceType;
  return typeof type === 'string' && isR4Type(type) ? type : 'Resource';
}
