import { type Item } from './catalogue.js';
import { type CodeableConcept, type Quantity } from './r4.js';
import { type Random } from './random.js';

/** How one laboratory system writes its results. */
export interface LaboratoryHabit {
  /** LOINC alone, local codes with Chinese names alone, or both side by side. */
  codes: 'loinc' | 'local' | 'both';
  /** `ucum`: first spelling with a UCUM code; otherwise the n-th local spelling, as text without a code. */
  units: 'ucum' | number;
  /** Grades as `阴性`/`1+`, as `-`/`+`, or as `(-)`/`(+)`. */
  grades: 'words' | 'signs' | 'brackets';
  /** Cells a field as Range, as Quantity of the upper figure, or as text. */
  cells: 'range' | 'quantity' | 'text';
  /** Reference ranges as Quantities or as text (`3.5-9.5`, `<5`). */
  ranges: 'quantity' | 'text';
  /** `<0.5` as comparator, as text with its unit, or as bare text. */
  comparators: 'comparator' | 'text' | 'bare';
  /** A fasting glucose is known by its item, or is a plain serum glucose whose specimen says so. */
  fasting: 'item' | 'specimen';
}

/** The systems met in the sample: the centre's own, the branch's older one, the laboratory that others are sent to. */
export const HABITS = {
  centre: {
    codes: 'both',
    units: 'ucum',
    grades: 'words',
    cells: 'range',
    ranges: 'quantity',
    comparators: 'comparator',
    fasting: 'item',
  },
  branch: {
    codes: 'local',
    units: 1,
    grades: 'signs',
    cells: 'text',
    ranges: 'text',
    comparators: 'text',
    fasting: 'item',
  },
  township: {
    codes: 'local',
    units: 3,
    grades: 'brackets',
    cells: 'text',
    ranges: 'text',
    comparators: 'bare',
    fasting: 'item',
  },
  outside: {
    codes: 'loinc',
    units: 2,
    grades: 'signs',
    cells: 'quantity',
    ranges: 'quantity',
    comparators: 'comparator',
    fasting: 'specimen',
  },
} satisfies Record<string, LaboratoryHabit>;

export type HabitName = keyof typeof HABITS;

export function pickHabit(random: Random): HabitName {
  return random.weighted<HabitName>([['centre', 45], ['branch', 30], ['township', 10], ['outside', 15]]); // prettier-ignore
}

export const LOCAL_CODES = 'urn:sample:lis-item';

/** The code of an item as this laboratory sends it. */
export function codeOf(item: Item, habit: LaboratoryHabit, name: number): CodeableConcept {
  const plain = item.id === 'glucose-fasting' && habit.fasting === 'specimen';
  if (plain)
    return { coding: [{ system: 'http://loinc.org', code: '14749-6', display: 'Glucose' }], text: '葡萄糖' };
  const chinese = item.names[name % item.names.length] ?? item.names[0];
  const loinc = { system: 'http://loinc.org', code: item.loinc, display: item.en };
  const local = { system: LOCAL_CODES, code: item.local, display: chinese };
  const coding = { loinc: [loinc], local: [local], both: [loinc, local] }[habit.codes];
  return { coding, text: chinese };
}

/** A quantity in this laboratory's spelling of the item's unit. */
export function quantityOf(item: Item, habit: LaboratoryHabit, value: number): Quantity {
  const [ucum] = item.units;
  if (habit.units === 'ucum' && ucum !== undefined) {
    return { value, unit: ucum, system: 'http://unitsofmeasure.org', code: ucum };
  }
  const unit = spellingOf(item, habit);
  return unit === undefined ? { value } : { value, unit };
}

/** The unit as this laboratory prints it; undefined for values without one. */
export function spellingOf(item: Item, habit: LaboratoryHabit): string | undefined {
  const place = habit.units === 'ucum' ? 0 : habit.units;
  return item.units[Math.min(place, item.units.length - 1)];
}

const GRADES: Record<LaboratoryHabit['grades'], Record<string, string>> = {
  words: { 0: '阴性', 0.5: '弱阳性', 1: '1+', 2: '2+', 3: '3+', 4: '4+' },
  signs: { 0: '-', 0.5: '±', 1: '+', 2: '++', 3: '+++', 4: '++++' },
  brackets: { 0: '(-)', 0.5: '±', 1: '(+)', 2: '++', 3: '+++', 4: '++++' },
};

export function gradeOf(habit: LaboratoryHabit, grade: number): string {
  return GRADES[habit.grades][grade] ?? '阴性';
}
