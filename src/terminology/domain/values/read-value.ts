import {
  compareDecimals,
  type Coding,
  exactly,
  type Interval,
  type MeasuredValue,
} from '../../../kernel/index.js';
import { type Analyte, type Category, type Meaning } from '../analyte.js';
import { type CodeableConcept, type Quantity, type Valued } from '../fhir-input.js';
import { nameKey } from '../name-key.js';
import { type Conversion, convertInterval } from '../units/conversion.js';
import { decimalText } from '../units/decimal-text.js';
import { type Vocabulary } from '../vocabulary.js';
import { gradeOfCode, readGrade } from './read-grade.js';
import { compared, type Comparator, plainText, readNumber } from './read-number.js';

/** A value as one analyte understands it, or that it doesn't. */
export type ValueRead =
  | { value: MeasuredValue; unit: string | null }
  | { doubt: 'unreadable' }
  | { doubt: 'unknown-unit'; value: MeasuredValue; unit: string | null };

const UNREADABLE: ValueRead = { doubt: 'unreadable' };

/** Reads value[x] of an Observation or component as the analyte writes its values. */
export function readValue(valued: Valued, meaning: Meaning, vocabulary: Vocabulary): ValueRead {
  if (valued.valueQuantity) return readQuantity(valued.valueQuantity, meaning, vocabulary);
  if (valued.valueCodeableConcept) return readConcept(valued.valueCodeableConcept, meaning, vocabulary);
  if (valued.valueString !== undefined) return readText(valued.valueString, meaning, vocabulary);
  if (valued.valueInteger !== undefined)
    return readNumeric(exactly(decimalText(valued.valueInteger)), null, meaning, vocabulary);
  if (valued.valueRange) return readRange(valued.valueRange, meaning, vocabulary);
  if (valued.valueRatio) return readRatio(valued.valueRatio, meaning, vocabulary);
  if (valued.valueBoolean !== undefined && isGraded(meaning.analyte)) {
    return ordinal(gradeOfCode(valued.valueBoolean ? 'POS' : 'NEG')!);
  }
  return UNREADABLE;
}

/**
 * The unit that counts: the UCUM code wins over the printed unit; the printed one is read when there is no code, when
 * the code is of another system, or when it is no unit.
 */
export function unitOf(quantity: Quantity, isUnit: (spelling: string) => boolean): string | null {
  const { code, system, unit } = quantity;
  const isUcumCode = code && (system === undefined || system === 'http://unitsofmeasure.org');
  if (isUcumCode && (!unit || unit === code || isUnit(code))) return code;
  return unit?.trim() || code || null;
}

function readQuantity(quantity: Quantity, meaning: Meaning, vocabulary: Vocabulary): ValueRead {
  if (quantity.value === undefined) return UNREADABLE;
  const digits = decimalText(quantity.value);
  const interval = quantity.comparator
    ? compared(quantity.comparator as Comparator, digits)
    : exactly(digits);
  return readNumeric(interval, unitOf(quantity, vocabulary.isUnit), meaning, vocabulary);
}

function readRange(
  range: { low?: Quantity; high?: Quantity },
  meaning: Meaning,
  vocabulary: Vocabulary,
): ValueRead {
  const [low, high] = [range.low?.value, range.high?.value];
  if (low === undefined && high === undefined) return UNREADABLE;
  const units = [range.low, range.high]
    .filter((end) => end !== undefined)
    .map((end) => unitOf(end, vocabulary.isUnit));
  if (units.length === 2 && units[0] !== units[1] && units[0] !== null && units[1] !== null)
    return UNREADABLE;
  const interval: Interval = {
    low: low === undefined ? null : decimalText(low),
    high: high === undefined ? null : decimalText(high),
    lowOpen: low === undefined,
    highOpen: high === undefined,
  };
  return readNumeric(interval, units.find((unit) => unit !== null) ?? null, meaning, vocabulary);
}

