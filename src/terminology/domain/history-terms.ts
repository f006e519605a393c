import { nameKey } from './name-key.js';

/** A condition or medication that rules may ask for, as the vocabulary has it. */
export interface HistoryTerm {
  id: string;
  kind: 'condition' | 'medication';
  names: { zh: string; en: string };
  /** Three-character categories `I10-I15`, or one code with all below it, `Z99.2`. */
  icd10: readonly string[];
  snomed: readonly string[];
  /** A class with all below it. */
  atc: readonly string[];
  /** Names as written: the whole text, of a medication a part of it. */
  text: readonly string[];
}

/** What a rule can ask of a person's records: `history.diabetes`, `family.diabetes`, `medication.anticoagulant`. */
export interface HistoryFact {
  id: string;
  of: 'history' | 'family' | 'medication';
  names: { zh: string; en: string };
}

/** A term that a text or code means, or says the person has not. */
export interface MeantTerm {
  id: string;
  isDenied: boolean;
}

const ICD10 = /icd-?10|2\.16\.840\.1\.113883\.6\.(3|90)\b/i;
const SNOMED = /snomed|2\.16\.840\.1\.113883\.6\.96\b/i;
const ATC = /whocc|\batc\b|2\.16\.840\.1\.113883\.6\.73\b/i;

const DENIED = /^(否认|无|没有|未患|未有|no history of |denies )/;
const STATED = /^(有|患有?|既往|history of )/;
/** 糖尿病史 is of 糖尿病, 高血压病史 of 高血压. */
const OF_HISTORY = [/$/, /史$/, /病史$/];
/** A medicine that is named in order to say that it is not taken is none of these. */
const NOT_TAKEN = /未|无|否|停|不|没/;

/** The conditions and medications of the vocabulary: what records mean, by a few codes and names. Never changes. */
export class HistoryTerms {
  readonly #facts: ReadonlyMap<string, HistoryFact>;
  readonly #byText = new Map<string, string[]>();

  constructor(readonly terms: readonly HistoryTerm[]) {
    const facts = terms.flatMap(({ id, kind, names }): HistoryFact[] => {
      const of = kind === 'condition' ? (['history', 'family'] as const) : (['medication'] as const);
      return of.map((one) => ({ id: `${one}.${id}`, of: one, names }));
    });
    this.#facts = new Map(facts.map((fact) => [fact.id, fact]));
    for (const { id, kind, names, text } of terms) {
      if (kind !== 'condition') continue;
      for (const key of new Set([names.zh, names.en, ...text].map(nameKey)))
        this.#byText.set(key, [...(this.#byText.get(key) ?? []), id]);
    }
  }

  get(id: string): HistoryFact | undefined {
    return this.#facts.get(id);
  }

  /** Every fact that a rule may name. */
  get ids(): readonly string[] {
    return [...this.#facts.keys()];
  }

  /** The conditions that codes (`system|code`) and texts mean, each once; a text may deny them (否认糖尿病史). */
  conditions(codes: readonly string[], texts: readonly string[]): MeantTerm[] {
    const coded = this.terms.filter((term) => term.kind === 'condition' && isCoded(term, codes));
    if (coded.length > 0) return coded.map(({ id }) => ({ id, isDenied: false }));
    return distinct(texts.flatMap((text) => this.#inText(text)));
  }

  /** The medications that codes and names mean. */
  medications(codes: readonly string[], texts: readonly string[]): string[] {
    const names = texts.filter((text) => !NOT_TAKEN.test(text)).map(nameKey);
    return this.terms
      .filter((term) => term.kind === 'medication')
      .filter(
        (term) =>
          isCoded(term, codes) ||
          term.text.some((part) => names.some((name) => name.includes(nameKey(part)))),
      )
      .map(({ id }) => id);
  }

  /** `否认高血压、糖尿病史`: what a clause denies it denies of every name in it. Only whole names count. */
  #inText(text: string): MeantTerm[] {
    return text.split(/[，,;；。]/).flatMap((clause) => {
      const words = clause.trim();
      const isDenied = DENIED.test(words);
      return words
        .replace(isDenied ? DENIED : STATED, '')
        .split(/[、/]/)
        .flatMap((name) => OF_HISTORY.map((ending) => nameKey(name.replace(ending, ''))))
        .flatMap((key) => this.#byText.get(key) ?? [])
        .map((id) => ({ id, isDenied }));
    });
  }
}

function distinct(terms: readonly MeantTerm[]): MeantTerm[] {
  return [...new Map(terms.map((term) => [`${term.id} ${term.isDenied}`, term])).values()];
}

function isCoded(term: HistoryTerm, codes: readonly string[]): boolean {
  return codes.some((token) => {
    const bar = token.indexOf('|');
    const [system, code] = [token.slice(0, bar), token.slice(bar + 1).toUpperCase()];
    if (SNOMED.test(system)) return term.snomed.includes(code);
    if (ICD10.test(system)) return term.icd10.some((range) => isInRange(code, range));
    return ATC.test(system) && term.atc.some((branch) => code.startsWith(branch));
  });
}

function isInRange(code: string, range: string): boolean {
  const [from, to] = range.split('-');
  if (to === undefined) return code.replace('.', '').startsWith(from!.replace('.', ''));
  const category = code.slice(0, 3);
  return category >= from! && category <= to;
}

export const NO_HISTORY_TERMS = new HistoryTerms([]);
