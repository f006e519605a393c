import { COMPARTMENTS, NATURES } from './domain/analyte.js';

const text = { type: 'string', minLength: 1, maxLength: 200 } as const;
const id = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9-]*$' } as const;
const names = {
  type: 'object',
  additionalProperties: false,
  required: ['zh', 'en'],
  properties: { zh: text, en: text },
} as const;
const specimen = { enum: ['blood', 'urine', 'stool', 'other'] } as const;
const codes = { type: 'array', items: { type: 'string', pattern: '^[^|]+\\|[^|]+$' } } as const;

const formula = {
  type: 'object',
  additionalProperties: false,
  required: ['unit'],
  properties: {
    unit: text,
    minus: { type: 'number' },
    times: { type: 'number' },
    over: { type: 'number' },
    plus: { type: 'number' },
  },
} as const;

const category = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'names'],
  properties: { id, names, synonyms: { type: 'array', items: text }, codes },
} as const;

const analyte = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'names', 'synonyms', 'loinc'],
  properties: {
    id,
    names,
    synonyms: { type: 'array', items: text },
    loinc: { type: 'array', items: { type: 'string', pattern: '^\\d{1,7}-\\d$' } },
    codes,
    nature: { enum: NATURES },
    unit: text,
    reported: { type: 'array', items: text },
    decimals: { type: 'integer', minimum: 0, maximum: 6 },
    molarMass: { type: 'number', exclusiveMinimum: 0 },
    formulas: { type: 'array', items: formula },
    plausible: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
    categories: { type: 'array', items: category },
    groups: { type: 'array', items: id },
    sensitive: { enum: COMPARTMENTS },
    countsAs: id,
    siblings: { type: 'array', items: id },
    refines: id,
    annotation: { enum: ['FEU', 'DDU'] },
    specimen,
    prefix: text,
  },
} as const;

/** The shape of a vocabulary file; meaning (units, duplicates, references) is checked after it. */
export const vocabularySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['topic', 'analytes'],
  properties: {
    topic: names,
    specimen,
    groups: { type: 'array', items: id },
    analytes: { type: 'array', minItems: 1, items: analyte },
  },
} as const;

/** One entry as written; see `Analyte` for the meaning. */
export interface WrittenAnalyte {
  id: string;
  names: { zh: string; en: string };
  synonyms: string[];
  loinc: string[];
  codes?: string[];
  nature?: (typeof NATURES)[number];
  unit?: string;
  reported?: string[];
  decimals?: number;
  molarMass?: number;
  formulas?: { unit: string; minus?: number; times?: number; over?: number; plus?: number }[];
  plausible?: [number, number];
  categories?: { id: string; names: { zh: string; en: string }; synonyms?: string[]; codes?: string[] }[];
  groups?: string[];
  sensitive?: (typeof COMPARTMENTS)[number];
  countsAs?: string;
  siblings?: string[];
  refines?: string;
  annotation?: string;
  specimen?: 'blood' | 'urine' | 'stool' | 'other';
  prefix?: string;
}

export interface WrittenFile {
  topic: { zh: string; en: string };
  specimen?: WrittenAnalyte['specimen'];
  groups?: string[];
  analytes: WrittenAnalyte[];
}
