import { type Bilingual, type MeasuredValue } from '../../kernel/index.js';
import { type Formula } from './formula/formula.js';

export type { Bilingual };

/** What a rule must know of an analyte to be checked, compared and put into words. */
export interface CatalogueAnalyte {
  id: string;
  names: Bilingual;
  kind: 'number' | 'ordinal' | 'category' | 'text';
  /** Canonical UCUM unit of a numeric analyte; null where there is none. */
  unit: string | null;
  /** UCUM units that it is plausibly reported in: the readings of a number without unit. */
  reportedIn: readonly string[];
  /** The unit as people read it, e.g. ×10⁹/L. */
  printUnit: string;
  /** Decimals that laboratories report in the canonical unit. */
  decimals: number;
  groups: readonly string[];
  /** What no person and no instrument goes beyond, both ends possible, in the canonical unit; absent where nobody knows. */
  plausible?: { low: string; high: string } | null;
  /** Names of the categories when `kind` is `category`, e.g. Bethesda classes. */
  categories?: readonly string[];
  /** Compartment whose values are hidden outside named staff. */
  sensitive?: string | null;
  /** Lowest value that is no error, in the canonical unit; null where none is set. */
  lowest: string | null;
}

/** Something that records answer of a person: `history.diabetes`, `family.crc`, `medication.anticoagulant`. */
export interface CatalogueAnswer {
  id: string;
  names: Bilingual;
}

/** The part of the vocabulary that rules depend on, with what is derived from it. */
export interface AnalyteCatalogue {
  formulas: readonly Formula[];
  get(id: string): CatalogueAnalyte | undefined;
  /** Ids of all analytes in the group, empty when there is no such group. */
  inGroup(group: string): readonly string[];
  answer(id: string): CatalogueAnswer | undefined;
  /** Every analyte id, every group and every answer: what a typing error is compared with. */
  names(): readonly string[];
  /** The id of the analyte that goes by this Chinese, English or local name; null when there is none. */
  called(name: string): string | null;
  /**
   * Decimal text in the analyte's canonical unit, null when the unit is unknown or cannot be converted.
   * Powers of ten are exact; molar conversions are rounded half up to the reporting decimals.
   */
  convert(analyteId: string, value: string, unit: string): string | null;
  /**
   * A value as a doctor writes it (`3.0`, `<0.5`, `15-30`, `126 mg/dL`, `++`, `阳性`, `HSIL`); without a unit the
   * canonical one is meant. Null when it can't be read.
   */
  read(analyteId: string, written: string): MeasuredValue | null;
}
