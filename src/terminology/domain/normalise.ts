import {
  type Doubt,
  type MeasuredValue,
  type Measurement,
  type OwnLimit,
  type OwnLowerLimit,
} from '../../kernel/index.js';
import { type Meaning } from './analyte.js';
import { asSent } from './as-sent.js';
import { readReport } from './conclusion.js';
import { NO_CONTEXT, type ResultContext } from './context.js';
import { type DiagnosticReport, type Observation, type Valued } from './fhir-input.js';
import { glucoseMeant, isGlucose } from './fasting.js';
import { findMeaning, namesOf } from './find-meaning.js';
import { conclusionMeaning, isConclusion } from './imaging.js';
import { ownLimit, ownLowerLimit, type ToCanonical } from './own-limit.js';
import { beyondOwnRange } from './own-range.js';
import { convert } from './units/conversion.js';
import { gradeOfCode } from './values/read-grade.js';
import { anyValueWhereResult } from './values/doubtful.js';
import { readValue } from './values/read-value.js';
import { isGraded, type ValueRead } from './values/value-read.js';
import { type Vocabulary } from './vocabulary.js';

/**
 * What an Observation or DiagnosticReport says, in canonical units, or why that can't be told. Component 0 is the
 * resource's own value, 1, 2 … its components; see `readReport` for reports. A panel without a value of its own gives
 * only its components. Never throws on a valid resource, never guesses a code, unit or grade.
 */
export function normalise(
  resource: Observation | DiagnosticReport,
  context: ResultContext,
  vocabulary: Vocabulary,
): Measurement[] {
  if (resource.resourceType === 'DiagnosticReport') {
    return readReport(resource, vocabulary, (contained) =>
      normaliseObservation(contained, { ...NO_CONTEXT, ...context }, vocabulary),
    );
  }
  return normaliseObservation(resource, context, vocabulary);
}

function normaliseObservation(
  observation: Observation,
  context: ResultContext,
  vocabulary: Vocabulary,
): Measurement[] {
  const own = measure(observation, observation, 0, context, vocabulary);
  const measurements = own ? [own] : [];
  observation.component?.forEach((component, index) => {
    const measured = measure(component, observation, index + 1, context, vocabulary);
    if (measured) measurements.push(measured);
  });
  return measurements;
}

/** A measurement of which nothing is known. */
const NOTHING: Omit<Measurement, 'component'> = {
  analyte: null,
  value: null,
  asSent: '',
  ownLimit: null,
  doubts: [],
};

function measure(
  valued: Valued,
  parent: Observation,
  component: number,
  context: ResultContext,
  vocabulary: Vocabulary,
): Measurement | null {
  const absent = isAbsent(valued);
  if (!absent && !hasValue(valued) && !calledByLaboratory(valued)) return null;
  const found = findMeaning(valued.code, context, vocabulary);
  const sent = absent ? '' : asSent(valued);
  if (!found.meaning && !(isConclusion(valued, parent) && !absent)) {
    const doubts: Doubt[] = absent ? [] : [{ reason: 'unknown-code', detail: found.detail }];
    return { ...NOTHING, component, asSent: sent, doubts };
  }
  let meaning = found.meaning ?? conclusionMeaning(valued.code, vocabulary);
  if (found.meaning && isGlucose(meaning.analyte)) {
    meaning = { ...meaning, analyte: glucoseMeant(meaning, namesOf(valued.code), context, vocabulary) };
  }
  if (absent) return { ...NOTHING, component, analyte: meaning.analyte.countsAs };
  const { entry, read } = readAsEntryOrSibling(valued, meaning, vocabulary);
  return measurementOf(valued, component, sent, entry, read, context, vocabulary);
}

/**
 * When the unit or wording isn't this entry's own: the laboratory may itself call a graded test positive or negative,
 * or another form of the same test may take the value (dipstick and mass).
 */
function readAsEntryOrSibling(
  valued: Valued,
  meaning: Meaning,
  vocabulary: Vocabulary,
): { entry: Meaning; read: ValueRead } {
  const read = readValue(valued, meaning, vocabulary);
  if (!('doubt' in read)) return { entry: meaning, read };
  const called = isGraded(meaning.analyte) ? calledByLaboratory(valued) : null;
  if (called) return { entry: meaning, read: called };
  for (const id of meaning.analyte.siblings) {
    const entry: Meaning = { ...meaning, analyte: vocabulary.get(id)! };
    const second = readValue(valued, entry, vocabulary);
    if (!('doubt' in second)) return { entry, read: second };
  }
  return { entry: meaning, read };
}

/** Interpretation POS or NEG. */
function calledByLaboratory(valued: Valued): ValueRead | null {
  const codes = (valued.interpretation ?? [])
    .flatMap((concept) => concept.coding ?? [])
    .map(({ code }) => code);
  const code = codes.find((one) => one === 'POS' || one === 'NEG');
  const grade = gradeOfCode(code);
  return grade && { value: { kind: 'ordinal', interval: grade }, unit: null };
}

