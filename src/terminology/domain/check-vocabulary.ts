import { type Analyte } from './analyte.js';
import { isLoincCode } from './find-meaning.js';
import { nameKey } from './name-key.js';
import { conversionFrom } from './units/conversion.js';
import { isUcum } from './units/ucum.js';

/** A fault of the vocabulary: which entry, and what is wrong with it. */
export interface VocabularyFault {
  analyte: Analyte;
  message: string;
}

/**
 * What the shape of the files can't say: ids, codes and names that two entries claim, codes with a wrong check digit,
 * units that aren't UCUM or don't convert, references to entries that aren't there.
 */
export function checkVocabulary(analytes: readonly Analyte[]): VocabularyFault[] {
  const faults: VocabularyFault[] = [];
  const byId = new Map<string, Analyte>();
  const claimed = new Map<string, Analyte>();
  for (const analyte of analytes) {
    const fault = (message: string): void => void faults.push({ analyte, message });
    if (byId.has(analyte.id)) fault(`duplicate id "${analyte.id}"`);
    byId.set(analyte.id, analyte);
    for (const [kind, claim] of claims(analyte)) {
      const other = claimed.get(claim);
      if (other && other !== analyte)
        fault(`${kind} "${claim.split(' ').slice(1).join(' ')}" belongs to "${other.id}" already`);
      claimed.set(claim, analyte);
    }
    for (const message of [...unitFaults(analyte), ...codeFaults(analyte)]) fault(message);
  }
  for (const analyte of analytes) {
    for (const message of referenceFaults(analyte, byId)) faults.push({ analyte, message });
  }
  return faults;
}

function* claims(analyte: Analyte): Generator<[string, string]> {
  for (const code of analyte.loinc) yield ['LOINC code', `loinc ${code}`];
  for (const { system, code } of analyte.codes) yield ['code', `code ${system}|${code}`];
  const names = new Set([analyte.names.zh, analyte.names.en, ...analyte.synonyms].map(nameKey));
  for (const name of names) yield ['name', `name ${name}`];
}

function unitFaults(analyte: Analyte): string[] {
  if (!isUcum(analyte.unit)) return [`unit "${analyte.unit}" is not UCUM`];
  const faults = analyte.formulas
    .filter(({ unit }) => !isUcum(unit))
    .map(({ unit }) => `formula unit "${unit}" is not UCUM`);
  for (const unit of analyte.reportedIn) {
    if (!conversionFrom(analyte, unit, true))
      faults.push(`reported unit "${unit}" does not convert to ${analyte.unit}`);
  }
  if (analyte.nature === 'number' && !analyte.plausible) faults.push('a number needs a plausible range');
  if (analyte.plausible && Number(analyte.plausible.low) >= Number(analyte.plausible.high))
    faults.push('plausible: low is not below high');
  if ((analyte.nature === 'category') !== analyte.categories.length > 0)
    faults.push('categories belong to nature "category", and it needs them');
  return faults;
}

function codeFaults(analyte: Analyte): string[] {
  return analyte.loinc
    .filter((code) => !isLoincCode(code))
    .map((code) => `LOINC code "${code}" has a wrong check digit`);
}

function referenceFaults(analyte: Analyte, byId: ReadonlyMap<string, Analyte>): string[] {
  const references = [
    analyte.countsAs,
    ...analyte.siblings,
    ...(analyte.refines === null ? [] : [analyte.refines]),
  ];
  const faults = references
    .filter((id) => !byId.has(id))
    .map((id) => `refers to "${id}", which is not there`);
  const target = byId.get(analyte.countsAs);
  if (target && target.unit !== analyte.unit) faults.push(`counts as ${target.id}, but their units differ`);
  return faults;
}