/** A titre 1:160 is 160; any other ratio is its quotient in the quotient of the units. */
function readRatio(
  ratio: NonNullable<Valued['valueRatio']>,
  meaning: Meaning,
  vocabulary: Vocabulary,
): ValueRead {
  const [top, bottom] = [ratio.numerator, ratio.denominator];
  if (!top?.value || !bottom?.value) return UNREADABLE;
  const units = [top, bottom].map((quantity) => unitOf(quantity, vocabulary.isUnit));
  if (meaning.analyte.nature === 'titre' || isGraded(meaning.analyte)) {
    return readText(`${top.value}:${bottom.value}`, meaning, vocabulary);
  }
  if (!units[0] || !units[1]) return UNREADABLE;
  const quotient = decimalText(Number((top.value / bottom.value).toPrecision(12)));
  return readNumeric(
    compared(top.comparator as Comparator | undefined, quotient),
    `${units[0]}/${units[1]}`,
    meaning,
    vocabulary,
  );
}

function readNumeric(
  interval: Interval,
  unit: string | null,
  meaning: Meaning,
  vocabulary: Vocabulary,
): ValueRead {
  const { analyte } = meaning;
  if (analyte.nature === 'text')
    return analyte.prefix && interval.low ? wording(interval.low, [], analyte) : UNREADABLE;
  if (isGraded(analyte)) return readGradedNumber(interval, unit);
  if (analyte.nature === 'category') return readCategory(interval.low ?? '', [], analyte) ?? UNREADABLE;
  if (analyte.unitless && unit === null) return number(interval, { kind: 'same' }, analyte, unit);
  const conversion = unit === null ? null : vocabulary.conversion(analyte, unit, meaning.coded);
  return conversion
    ? number(interval, conversion, analyte, unit)
    : withoutUnit(interval, unit, analyte, vocabulary);
}

/** `2` with the unit `+` is a grade; a bare number is not (1 may be + or "positive"). */
function readGradedNumber(interval: Interval, unit: string | null): ValueRead {
  if (unit === null || !/^[+＋]$/.test(unit) || interval.low !== interval.high || interval.low === null)
    return UNREADABLE;
  const grade = readGrade(`${interval.low}+`);
  return grade ? ordinal(grade) : UNREADABLE;
}

function number(
  interval: Interval,
  conversion: Conversion,
  analyte: Analyte,
  unit: string | null,
): ValueRead {
  const converted = convertInterval(interval, conversion);
  const kind = isPlausible(converted, analyte) ? 'number' : 'implausible';
  return { value: { kind, interval: converted, unit: analyte.unit }, unit };
}

/** Some of what the interval allows is possible. The bounds are wide and whole: doubles are exact enough. */
function isPlausible({ low, high }: Interval, { plausible }: Analyte): boolean {
  if (!plausible) return true;
  if (low !== null && Number(low) > Number(plausible.high)) return false;
  return high === null || Number(high) >= Number(plausible.low);
}

/** One reading for each unit that the analyte is plausibly reported in; impossible readings only when there is no other. */
function withoutUnit(
  interval: Interval,
  unit: string | null,
  analyte: Analyte,
  vocabulary: Vocabulary,
): ValueRead {
  const readings = analyte.reportedIn.map((reported) => {
    const conversion = vocabulary.conversion(analyte, reported);
    return conversion ? convertInterval(interval, conversion) : interval;
  });
  const likely = readings.filter((reading) => isPlausible(reading, analyte));
  const value: MeasuredValue = {
    kind: 'unit-unknown',
    readings: likely.length > 0 ? likely : readings,
    unit: analyte.unit,
  };
  return { doubt: 'unknown-unit', value, unit };
}

