import { Decimal } from 'decimal.js';
import { type Bilingual } from '../../kernel/index.js';

/** A number; as decimal text where every digit counts. */
export type Digits = number | string;
export const SEXES = ['male', 'female'] as const;
export type Sex = (typeof SEXES)[number];

/**
 * Why a model says nothing: an input is not there, lies where the model was not made or cannot be trusted, or is of
 * somebody whom the model does not speak of (a prior event, a pregnancy).
 */
export const NOT_APPLICABLE = ['missing', 'out-of-range', 'not-intended'] as const;

export interface NotApplicable {
  notApplicable: (typeof NOT_APPLICABLE)[number];
  /** The input that is the reason. */
  input: string;
  /** What the input would have to be: `35–74 a`, `<4.5 mmol/L`, `male | female`. */
  limits: string;
}

export interface ModelValue {
  /** Rounded half up to the model's decimals: what is shown, compared and classed. */
  value: string;
  /** Before rounding, for comparing two values with each other. */
  unrounded: number;
  /** UCUM. */
  unit: string;
  /** One of the model's classes; none where the source names none. */
  class?: string;
}

/** A value, or the reason why there is none: never a number at the edge of the range in place of one beyond it. */
export type ModelResult = ModelValue | NotApplicable;

/** What an input must be. */
export type InputRule =
  | {
      kind: 'number';
      /** UCUM unit that the number is in. */
      unit: string;
      /** Limits that belong to the range. */
      from?: number;
      to?: number;
      /** Limits that do not. */
      above?: number;
      below?: number;
    }
  | { kind: 'yes-no'; mustBe?: boolean }
  | { kind: 'word'; words: readonly string[] };

/** Inputs by name; an input with `onlyFor` counts for one sex alone. */
export type InputRules = Readonly<Record<string, InputRule & { onlyFor?: Sex }>>;

/** A published equation or score. */
export interface RiskModel<Input extends object = object> {
  /** Never reused. */
  id: string;
  title: Bilingual;
  /** Changes with any change of what the model gives; kept with every result. */
  version: string;
  source: string;
  unit: string;
  decimals: number;
  inputs: InputRules;
  /** Classes by id, in words. */
  classes: Readonly<Record<string, Bilingual>>;
  /** How far the value can be trusted, as its source says. */
  uncertainty: Bilingual;
  of(input: Partial<Input>): ModelResult;
}

type Definition<Input extends object> = Omit<RiskModel<Input>, 'of' | 'inputs' | 'classes'> & {
  inputs: Readonly<Record<keyof Input, InputRules[string]>>;
  classes?: RiskModel['classes'];
  /** The value, of inputs that are all there and in range. */
  compute(this: void, input: Input): number | Decimal;
  /** @param value as rounded */
  classOf?(this: void, value: number, input: Input): string;
};

/** A model that looks at all its inputs before it computes anything. */
export function defineModel<Input extends object>(definition: Definition<Input>): RiskModel<Input> {
  const { compute, classOf, classes = {}, ...told } = definition;
  const inputs: InputRules = told.inputs;
  const rules = Object.entries(inputs);
  const of = (input: Partial<Input>): ModelResult => {
    const unusable = whyUnusable(input, rules);
    if (unusable) return unusable;
    const computed = new Decimal(compute(input as Input));
    const value = computed.toFixed(told.decimals, Decimal.ROUND_HALF_UP);
    const inClass = classOf && { class: classOf(Number(value), input as Input) };
    return { value, unrounded: computed.toNumber(), unit: told.unit, ...inClass };
  };
  return { ...told, inputs, classes, of };
}

export function isValue(result: ModelResult): result is ModelValue {
  return 'value' in result;
}

/** The first input, in the order of the model, that stands in the way. */
function whyUnusable(
  input: Readonly<Record<string, unknown>>,
  rules: readonly [string, InputRules[string]][],
): NotApplicable | null {
  for (const [name, rule] of rules) {
    if (rule.onlyFor !== undefined && input.sex !== rule.onlyFor) continue;
    const reason = reasonAgainst(input[name], rule);
    if (reason) return { notApplicable: reason, input: name, limits: limitsOf(rule) };
  }
  return null;
}

function reasonAgainst(value: unknown, rule: InputRule): NotApplicable['notApplicable'] | null {
  if (value === undefined || value === null) return 'missing';
  switch (rule.kind) {
    case 'number':
      return isWithin(value, rule) ? null : 'out-of-range';
    case 'yes-no':
      if (typeof value !== 'boolean') return 'out-of-range';
      return rule.mustBe === undefined || rule.mustBe === value ? null : 'not-intended';
    case 'word':
      return rule.words.includes(value as string) ? null : 'out-of-range';
  }
}

const NUMERAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function isWithin(value: unknown, { from, to, above, below }: InputRule & { kind: 'number' }): boolean {
  if (typeof value === 'number' ? !Number.isFinite(value) : !NUMERAL.test(String(value))) return false;
  // Reading a decimal as a double keeps the order, and equal digits equal.
  const number = Number(value);
  return (
    (from === undefined || number >= from) &&
    (to === undefined || number <= to) &&
    (above === undefined || number > above) &&
    (below === undefined || number < below)
  );
}

/** What an input must be, for people. */
export function limitsOf(rule: InputRule): string {
  if (rule.kind === 'word') return rule.words.join(' | ');
  if (rule.kind === 'yes-no') return rule.mustBe === undefined ? 'true | false' : String(rule.mustBe);
  const { from, to, above, below, unit } = rule;
  const span = from !== undefined && to !== undefined ? `${from}–${to}` : null;
  const low = from !== undefined ? `≥${from}` : above !== undefined ? `>${above}` : null;
  const high = to !== undefined ? `≤${to}` : below !== undefined ? `<${below}` : null;
  return `${span ?? [low, high].filter((end) => end !== null).join(' ')} ${unit}`;
}
