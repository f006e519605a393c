import { type Measurement } from '../../src/kernel/index.js';
// Straight from the files: the room's index brings Nest and the database with it, which costs a second a test file.
import { NO_CONTEXT, type ResultContext } from '../../src/terminology/domain/context.js';
import { type Observation } from '../../src/terminology/domain/fhir-input.js';
import { normalise } from '../../src/terminology/domain/normalise.js';
import { type Vocabulary } from '../../src/terminology/domain/vocabulary.js';
import { loadVocabulary } from '../../src/terminology/load-vocabulary.js';

/** The shipped vocabulary. */
export const vocabulary: Vocabulary = loadVocabulary('vocabulary');

export const loinc = (code: string, text?: string): Observation['code'] => ({
  coding: [{ system: 'http://loinc.org', code }],
  text,
});
export const named = (text: string): Observation['code'] => ({ text });

/** A quantity with a UCUM code. */
export const ucum = (
  value: number,
  code: string,
  more: Observation['valueQuantity'] = {},
): Partial<Observation> => ({
  valueQuantity: { value, unit: code, system: 'http://unitsofmeasure.org', code, ...more },
});

/** All measurements of an Observation that has this code and these elements. */
export function measureAll(
  code: Observation['code'],
  rest: Partial<Observation>,
  context: Partial<ResultContext> = {},
  terms: Vocabulary = vocabulary,
): Measurement[] {
  const observation: Observation = { resourceType: 'Observation', status: 'final', code, ...rest };
  return normalise(observation, { ...NO_CONTEXT, ...context }, terms);
}

/** Its only measurement. */
export function measure(...given: Parameters<typeof measureAll>): Measurement {
  const measurements = measureAll(...given);
  expect(measurements).toHaveLength(1);
  return measurements[0]!;
}

/** In one line, with its doubts: `wbc 3.0 10*9/L`, `urine-rbc [15,30] /[HPF]`, `creatinine ? 900 umol/L !unknown-unit`. */
export function shown({ analyte, value, doubts }: Measurement): string {
  return [analyte ?? '?', shownValue(value), ...doubts.map(({ reason }) => `!${reason}`)].join(' ');
}

function shownValue(value: Measurement['value']): string {
  if (value === null) return 'none';
  switch (value.kind) {
    case 'number':
      return `${shownInterval(value.interval)} ${value.unit}`;
    case 'ordinal':
      return `grade ${shownInterval(value.interval)}`;
    case 'category':
      return value.category;
    case 'text':
      return `“${value.text}”`;
    case 'unit-unknown':
      return `? ${value.readings.map(shownInterval).join('|')} ${value.unit}`;
    case 'implausible':
      return `! ${shownInterval(value.interval)} ${value.unit}`;
  }
}

type Shown = Extract<NonNullable<Measurement['value']>, { kind: 'number' }>['interval'];

function shownInterval({ low, high, lowOpen, highOpen }: Shown): string {
  if (low !== null && low === high) return low;
  return `${lowOpen ? '(' : '['}${low ?? ''},${high ?? ''}${highOpen ? ')' : ']'}`;
}
