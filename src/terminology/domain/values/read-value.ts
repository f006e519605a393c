import { compareDecimals, type Coding, type Interval } from '../../../kernel/index.js';
import { type Analyte, type Category, type Meaning } from '../analyte.js';
import { type CodeableConcept, type Ratio, type Valued } from '../fhir-input.js';
import { nameKey } from '../name-key.js';
import { type Vocabulary } from '../vocabulary.js';
import { gradeOfCode, readGrade } from './read-grade.js';
import { compared, type Comparator, plainText, readNumber } from './read-number.js';
import { readNumeric, readQuantity, readRange, readRatio } from './read-quantity.js';
import { isGraded, number, ordinal, takesGrades, UNREADABLE, type ValueRead, wording } from './value-read.js';

/** Reads value[x] of an Observation or component as the analyte writes its values. */
export function readValue(valued: Valued, meaning: Meaning, vocabulary: Vocabulary): ValueRead {
  if (valued.valueQuantity) return readQuantity(valued.valueQuantity, meaning, vocabulary);
  if (valued.valueCodeableConcept) return readConcept(valued.valueCodeableConcept, meaning, vocabulary);
  if (valued.valueString !== undefined) return readText(valued.valueString, meaning, vocabulary);
  if (valued.valueInteger !== undefined)
    return readQuantity({ value: valued.valueInteger }, meaning, vocabulary);
  if (valued.valueRange) return readRange(valued.valueRange, meaning, vocabulary);
  if (valued.valueRatio && isTitre(valued.valueRatio, meaning.analyte)) {
    const { numerator, denominator } = valued.valueRatio;
    return readText(`${numerator?.value}:${denominator?.value}`, meaning, vocabulary);
  }
  if (valued.valueRatio) return readRatio(valued.valueRatio, meaning, vocabulary);
  if (valued.valueBoolean !== undefined && isGraded(meaning.analyte)) {
    return ordinal(gradeOfCode(valued.valueBoolean ? 'POS' : 'NEG')!);
  }
  return UNREADABLE;
}

/** 1:160 of a dilution, not 30 mg a gram. */
function isTitre({ numerator, denominator }: Ratio, analyte: Analyte): boolean {
  return (analyte.nature === 'titre' || isGraded(analyte)) && !numerator?.unit && !denominator?.unit;
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
