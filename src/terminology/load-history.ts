import { Ajv } from 'ajv';
import { type HistoryTerm } from './domain/history-terms.js';

const text = { type: 'string', minLength: 1, maxLength: 100 } as const;
const texts = { type: 'array', items: text } as const;
const shared = {
  id: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
  names: {
    type: 'object',
    additionalProperties: false,
    required: ['zh', 'en'],
    properties: { zh: text, en: text },
  },
  text: texts,
  status: { enum: ['found', 'found-2nd', 'recalled', 'proposal'] },
} as const;
const condition = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'names'],
  properties: {
    ...shared,
    icd10: {
      type: 'array',
      items: { type: 'string', pattern: '^[A-Z]\\d\\d(-[A-Z]\\d\\d|\\.\\d{1,3})?$' },
    },
    snomed: { type: 'array', items: { type: 'string', pattern: '^\\d{6,18}$' } },
  },
} as const;
const medication = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'names'],
  properties: {
    ...shared,
    atc: { type: 'array', items: { type: 'string', pattern: '^[A-Z](\\d\\d([A-Z]([A-Z](\\d\\d)?)?)?)?$' } },
  },
} as const;

/** The shape of a vocabulary file of kind `history`. */
export const historySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind'],
  properties: {
    kind: { const: 'history' },
    conditions: { type: 'array', items: condition },
    medications: { type: 'array', items: medication },
    answers: { type: 'object' },
  },
} as const;

export const validateHistory = new Ajv({ allErrors: true, strict: false }).compile(historySchema);

type WrittenTerm = Pick<HistoryTerm, 'id' | 'names'> & Partial<HistoryTerm>;

/** The shape of `history.yaml` once it is valid. */
export interface WrittenHistory {
  kind: 'history';
  conditions?: WrittenTerm[];
  medications?: WrittenTerm[];
}

/** Fills in what a file leaves unsaid. */
export function historyTerms({ conditions = [], medications = [] }: WrittenHistory): HistoryTerm[] {
  const complete = (kind: HistoryTerm['kind']) => (written: WrittenTerm) =>
    ({ icd10: [], snomed: [], atc: [], text: [], ...written, kind }) satisfies HistoryTerm;
  return [...conditions.map(complete('condition')), ...medications.map(complete('medication'))];
}
