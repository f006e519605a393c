import { AppError, type CareSetting } from '../../kernel/index.js';
import { type Analyte, type Meaning } from './analyte.js';
import { type HistoryTerms, NO_HISTORY_TERMS } from './history-terms.js';
import { nameKey, nameKeys } from './name-key.js';
import { type Conversion, conversionFrom, convert, isUnitUnderstood } from './units/conversion.js';

export const LOINC = 'http://loinc.org';
const LOINC_ALIASES = new Set([
  'http://loinc.org/',
  'https://loinc.org',
  'LOINC',
  'urn:oid:2.16.840.1.113883.6.1',
]);

/** Senders can put anything into a unit: what is remembered stays bounded. */
const MAX_REMEMBERED = 500;

/** A centre's own addition: what a code, a name or a unit spelling of its systems means. */
export type Mapping =
  | { kind: 'code'; system: string; code: string; analyte: string; fastingIn?: CareSetting[] | 'always' }
  | { kind: 'name'; name: string; analyte: string; fastingIn?: CareSetting[] | 'always' }
  /** `unit` is UCUM; without `analyte` the spelling means it for every analyte. */
  | { kind: 'unit'; spelling: string; unit: string; analyte?: string };

/** One system's spelling of codes: LOINC comes under several names. */
export function codeSystem(system: string | undefined): string {
  if (system === LOINC || system === undefined) return system ?? '';
  return LOINC_ALIASES.has(system) ? LOINC : system;
}

/**
 * What is known of analytes: by id, by code, by local name, and how units convert. Never changes; `extendVocabulary`
 * makes a new one. Conversions are worked out once per analyte and spelling and remembered.
 */
export class Vocabulary {
  readonly #byId: ReadonlyMap<string, Analyte>;
  readonly #bySystem = new Map<string, Map<string, Meaning>>();
  readonly #byName = new Map<string, Meaning>();
  /** What names as sent turned out to mean. */
  readonly #asked = new Map<string, Meaning | null>();
  readonly #groups = new Map<string, string[]>();
  readonly #conversions = new Map<string, Map<string, Conversion | null>>();
  readonly #units = new Map<string, boolean>();

  constructor(
    readonly analytes: readonly Analyte[],
    readonly mappings: readonly Mapping[] = [],
    readonly history: HistoryTerms = NO_HISTORY_TERMS,
  ) {
    this.#byId = new Map(analytes.map((analyte) => [analyte.id, analyte]));
    for (const analyte of analytes) {
      const coded: Meaning = { analyte, coded: true, fastingIn: null };
      for (const code of analyte.loinc) this.#codesOf(LOINC).set(code, coded);
      for (const { system, code } of analyte.codes) this.#codesOf(codeSystem(system)).set(code, coded);
      const named: Meaning = { analyte, coded: false, fastingIn: null };
      for (const name of [analyte.names.zh, analyte.names.en, ...analyte.synonyms])
        this.#byName.set(nameKey(name), named);
      for (const group of analyte.groups)
        this.#groups.set(group, [...(this.#groups.get(group) ?? []), analyte.id]);
    }
    for (const mapping of mappings) this.#apply(mapping);
  }

  get(id: string): Analyte | undefined {
    return this.#byId.get(id);
  }

  /** Ids of the analytes of a group, in the order of the files; empty for a group that isn't there. */
  inGroup(group: string): readonly string[] {
    return this.#groups.get(group) ?? [];
  }

  /** Whether an analyte, or one of a group, belongs to a sensitive compartment. */
  isSensitive(name: string): boolean {
    return [name, ...this.inGroup(name)].some((id) => this.get(id)?.sensitive != null);
  }

  byCode(system: string | undefined, code: string): Meaning | undefined {
    return this.#bySystem.get(codeSystem(system))?.get(code);
  }

  byName(name: string): Meaning | undefined {
    const known = this.#asked.get(name);
    if (known !== undefined) return known ?? undefined;
    const meaning = nameKeys(name)
      .map((key) => this.#byName.get(key))
      .find((one) => one);
    if (this.#asked.size < MAX_REMEMBERED) this.#asked.set(name, meaning ?? null);
    return meaning;
  }

  /** True when the spelling is a unit at all, whatever it measures: this centre's spellings included. */
  readonly isUnit = (spelling: string): boolean => {
    const known = this.#units.get(spelling);
    if (known !== undefined) return known;
    const isUnit =
      isUnitUnderstood(spelling) || this.mappings.some((m) => m.kind === 'unit' && m.spelling === spelling);
    if (this.#units.size < MAX_REMEMBERED) this.#units.set(spelling, isUnit);
    return isUnit;
  };

  /** The conversion from a unit as sent, or null. `coded`: see `conversionFrom`. */
  conversion(analyte: Analyte, spelling: string, coded = true): Conversion | null {
    const key = coded ? analyte.id : `${analyte.id}/name`;
    let known = this.#conversions.get(key);
    if (!known) this.#conversions.set(key, (known = new Map<string, Conversion | null>()));
    const found = known.get(spelling);
    if (found !== undefined) return found;
    const mapped = this.#mappedUnit(analyte.id, spelling);
    const conversion = conversionFrom(analyte, mapped ?? spelling, coded);
    if (known.size < MAX_REMEMBERED) known.set(spelling, conversion);
    return conversion;
  }

  /**
   * A decimal in the analyte's canonical unit, rounded as `Conversion` says; null when the analyte is not known or the
   * unit doesn't convert.
   */
  convert(analyteId: string, value: string, unit: string): string | null {
    const analyte = this.#byId.get(analyteId);
    const conversion = analyte && this.conversion(analyte, unit);
    return conversion ? convert(value, conversion) : null;
  }

  #codesOf(system: string): Map<string, Meaning> {
    let codes = this.#bySystem.get(system);
    if (!codes) this.#bySystem.set(system, (codes = new Map<string, Meaning>()));
    return codes;
  }

  #mappedUnit(analyteId: string, spelling: string): string | null {
    const own = this.mappings.filter((m) => m.kind === 'unit' && m.spelling === spelling) as {
      analyte?: string;
      unit: string;
    }[];
    const mapped =
      own.findLast((m) => m.analyte === analyteId) ?? own.findLast((m) => m.analyte === undefined);
    return mapped?.unit ?? null;
  }

  #apply(mapping: Mapping): void {
    if (mapping.kind === 'unit') return;
    const analyte = this.#byId.get(mapping.analyte);
    if (!analyte) throw new AppError('invalid-request', `Unknown analyte "${mapping.analyte}".`);
    const fastingIn = mapping.fastingIn ?? null;
    if (mapping.kind === 'code')
      this.#codesOf(codeSystem(mapping.system)).set(mapping.code, { analyte, coded: true, fastingIn });
    else this.#byName.set(nameKey(mapping.name), { analyte, coded: false, fastingIn });
  }
}
