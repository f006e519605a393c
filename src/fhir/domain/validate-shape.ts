import r4 from '../schema/r4.json' with { type: 'json' };
import { PRIMITIVES, type PrimitiveCheck } from './validate-primitive.js';

/** What may stand under one JSON key of an object. */
export interface Slot {
  /** Name in a FHIRPath: `status`, or `value.ofType(Quantity)` for the key `valueQuantity`. */
  pathName: string;
  isList: boolean;
  /** `_status` beside `status`: id and extensions of a primitive. */
  isSibling: boolean;
  /** Null when the type is an object of its own. */
  primitive: PrimitiveCheck | null;
  typeName: string;
  /** Codes of a required binding. */
  codes: ReadonlySet<string> | null;
  /** Bit in Shape's masks; 0 when neither required nor one of a choice. */
  bit: number;
  /** Name of the choice, such as `value[x]`. */
  choice: string | null;
}

/** One object type: a data type, a resource, or an element with elements of its own (`Observation.component`). */
export interface Shape {
  name: string;
  isResource: boolean;
  slots: ReadonlyMap<string, Slot>;
  /** Elements that must be present, with their bits. */
  required: readonly { name: string; bit: number }[];
  requiredMask: number;
}

const TYPES: Record<string, Record<string, string>> = r4.types;
const CODES: Record<string, readonly string[]> = r4.codes;
const LINE = /^(\d+)\.\.(\d+|\*) (\S+(?: \| \S+)*)(?: (\S+))?$/;

/** Every resource type of R4. */
export const RESOURCE_TYPES: ReadonlySet<string> = new Set(r4.resourceTypes);

const shapes = new Map<string, Shape>();
const codeSets = new Map<string, ReadonlySet<string>>();

/**
 * The shape of a type, read from the table at its first use; undefined when the table does not hold it.
 * @throws Error when the table itself is malformed, which a test of all its types excludes.
 */
export function shapeOf(typeName: string): Shape | undefined {
  const known = shapes.get(typeName);
  if (known) return known;
  if (!Object.hasOwn(TYPES, typeName)) return undefined;
  const shape = readShape(typeName, TYPES[typeName]!);
  shapes.set(typeName, shape);
  return shape;
}

/** Every type of the table. */
export function shapeNames(): string[] {
  return Object.keys(TYPES);
}

function readShape(name: string, lines: Record<string, string>): Shape {
  const isResource = RESOURCE_TYPES.has(name);
  const slots = new Map<string, Slot>();
  const required: { name: string; bit: number }[] = [];
  let nextBit = 1;
  for (const [key, line] of Object.entries(lines)) {
    const [, min, max, types, codes] = LINE.exec(line) ?? fail(name, key);
    const isChoice = key.endsWith('[x]');
    const isRequired = min !== '0';
    const bit = isChoice || isRequired ? nextBit : 0;
    if (bit !== 0) nextBit *= 2;
    if (isRequired) required.push({ name: key, bit });
    const base = isChoice ? key.slice(0, -3) : key;
    for (const typeName of types!.split(' | ')) {
      const slot: Slot = {
        pathName: isChoice ? `${base}.ofType(${typeName})` : base,
        isList: max !== '1',
        isSibling: false,
        primitive: PRIMITIVES.get(typeName) ?? null,
        typeName,
        codes: codes === undefined ? null : codeSet(codes),
        bit,
        choice: isChoice ? key : null,
      };
      const jsonKey = isChoice ? base + typeName[0]!.toUpperCase() + typeName.slice(1) : key;
      slots.set(jsonKey, slot);
      if (canBeExtended(name, key, slot))
        slots.set(`_${jsonKey}`, {
          ...slot,
          isSibling: true,
          primitive: null,
          typeName: 'Element',
          codes: null,
        });
    }
  }
  return {
    name,
    isResource,
    slots,
    required,
    requiredMask: required.reduce((mask, { bit }) => mask | bit, 0),
  };
}

/** Ids, the url of an extension and narrative are attributes or text: they carry no extensions. */
function canBeExtended(name: string, key: string, slot: Slot): boolean {
  const isAttribute = key === 'id' || (name === 'Extension' && key === 'url');
  return slot.primitive !== null && slot.typeName !== 'xhtml' && !isAttribute;
}

function codeSet(name: string): ReadonlySet<string> {
  const set = codeSets.get(name) ?? new Set(CODES[name]);
  codeSets.set(name, set);
  return set;
}

function fail(name: string, key: string): never {
  throw new Error(`cannot read ${name}.${key} in r4.json`);
}
