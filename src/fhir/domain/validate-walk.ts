import { type ErrorCode, type Fault } from '../../kernel/index.js';
import { isDeeperThan, MOST_LEVELS, TOO_DEEP } from './limits.js';
import { kindOf } from './validate-primitive.js';
import { RESOURCE_TYPES, shapeOf, type Shape, type Slot } from './validate-shape.js';

/** A sender repairs the first faults and sends again: more than these only fill the answer. */
export const MOST_FAULTS = 20;
/** More allowed codes than this are no help in a message. */
const FEW_CODES = 14;
/** What may be repeated in a message: a code or a name, never free text or a person's data. */
const HARMLESS = /^[A-Za-z_][\w.+:/-]{0,39}$/;

/** A value for a message: itself when it looks like a code, else nothing. */
function echo(text: string): string {
  return HARMLESS.test(text) ? `"${text}"` : '';
}

/** One walk through one resource: where it is, and what it found. */
export class Walk {
  readonly faults: Fault[] = [];
  /** Steps from the start, written together only when there is a fault to report. */
  private readonly steps: (string | number)[] = [];

  /** @param level how many objects and lists hold what is at `start`, itself included */
  constructor(
    private readonly start: string,
    private readonly level = 1,
  ) {}

  /** Each step leads into one object or list. */
  private depth(): number {
    return this.level + this.steps.length;
  }

  private refuse(message: string, code: ErrorCode = 'invalid-resource', below?: string): void {
    if (this.faults.length >= MOST_FAULTS) return;
    let path = this.start;
    for (const step of this.steps) path += typeof step === 'number' ? `[${step}]` : `.${step}`;
    this.faults.push({ code, message, path: below === undefined ? path : `${path}.${below}` });
  }

  /** A resource of any type of R4. Types without a shape are looked at no further. */
  resource(value: unknown): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.refuse(`must be a resource, but is ${kindOf(value)}`);
    }
    const { resourceType } = value as { resourceType?: unknown };
    if (typeof resourceType !== 'string')
      return this.refuse('resourceType is required', 'invalid-resource', 'resourceType');
    if (!RESOURCE_TYPES.has(resourceType)) {
      return this.refuse(
        `${echo(resourceType) || 'this'} is no resource type of FHIR R4`,
        'unsupported-resource',
        'resourceType',
      );
    }
    const shape = shapeOf(resourceType);
    if (shape) this.object(value as Record<string, unknown>, shape);
    else if (isDeeperThan(MOST_LEVELS - this.depth() + 1, value)) this.refuse(TOO_DEEP, 'too-deep');
  }

  /** An object of a known type: its keys, what must be there, and what is there twice. */
  object(value: Record<string, unknown>, shape: Shape): void {
    if (this.depth() > MOST_LEVELS) return this.refuse(TOO_DEEP, 'too-deep');
    const { slots } = shape;
    let seen = 0;
    let twice = 0;
    let isEmpty = true;
    for (const key in value) {
      const slot = slots.get(key);
      if (slot === undefined) {
        isEmpty = false;
        if (key !== 'resourceType' || !shape.isResource) this.unknownKey(key, shape);
        continue;
      }
      if (slot.choice !== null) twice |= seen & slot.bit;
      seen |= slot.bit;
      if (key !== 'id') isEmpty = false;
      this.steps.push(slot.pathName);
      if (slot.isList) this.list(value[key], slot, value, key);
      else this.one(value[key], slot);
      this.steps.pop();
    }
    if (isEmpty && !shape.isResource) this.refuse('must not be empty; leave the element out instead');
    if ((seen & shape.requiredMask) !== shape.requiredMask) this.missing(seen, shape);
    if (twice !== 0) this.chosenTwice(value, twice, shape);
  }

  private list(value: unknown, slot: Slot, owner: Record<string, unknown>, key: string): void {
    if (!Array.isArray(value)) return this.refuse(`must be a list, but is ${kindOf(value)}`);
    if (this.depth() > MOST_LEVELS) return this.refuse(TOO_DEEP, 'too-deep');
    if (value.length === 0) return this.refuse('must not be an empty list; leave the element out instead');
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      this.steps.push(index);
      if (item !== null || !standsFor(owner, key, slot, index)) this.one(item, slot);
      this.steps.pop();
      if (this.faults.length >= MOST_FAULTS) return;
    }
  }

  private one(value: unknown, slot: Slot): void {
    if (slot.primitive !== null) {
      const fault = slot.primitive(value);
      if (fault !== null) return this.refuse(fault);
      if (slot.codes !== null && !slot.codes.has(value as string))
        this.unknownCode(value as string, slot.codes);
      return;
    }
    if (slot.typeName === 'Resource') {
      this.resource(value);
      // dom-2: contained resources contain none.
      if (slot.pathName === 'contained' && isObject(value) && 'contained' in value)
        this.refuse('a contained resource must not contain others', 'invalid-resource', 'contained');
      return;
    }
    if (!isObject(value)) return this.refuse(`must be ${articleFor(slot.typeName)}, but is ${kindOf(value)}`);
    this.object(value, shapeOf(slot.typeName)!);
  }

  private unknownCode(code: string, allowed: ReadonlySet<string>): void {
    const list = [...allowed].slice(0, FEW_CODES).join(' | ') + (allowed.size > FEW_CODES ? ' | …' : '');
    const found = echo(code);
    this.refuse(`must be one of ${list}${found ? `, but is ${found}` : ''}`);
  }

  private unknownKey(key: string, shape: Shape): void {
    const name = HARMLESS.test(key) ? key : undefined;
    this.refuse(
      `${shape.name} has no element ${name ?? 'of this name'} in FHIR R4`,
      'invalid-resource',
      name,
    );
  }

  /** `valueString` beside `_valueString` is one choice, beside `valueQuantity` two. */
  private chosenTwice(value: object, bits: number, shape: Shape): void {
    const chosen = new Map<string, Set<string>>();
    for (const key in value) {
      const slot = shape.slots.get(key);
      if (slot?.choice == null || (slot.bit & bits) === 0) continue;
      const keys = chosen.get(slot.choice) ?? new Set();
      chosen.set(slot.choice, keys.add(key.replace(/^_/, '')));
    }
    for (const [choice, keys] of chosen) {
      if (keys.size < 2) continue;
      const message = `only one ${choice} may be present, but there are ${[...keys].join(' and ')}`;
      this.refuse(message, 'invalid-resource', choice.slice(0, -3));
    }
  }

  private missing(seen: number, shape: Shape): void {
    for (const { name, bit } of shape.required) {
      if ((seen & bit) === 0) this.refuse(`${name} is required`, 'invalid-resource', name.replace('[x]', ''));
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function articleFor(typeName: string): string {
  return typeName.includes('.') ? 'an object' : `an object of type ${typeName}`;
}

/** In a list of primitives, null keeps the place of an item whose value or extensions stand in the list beside it. */
function standsFor(owner: Record<string, unknown>, key: string, slot: Slot, index: number): boolean {
  if (slot.primitive === null && !slot.isSibling) return false;
  const beside = owner[slot.isSibling ? key.slice(1) : `_${key}`];
  return Array.isArray(beside) && beside[index] !== undefined && beside[index] !== null;
}