function measurementOf(
  valued: Valued,
  component: number,
  sent: string,
  entry: Meaning,
  read: ValueRead,
  context: ResultContext,
  vocabulary: Vocabulary,
): Measurement {
  const { analyte } = entry;
  const unit = 'unit' in read ? read.unit : null;
  const toCanonical = takesLimit(valued) ? toCanonicalOf(entry, unit, vocabulary) : null;
  const limit = toCanonical && limitOf(valued, entry, context, toCanonical);
  const lower = toCanonical && lowerLimitOf(valued, entry, context, toCanonical);
  // Where the laboratory says itself that it is above or within the limit, the value need not be read.
  const isFlagged = limit?.from === 'interpretation';
  const value = 'value' in read ? read.value : isFlagged ? null : anyValueWhereResult(sent, analyte.unit);
  const beyond =
    toCanonical && beyondOwnRange(value, valued.referenceRange, valued.interpretation, context, toCanonical);
  return {
    component,
    analyte: analyte.countsAs,
    value,
    asSent: sent,
    ownLimit: limit,
    doubts: doubtsOf(read, value, entry, limit, sent),
    ...(lower && { ownLower: lower }),
    ...(beyond && { beyond }),
  };
}

function takesLimit(valued: Valued): boolean {
  return valued.referenceRange !== undefined || valued.interpretation !== undefined;
}

function limitOf(
  valued: Valued,
  { analyte }: Meaning,
  context: ResultContext,
  toCanonical: ToCanonical,
): OwnLimit | null {
  if (analyte.nature === 'text' || analyte.nature === 'category') return null;
  return ownLimit(valued.referenceRange, valued.interpretation, context, analyte.unit, toCanonical);
}

function lowerLimitOf(
  valued: Valued,
  { analyte }: Meaning,
  context: ResultContext,
  toCanonical: ToCanonical,
): OwnLowerLimit | null {
  if (analyte.nature !== 'number') return null;
  return ownLowerLimit(valued.referenceRange, valued.interpretation, context, analyte.unit, toCanonical);
}

/** How numbers of the report's reference interval read. @param unit of the value */
function toCanonicalOf(entry: Meaning, unit: string | null, vocabulary: Vocabulary): ToCanonical {
  const { analyte } = entry;
  return (value, limitUnit) => {
    const spelling = limitUnit ?? unit ?? (analyte.nature === 'number' ? null : analyte.unit);
    if (spelling === null) return value;
    const conversion = vocabulary.conversion(analyte, spelling, entry.coded);
    if (conversion) return convert(value, conversion);
    return limitUnit === null ? value : null;
  };
}

function doubtsOf(
  read: ValueRead,
  value: MeasuredValue | null,
  entry: Meaning,
  limit: OwnLimit | null,
  sent: string,
): Doubt[] {
  const doubts: Doubt[] = [];
  if ('doubt' in read) {
    if (read.doubt === 'unknown-unit')
      doubts.push({ reason: 'unknown-unit', detail: `${entry.analyte.id}: ${read.unit ?? '(none)'}` });
    else doubts.push({ reason: 'unreadable', detail: `${entry.analyte.id}: ${sent.slice(0, 80)}` });
  }
  if (value?.kind === 'implausible')
    doubts.push({ reason: 'implausible', detail: `${entry.analyte.id}: ${sent.slice(0, 80)}` });
  if (limit === null && entry.analyte.groups.includes('tumour-marker')) {
    doubts.push({ reason: 'no-limit', detail: entry.analyte.id });
  }
  return doubts;
}

const ABSENT_SYSTEM = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';

/** A report's way of saying that a test was not done. A lone dash is no value for a number, but negative for a grade. */
const NOT_DONE = /^(未检|未检查|未做|未查|拒检|弃检|放弃|漏检|未采|未测|延期|暂缺|not done|n\/?a|\/+|--+)$/i;

/** Said to be absent, by the element, by a value of the absent-reason code system, or in words. */
function isAbsent(valued: Valued): boolean {
  if (valued.valueString !== undefined && NOT_DONE.test(valued.valueString.normalize('NFKC').trim()))
    return true;
  if (valued.valueCodeableConcept?.coding?.some((coding) => coding.system === ABSENT_SYSTEM)) return true;
  return valued.dataAbsentReason !== undefined && !hasValue(valued);
}

function hasValue(valued: Valued): boolean {
  return (
    valued.valueQuantity?.value !== undefined ||
    valued.valueCodeableConcept !== undefined ||
    valued.valueString !== undefined ||
    valued.valueInteger !== undefined ||
    valued.valueRange !== undefined ||
    valued.valueRatio !== undefined ||
    valued.valueBoolean !== undefined ||
    valued.valueSampledData !== undefined ||
    valued.valueDateTime !== undefined ||
    valued.valueTime !== undefined ||
    valued.valuePeriod !== undefined
  );
}
