import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { AppError, type Fault, Remembered } from '../kernel/index.js';
import { type Analyte } from './domain/analyte.js';
import { checkVocabulary } from './domain/check-vocabulary.js';
import { type HistoryTerm, HistoryTerms } from './domain/history-terms.js';
import { decimalText } from './domain/units/decimal-text.js';
import { printUnit } from './domain/units/unit-spelling.js';
import { Vocabulary } from './domain/vocabulary.js';
import { historyTerms, validateHistory, type WrittenHistory } from './load-history.js';
import { vocabularySchema, type WrittenAnalyte, type WrittenFile } from './vocabulary-schema.js';

const validateShape = new Ajv({ allErrors: true, strict: false }).compile(vocabularySchema);

/** A file of the vocabulary as it was read from disk. */
export interface VocabularyFile {
  /** Name inside the folder. */
  path: string;
  text: string;
}

/** The vocabulary of a folder; see `vocabularyOf`. */
export function loadVocabulary(dir: string): Vocabulary {
  return vocabularyOf(readVocabularyFiles(dir));
}

/** Every `*.yaml` of a folder, in the order of their names. */
export function readVocabularyFiles(dir: string): VocabularyFile[] {
  return readdirSync(dir)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({ path: name, text: readFileSync(join(dir, name), 'utf8') }));
}

/** The shipped one, and those of versions of before. */
const known = new Remembered<Vocabulary>(2_000_000);

/**
 * Reads the files: analytes, and (`kind: history`) what records may say of a person. All or nothing: throws
 * `invalid-request` with one fault per mistake, its path `file:line`.
 */
export function vocabularyOf(files: readonly VocabularyFile[]): Vocabulary {
  return known.of(JSON.stringify(files.map(({ path, text }) => [path, text])), () => readVocabulary(files));
}

function readVocabulary(files: readonly VocabularyFile[]): Vocabulary {
  const faults: Fault[] = [];
  const lines = new Map<Analyte, string>();
  const analytes: Analyte[] = [];
  const history: HistoryTerm[] = [];
  for (const file of files) {
    const read = readFile(file);
    faults.push(...read.faults);
    for (const { term, at } of read.terms) {
      if (history.some(({ id, kind }) => id === term.id && kind === term.kind))
        faults.push({ code: 'invalid-request', message: `duplicate ${term.kind} "${term.id}"`, path: at });
      history.push(term);
    }
    for (const { analyte, at } of read.entries) {
      analytes.push(analyte);
      lines.set(analyte, at);
    }
  }
  if (faults.length === 0) {
    for (const { analyte, message } of checkVocabulary(analytes)) {
      faults.push({
        code: 'invalid-request',
        message: `${analyte.id}: ${message}`,
        path: lines.get(analyte),
      });
    }
  }
  if (faults.length === 0 && analytes.length === 0) {
    faults.push({ code: 'invalid-request', message: 'no vocabulary files found', path: '.' });
  }
  if (faults.length > 0) throw new AppError(faults);
  return new Vocabulary(Object.freeze(analytes), [], new HistoryTerms(history));
}

interface ReadFile {
  entries: { analyte: Analyte; at: string }[];
  terms: { term: HistoryTerm; at: string }[];
  faults: Fault[];
}

function readFile({ path: file, text }: VocabularyFile): ReadFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const fault = (message: string, line: number): Fault => ({
    code: 'invalid-request',
    message,
    path: `${file}:${line}`,
  });
  if (document.errors.length > 0) {
    return {
      entries: [],
      terms: [],
      faults: document.errors.map((error) =>
        fault(error.message.split('\n')[0]!, error.linePos?.[0].line ?? 1),
      ),
    };
  }
  const written = document.toJS() as WrittenFile & { kind?: string };
  const lineOf = (keys: (string | number)[]): number => lineOfNode(document, lineCounter, keys);
  const isHistory = written?.kind !== undefined;
  const validate = isHistory ? validateHistory : validateShape;
  if (!validate(written)) {
    const faults = (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const keys = instancePath
        .split('/')
        .slice(1)
        .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      const detail = 'additionalProperty' in params ? ` "${String(params['additionalProperty'])}"` : '';
      return fault(`${instancePath || '/'} ${message ?? 'is invalid'}${detail}`, lineOf(keys));
    });
    return { entries: [], terms: [], faults };
  }
  if (isHistory) {
    const history = written as unknown as WrittenHistory;
    const conditions = history.conditions?.length ?? 0;
    const terms = historyTerms(history).map((term, index) => ({
      term,
      at: `${file}:${lineOf(index < conditions ? ['conditions', index] : ['medications', index - conditions])}`,
    }));
    return { entries: [], terms, faults: [] };
  }
  const entries = written.analytes.map((one, index) => ({
    analyte: complete(one, written),
    at: `${file}:${lineOf(['analytes', index])}`,
  }));
  return { entries, terms: [], faults: [] };
}

function lineOfNode(document: Document, lineCounter: LineCounter, keys: (string | number)[]): number {
  for (let depth = keys.length; depth > 0; depth--) {
    const node = document.getIn(keys.slice(0, depth), true) as
      { range?: [number, number, number] | null } | undefined;
    if (node?.range) return lineCounter.linePos(node.range[0]).line;
  }
  return 1;
}

/** Fills in what a file leaves unsaid. */
function complete(written: WrittenAnalyte, file: WrittenFile): Analyte {
  const nature = written.nature ?? 'number';
  const unit = written.unit ?? '1';
  return Object.freeze({
    id: written.id,
    names: written.names,
    synonyms: written.synonyms,
    loinc: written.loinc,
    codes: (written.codes ?? []).map(splitCode),
    nature,
    unit,
    printUnit: printUnit(unit),
    decimals: written.decimals ?? 0,
    molarMass: written.molarMass === undefined ? null : decimalText(written.molarMass),
    reportedIn: [unit, ...(written.reported ?? [])],
    formulas: (written.formulas ?? []).map((formula) => ({
      unit: formula.unit,
      minus: decimalText(formula.minus ?? 0),
      times: decimalText(formula.times ?? 1),
      over: decimalText(formula.over ?? 1),
      plus: decimalText(formula.plus ?? 0),
    })),
    plausible: written.plausible
      ? { low: decimalText(written.plausible[0]), high: decimalText(written.plausible[1]) }
      : null,
    categories: (written.categories ?? []).map((category) => ({
      ...category,
      synonyms: category.synonyms ?? [],
      codes: (category.codes ?? []).map(splitCode),
    })),
    groups: written.groups ?? file.groups ?? [],
    sensitive: written.sensitive ?? null,
    countsAs: written.countsAs ?? written.id,
    siblings: written.siblings ?? [],
    refines: written.refines ?? null,
    annotation: written.annotation ?? null,
    specimen: written.specimen ?? file.specimen ?? null,
    prefix: written.prefix ?? null,
    unitless: nature === 'number' && (unit === '1' || unit === '[pH]' || /^\{[^}]*\}$/.test(unit)),
  });
}

function splitCode(code: string): { system: string; code: string } {
  const bar = code.lastIndexOf('|');
  return { system: code.slice(0, bar), code: code.slice(bar + 1) };
}
