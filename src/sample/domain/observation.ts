import { type Value } from './body.js';
import { type Item, type Range } from './catalogue.js';
import { type Sex } from './chinese-names.js';
import { codeOf, gradeOf, type LaboratoryHabit, quantityOf, spellingOf } from './laboratory-habit.js';
import { type CodeableConcept, type Observation, type ObservedValue, type ReferenceRange } from './r4.js';

type Observed = ObservedValue & Pick<Observation, 'code' | 'referenceRange' | 'interpretation'>;

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const INTERPRETATION = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
const SNOMED = 'http://snomed.info/sct';

export const LABORATORY: CodeableConcept[] = [{ coding: [{ system: CATEGORY, code: 'laboratory' }] }];
export const VITAL_SIGNS: CodeableConcept[] = [{ coding: [{ system: CATEGORY, code: 'vital-signs' }] }];
export const EXAM: CodeableConcept[] = [{ coding: [{ system: CATEGORY, code: 'exam' }] }];

/** The code, value, reference range and flag of one result, written as this laboratory writes them. */
export function observe(item: Item, value: Value, sex: Sex, habit: LaboratoryHabit, name: number): Observed {
  return {
    code: codeOf(item, habit, name),
    ...valueOf(item, value, habit),
    ...rangeOf(item, value, sex, habit),
  };
}

function valueOf(item: Item, value: Value, habit: LaboratoryHabit): ObservedValue {
  if ('number' in value) return { valueQuantity: quantityOf(item, habit, printed(value.number, item)) };
  if ('grade' in value) return gradeValue(gradeOf(habit, value.grade), habit);
  if ('present' in value) return presenceValue(value.present, habit);
  if ('cells' in value) return cellsValue(item, value.cells, habit);
  return belowValue(item, value.below, habit);
}

function belowValue(item: Item, limit: number, habit: LaboratoryHabit): ObservedValue {
  if (habit.comparators === 'comparator') {
    return { valueQuantity: { ...quantityOf(item, habit, limit), comparator: '<' } };
  }
  return { valueString: `<${limit}${habit.comparators === 'text' ? (spellingOf(item, habit) ?? '') : ''}` };
}

/** The number with the item's digits. */
export function printed(value: number, item: Pick<Item, 'decimals'>): number {
  return Number(value.toFixed(item.decimals));
}

function gradeValue(text: string, habit: LaboratoryHabit): ObservedValue {
  return habit.codes === 'local' ? { valueString: text } : { valueCodeableConcept: { text } };
}

function presenceValue(present: boolean, habit: LaboratoryHabit): ObservedValue {
  const text = present ? '阳性' : '阴性';
  if (habit.codes === 'local')
    return { valueString: habit.grades === 'signs' ? (present ? '+' : '-') : text };
  const code = present ? '10828004' : '260385009';
  return { valueCodeableConcept: { coding: [{ system: SNOMED, code }], text } };
}

function cellsValue(
  item: Item,
  [low, high]: readonly [number, number],
  habit: LaboratoryHabit,
): ObservedValue {
  if (habit.cells === 'range') {
    return { valueRange: { low: quantityOf(item, habit, low), high: quantityOf(item, habit, high) } };
  }
  if (habit.cells === 'quantity') return { valueQuantity: quantityOf(item, habit, high) };
  const figures = low === high ? `${low}` : `${low}-${high}`;
  return { valueString: `${figures}${spellingOf(item, habit) ?? ''}` };
}

function rangeOf(
  item: Item,
  value: Value,
  sex: Sex,
  habit: LaboratoryHabit,
): Pick<Observation, 'referenceRange' | 'interpretation'> {
  const range = item.range && ('male' in item.range ? item.range[sex] : item.range);
  if (!range) return {};
  const flag = 'number' in value ? flagOf(printed(value.number, item), range) : undefined;
  return {
    referenceRange: [
      habit.ranges === 'text' ? { text: rangeText(range) } : rangeQuantities(item, range, habit),
    ],
    ...(flag ? { interpretation: [{ coding: [{ system: INTERPRETATION, code: flag }] }] } : {}),
  };
}

function rangeQuantities(item: Item, [low, high]: Range, habit: LaboratoryHabit): ReferenceRange {
  return {
    ...(low === null ? {} : { low: quantityOf(item, habit, low) }),
    ...(high === null ? {} : { high: quantityOf(item, habit, high) }),
  };
}

function rangeText([low, high]: Range): string {
  if (low === null) return `<${high}`;
  return high === null ? `>${low}` : `${low}-${high}`;
}

function flagOf(value: number, [low, high]: Range): 'H' | 'L' | undefined {
  if (high !== null && value > high) return 'H';
  return low !== null && value < low ? 'L' : undefined;
}
