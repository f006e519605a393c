import { type ResultContext } from './context.js';
import { type CodeableConcept } from './fhir-input.js';

/** HL7 v2 table 0487 codes, and the words of Chinese and English requests. */
const KINDS: readonly (readonly [NonNullable<ResultContext['specimen']>, RegExp])[] = [
  ['urine', /^(UR|URC|URNS?)$|尿|urine/i],
  ['stool', /^(STL|STOOL)$|便|粪|糞|stool|faec|feces/i],
  ['blood', /^(BLD|BLDA|BLDC|BLDV|SER|PLAS|PLB)$|血|blood|serum|plasma/i],
];

/** What was sampled, from `Specimen.type`; null when it doesn't say. */
export function specimenKind(type: CodeableConcept | undefined): ResultContext['specimen'] {
  if (!type) return null;
  const words = [type.text, ...(type.coding ?? []).flatMap(({ code, display }) => [display, code])];
  const said = words.filter((word) => word !== undefined);
  for (const [kind, pattern] of KINDS) if (said.some((word) => pattern.test(word.slice(0, 100)))) return kind;
  return said.some((word) => /\p{L}/u.test(word)) ? 'other' : null;
}
