import jsep from 'jsep';
import { type FORMULA_MESSAGES } from '../messages/formula-messages.js';
import { type Told } from '../../../kernel/index.js';

/** What a formula may compute, each part with its place (characters from the start of the text). */
export type Expression =
  | { kind: 'number'; digits: string; at: number }
  | { kind: 'input'; name: string; at: number }
  | { kind: 'negative'; of: Expression; at: number }
  | { kind: 'operation'; operator: Operator; left: Expression; right: Expression; at: number }
  | { kind: 'call'; name: FunctionName; parts: readonly Expression[]; at: number }
  /** Brought to another unit of the same dimension: × times ÷ over. */
  | { kind: 'scaled'; of: Expression; times: string; over: string; at: number };

export const OPERATORS = ['+', '-', '*', '/', '^'] as const;
export type Operator = (typeof OPERATORS)[number];
export const FUNCTIONS = ['min', 'max', 'ln', 'exp', 'sqrt'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export type FormulaFaultKind = keyof typeof FORMULA_MESSAGES;

/** What is wrong with a formula, and where in its text. */
export class FormulaFault extends Error {
  constructor(
    readonly kind: FormulaFaultKind,
    readonly at: number,
    readonly details: Told = {},
  ) {
    super(kind);
  }
}

setUp();

/** jsep reads JavaScript: here it is told to know arithmetic alone. Nothing else of this program uses it. */
function setUp(): void {
  jsep.removeAllBinaryOps();
  jsep.removeAllUnaryOps();
  jsep.removeAllLiterals();
  jsep.addUnaryOp('-');
  for (const [operator, precedence] of [['+', 1], ['-', 1], ['*', 2], ['/', 2]] as const) {
    jsep.addBinaryOp(operator, precedence);
  }
  jsep.addBinaryOp('^', 3, true);
}

/** Names, and numbers, in the order in which they stand: that of the leaves of what jsep gives back. */
const LEAVES = /[\p{L}_$][\p{L}\p{N}_$]*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/gu;

/**
 * Reads a formula: numbers, named inputs, + - * / ^, a minus before, parentheses, min, max, ln, exp and sqrt.
 * @throws FormulaFault with the place of what is not understood
 */
export function parseExpression(text: string, inputs: readonly string[]): Expression {
  const quote = text.search(/["'`[\]{}]/);
  if (quote >= 0) throw new FormulaFault('formula-character', quote, { found: text[quote] });
  let parsed: jsep.Expression;
  try {
    parsed = jsep(text);
  } catch (error) {
    const { description, index } = error as { description?: string; index?: number };
    throw new FormulaFault('formula-unreadable', index ?? 0, { problem: description ?? String(error) });
  }
  return new Reading(text, inputs).read(parsed);
}

class Reading {
  readonly #places: number[];
  #next = 0;

  constructor(
    private readonly text: string,
    private readonly inputs: readonly string[],
  ) {
    this.#places = [...text.matchAll(LEAVES)].map(({ index }) => index);
  }

  read(node: jsep.Expression): Expression {
    switch (node.type) {
      case 'Literal':
        return this.#number(node as jsep.Literal);
      case 'Identifier':
        return this.#input((node as jsep.Identifier).name);
      case 'UnaryExpression':
        return this.#negative(node as jsep.UnaryExpression);
      case 'BinaryExpression':
        return this.#operation(node as jsep.BinaryExpression);
      case 'CallExpression':
        return this.#call(node as jsep.CallExpression);
      case 'Compound': {
        const { body } = node as jsep.Compound;
        if (body.length === 0) throw new FormulaFault('formula-empty', 0);
        this.read(body[0] as jsep.Expression);
        throw new FormulaFault('formula-lacks-operator', this.#here());
      }
      default:
        throw new FormulaFault('formula-no-arithmetic', this.#here());
    }
  }

  /** The place of the leaf that comes next. */
  #here(): number {
    return this.#places[this.#next] ?? this.text.length;
  }

  #leaf(): number {
    const at = this.#here();
    this.#next++;
    return at;
  }

  #number({ raw }: jsep.Literal): Expression {
    return { kind: 'number', digits: raw, at: this.#leaf() };
  }

  #input(name: string): Expression {
    const at = this.#leaf();
    if (this.inputs.includes(name)) return { kind: 'input', name, at };
    throw new FormulaFault('formula-no-input', at, { found: name, expected: this.inputs });
  }

  #negative({ argument }: jsep.UnaryExpression): Expression {
    const of = this.read(argument);
    return { kind: 'negative', of, at: of.at };
  }

  #operation({ operator, left, right }: jsep.BinaryExpression): Expression {
    const first = this.read(left);
    // -a^2 is read one way by people and the other by programs.
    if (operator === '^' && first.kind === 'negative') {
      throw new FormulaFault('formula-minus-power', first.at);
    }
    const second = this.read(right);
    return { kind: 'operation', operator: operator as Operator, left: first, right: second, at: first.at };
  }

  #call({ callee, arguments: args }: jsep.CallExpression): Expression {
    const at = this.#leaf();
    const written = (callee as jsep.Identifier).name;
    const name = FUNCTIONS.find((one) => one === written);
    if (!name) throw new FormulaFault('formula-no-function', at, { found: String(written), expected: FUNCTIONS });
    const parts = args.map((part) => this.read(part));
    const isMany = name === 'min' || name === 'max';
    if (isMany ? parts.length < 2 : parts.length !== 1) {
      const wanted = isMany ? { zh: '两个或更多的值', en: 'two values or more' } : { zh: '一个值', en: 'one value' };
      throw new FormulaFault('formula-arguments', at, { name, wanted, count: parts.length });
    }
    return { kind: 'call', name, parts, at };
  }
}
