import { PRODUCED_TYPES, STORED_TYPES } from './capability-statement.js';
import { PRIMITIVES } from './validate-primitive.js';
import { RESOURCE_TYPES, shapeNames, shapeOf } from './validate-shape.js';

describe('the table of R4 shapes', () => {
  it.each(shapeNames())('reads %s: every type known, no two elements on one bit', (name) => {
    const shape = shapeOf(name)!;
    const owner = new Map<number, string>();
    for (const [key, slot] of shape.slots) {
      const isKnown =
        slot.typeName === 'Resource' || PRIMITIVES.has(slot.typeName) || shapeOf(slot.typeName) !== undefined;
      expect([key, isKnown]).toEqual([key, true]);
      if (slot.bit === 0) continue;
      const element = slot.choice ?? key.replace(/^_/, '');
      expect(owner.get(slot.bit) ?? element).toBe(element);
      owner.set(slot.bit, element);
      // Bit operations in JavaScript have 32 bits, the last a sign.
      expect(slot.bit).toBeLessThan(2 ** 31);
    }
  });

  it('holds all that is served', () => {
    for (const type of [...STORED_TYPES.keys(), ...PRODUCED_TYPES.keys(), 'Bundle']) {
      expect([type, shapeOf(type)?.isResource]).toEqual([type, true]);
    }
  });

  it('knows the 146 concrete resource types of R4 and no others', () => {
    expect(RESOURCE_TYPES.size).toBe(146);
    for (const type of ['Claim', 'ImagingStudy', 'Binary', 'Parameters'])
      expect(RESOURCE_TYPES.has(type)).toBe(true);
    for (const type of [
      'Nope',
      'Resource',
      'DomainResource',
      'SubscriptionStatus',
      'ActorDefinition',
      '__proto__',
      'constructor',
    ]) {
      expect(RESOURCE_TYPES.has(type)).toBe(false);
      expect(shapeOf(type)?.isResource ?? false).toBe(false);
    }
  });

  it('has the codes of HL7 for the status of a result', () => {
    expect([...shapeOf('Observation')!.slots.get('status')!.codes!]).toEqual([
      'registered',
      'preliminary',
      'final',
      'amended',
      'corrected',
      'cancelled',
      'entered-in-error',
      'unknown',
    ]);
  });
});
