import { type CodeableConcept, type Quantity, type Valued } from './fhir-input.js';
import { decimalText } from './units/decimal-text.js';

const MAX_LENGTH = 2_000;

/** Digits, comparator and unit as the laboratory sent them. */
export function asSent(valued: Valued): string {
  if (valued.valueQuantity) return quantityText(valued.valueQuantity);
  if (valued.valueCodeableConcept) return conceptText(valued.valueCodeableConcept);
  if (valued.valueString !== undefined) return valued.valueString.trim().slice(0, MAX_LENGTH);
  if (valued.valueInteger !== undefined) return decimalText(valued.valueInteger);
  if (valued.valueRange)
    return [valued.valueRange.low, valued.valueRange.high]
      .map((end) => (end ? quantityText(end) : ''))
      .join('-');
  if (valued.valueRatio) {
    const { numerator, denominator } = valued.valueRatio;
    return [numerator, denominator]
      .map((part) => (part ? quantityText(part) : '?'))
      .join(numerator?.unit ? '/' : ':');
  }
  if (valued.valueBoolean !== undefined) return String(valued.valueBoolean);
  const called = valued.interpretation?.[0];
  return valued.valueDateTime ?? valued.valueTime ?? (called ? conceptText(called) : '');
}

export function quantityText(quantity: Quantity): string {
  const unit = quantity.unit ?? quantity.code;
  const number =
    quantity.value === undefined ? '' : `${quantity.comparator ?? ''}${decimalText(quantity.value)}`;
  return unit ? `${number} ${unit}` : number;
}

export function conceptText(concept: CodeableConcept): string {
  const coding = concept.coding?.[0];
  return (concept.text ?? coding?.display ?? coding?.code ?? '').trim().slice(0, MAX_LENGTH);
}