function readConcept(concept: CodeableConcept, meaning: Meaning, vocabulary: Vocabulary): ValueRead {
  const { analyte } = meaning;
  const codings = concept.coding ?? [];
  const texts = [concept.text, ...codings.map((coding) => coding.display)].filter(
    (text) => text !== undefined,
  );
  if (analyte.nature === 'text') return wording(concept.text ?? texts.join('；'), codings, analyte);
  if (analyte.nature === 'category') {
    const category =
      readCategory('', codings, analyte) ??
      texts.map((text) => readCategory(text, [], analyte)).find(Boolean);
    return category ?? wording(texts.join('；'), codings, analyte);
  }
  const coded = codings.map((coding) => gradeOfCode(coding.code)).filter((grade) => grade !== null);
  const reads = texts.map((text) => readText(text, meaning, vocabulary));
  const value = reads.find((read) => 'value' in read);
  if (coded.length === 0 || !takesGrades(analyte)) return value ?? UNREADABLE;
  if (value && 'value' in value && value.value.kind === 'ordinal')
    return agreed(coded[0]!, value.value.interval);
  return value ?? ordinal(coded[0]!);
}

/** A code and a text that say the same: the narrower counts; a contradiction can't be read. */
function agreed(coded: Interval, worded: Interval): ValueRead {
  const overlap =
    compareDecimals(worded.low!, coded.high!) <= 0 && compareDecimals(coded.low!, worded.high!) <= 0;
  if (!overlap) return UNREADABLE;
  const span = (interval: Interval): number => Number(interval.high) - Number(interval.low);
  return ordinal(span(worded) <= span(coded) ? worded : coded);
}

/** Reads a text by the analyte's nature: numbers with comparators and ranges, grades, categories, conclusions. */
export function readText(text: string, meaning: Meaning, vocabulary: Vocabulary): ValueRead {
  const { analyte } = meaning;
  if (analyte.nature === 'text') return wording(text, [], analyte);
  if (analyte.nature === 'category') return readCategory(text, [], analyte) ?? wording(text, [], analyte);
  if (isGraded(analyte)) {
    const grade = readGrade(text, analyte.nature === 'nominal');
    return grade ? ordinal(grade) : UNREADABLE;
  }
  if (analyte.nature === 'titre') {
    const titre = /^([<>]=?)?\s*1\s*:\s*(\d{1,7})$/.exec(plainText(text));
    if (titre)
      return number(compared(titre[1] as Comparator | undefined, titre[2]!), { kind: 'same' }, analyte, null);
  }
  const read = readNumber(text);
  if (read) {
    const unit = read.unit ?? (analyte.nature === 'microscopy' ? analyte.unit : null);
    return readNumeric(read.interval, unit, meaning, vocabulary);
  }
  const grade = takesGrades(analyte) ? readGrade(text) : null;
  return grade ? ordinal(grade) : UNREADABLE;
}

function readCategory(text: string, codings: readonly Coding[], analyte: Analyte): ValueRead | null {
  const key = nameKey(text);
  const matches = (category: Category): boolean =>
    codings.some((coding) =>
      category.codes.some(
        (known) => known.code === coding.code && (known.system ?? '') === (coding.system ?? ''),
      ),
    ) ||
    (key !== '' &&
      [category.id, category.names.zh, category.names.en, ...category.synonyms].some(
        (name) => nameKey(name) === key,
      ));
  const category = analyte.categories.find(matches);
  return category ? { value: { kind: 'category', category: category.id }, unit: null } : null;
}

function wording(text: string, codings: Coding[], { prefix }: Analyte): ValueRead {
  const words = text.trim();
  if (words === '' && codings.length === 0) return UNREADABLE;
  const named = prefix && !words.toUpperCase().includes('RADS') ? `${prefix} ${words}` : words;
  return { value: { kind: 'text', text: named, codings }, unit: null };
}

function ordinal(interval: Interval): ValueRead {
  return { value: { kind: 'ordinal', interval }, unit: null };
}

/** Its values are grades: negative, trace, one to four. */
export function isGraded(analyte: Analyte): boolean {
  return analyte.nature === 'ordinal' || analyte.nature === 'nominal';
}

/** Besides graded tests: cells per field (`++`), and tumour markers that are sometimes only negative or positive. */
function takesGrades(analyte: Analyte): boolean {
  return isGraded(analyte) || analyte.nature === 'microscopy' || analyte.groups.includes('tumour-marker');
}
