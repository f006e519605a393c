import { type Analyte, type Meaning } from './analyte.js';
import { type ResultContext } from './context.js';
import { type CodeableConcept } from './fhir-input.js';
import { codeSystem, LOINC, type Vocabulary } from './vocabulary.js';

/** The analyte that a code means, or why it isn't known. `detail` names the code or local name. */
export type Found = { meaning: Meaning } | { meaning: null; detail: string };

/**
 * Finds the analyte of a CodeableConcept: any coding that the vocabulary knows (LOINC and others alike), else the
 * local name in the text or a display, compared without width, case, spaces and brackets. Codings that mean different
 * analytes are never settled by a guess, unless one merely refines the other (fasting glucose and glucose).
 * A well-formed LOINC code that isn't known keeps the name from being used: 肌酐 under the code of urine creatinine
 * is not serum creatinine.
 */
export function findMeaning(
  code: CodeableConcept | undefined,
  context: ResultContext,
  vocabulary: Vocabulary,
): Found {
  const codings = code?.coding ?? [];
  let found: Meaning | undefined;
  let foreignLoinc = false;
  for (const coding of codings) {
    if (coding.code === undefined) continue;
    const meaning = vocabulary.byCode(coding.system, coding.code);
    if (!meaning) foreignLoinc ||= codeSystem(coding.system) === LOINC && isLoincCode(coding.code);
    else if (!found) found = meaning;
    else {
      const one = moreSpecific(found, meaning, vocabulary);
      if (!one) return { meaning: null, detail: `${describe(code)} (codings of different tests)` };
      found = one;
    }
  }
  if (found) return { meaning: found };
  const named = foreignLoinc ? undefined : byName(code, context, vocabulary);
  return named ? { meaning: named } : { meaning: null, detail: describe(code) };
}

function moreSpecific(a: Meaning, b: Meaning, vocabulary: Vocabulary): Meaning | null {
  if (a.analyte === b.analyte) return a.fastingIn ? a : b;
  if (refines(a.analyte, b.analyte, vocabulary)) return a;
  return refines(b.analyte, a.analyte, vocabulary) ? b : null;
}

function refines(specific: Analyte, general: Analyte, vocabulary: Vocabulary): boolean {
  for (let id = specific.refines; id !== null; id = vocabulary.get(id)?.refines ?? null) {
    if (id === general.id) return true;
  }
  return false;
}

const SPECIMEN_PREFIX = { urine: ['尿'], stool: ['大便', '粪便', '便'] } as const;

function byName(
  code: CodeableConcept | undefined,
  context: ResultContext,
  vocabulary: Vocabulary,
): Meaning | undefined {
  const names = [code?.text, ...(code?.coding ?? []).map((coding) => coding.display)].filter(
    (name) => name !== undefined,
  );
  const specimen = context.specimen ?? null;
  for (const name of names) {
    if (specimen === 'urine' || specimen === 'stool') {
      for (const prefix of SPECIMEN_PREFIX[specimen]) {
        const meaning = vocabulary.byName(name.startsWith(prefix) ? name : prefix + name);
        if (meaning) return meaning;
      }
    }
    const meaning = vocabulary.byName(name);
    if (meaning && fitsSpecimen(meaning.analyte, specimen)) return meaning;
  }
  return undefined;
}

/** The same name on another specimen is another test: 白细胞 of a smear is no blood count. */
function fitsSpecimen(analyte: Analyte, specimen: ResultContext['specimen']): boolean {
  return !specimen || analyte.specimen === null || analyte.specimen === specimen;
}

/** All names of a concept in one text, for words such as 空腹. */
export function namesOf(code: CodeableConcept | undefined): string {
  return [code?.text, ...(code?.coding ?? []).map((coding) => coding.display)].filter(Boolean).join(' ');
}

/** `system|code`, else the local name; what a person needs to map it. */
function describe(code: CodeableConcept | undefined): string {
  const coding = code?.coding?.find((one) => one.code !== undefined);
  const detail = coding
    ? `${coding.system ?? ''}|${coding.code}`
    : (code?.text ?? code?.coding?.[0]?.display ?? '');
  return detail.slice(0, 200);
}

/** LOINC codes end in a mod-10 check digit; a typing error is no reason to distrust the name. */
export function isLoincCode(code: string): boolean {
  const match = /^(\d{1,7})-(\d)$/.exec(code);
  if (!match) return false;
  let sum = 0;
  [...match[1]!].reverse().forEach((digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return (10 - (sum % 10)) % 10 === Number(match[2]);
}
