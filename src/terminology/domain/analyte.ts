import { type CareSetting, type Coding } from '../../kernel/index.js';

/** How a value of the analyte is written. */
export const NATURES = [
  /** A quantity with a unit. */
  'number',
  /** Dipstick grades: negative, ±, + to ++++. */
  'ordinal',
  /** Negative or positive; a grade may come with it. */
  'nominal',
  /** Cells per high-power field: numbers, ranges such as 15-30, or plus-grades. */
  'microscopy',
  /** Dilution such as 1:160, kept as 160. */
  'titre',
  /** One of named categories. */
  'category',
  /** A conclusion in words. */
  'text',
] as const;
export type Nature = (typeof NATURES)[number];

/** Results that only named staff may see (product.md, *People*). */
export const COMPARTMENTS = ['hiv', 'syphilis', 'hepatitis', 'pregnancy', 'psychiatric', 'genetic'] as const;
export type Compartment = (typeof COMPARTMENTS)[number];

export interface Names {
  zh: string;
  en: string;
}

/** A conversion that is no plain ratio: canonical = (value − minus) × times ÷ over + plus. */
export interface Formula {
  /** UCUM unit that it converts from. */
  unit: string;
  minus: string;
  times: string;
  over: string;
  plus: string;
}

export interface Category {
  id: string;
  names: Names;
  synonyms: readonly string[];
  codes: readonly Coding[];
}

/** One entry of the vocabulary: what laboratories call a test, and how its values are understood. */
export interface Analyte {
  id: string;
  names: Names;
  synonyms: readonly string[];
  loinc: readonly string[];
  /** Codes of other systems (devices, SNOMED CT, a centre's own). */
  codes: readonly { system: string; code: string }[];
  nature: Nature;
  /** Canonical UCUM unit; `1` for natures without a unit. */
  unit: string;
  /** The unit as it is printed, e.g. `×10⁹/L`. */
  printUnit: string;
  /** Decimals that laboratories report in the canonical unit; conversions by other than powers of ten round to it. */
  decimals: number;
  /** g/mol, or null when mass and amount are not converted. */
  molarMass: string | null;
  /** UCUM units that it is plausibly reported in, the canonical one first: the readings of a value without unit. */
  reportedIn: readonly string[];
  formulas: readonly Formula[];
  /** Canonical values beyond which no person or instrument goes; both ends plausible. */
  plausible: { low: string; high: string } | null;
  categories: readonly Category[];
  groups: readonly string[];
  sensitive: Compartment | null;
  /** The analyte that its values are values of: itself, or e.g. `urea` for urea nitrogen. */
  countsAs: string;
  /** Entries to try when the unit or the wording is not this entry's (ordinal and mass forms of one test). */
  siblings: readonly string[];
  /** The less specific entry that this one refines (`glucose` for `glucose-fasting`). */
  refines: string | null;
  /** What the unit must say is counted (D-dimer FEU or DDU) unless a code has said it. */
  annotation: string | null;
  /** What a report was made from; a local name on another specimen is another test. Null for what has none. */
  specimen: 'blood' | 'urine' | 'stool' | 'other' | null;
  /** Put before the words of a conclusion: the class system of `4A`. */
  prefix: string | null;
  /** A ratio, index or score: a value without unit is complete. */
  unitless: boolean;
}

/** What a code or a name stands for. */
export interface Meaning {
  analyte: Analyte;
  /** Found by a code, not by a name. */
  coded: boolean;
  /** A centre's mapping: values are fasting in these settings (or always). */
  fastingIn: readonly CareSetting[] | 'always' | null;
}
