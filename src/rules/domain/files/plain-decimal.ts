import { Decimal } from 'decimal.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

/** `3.0`, `-2`, `0.5`: one way to write a number, read alike by everybody and by every reader of YAML. */
const PLAIN = /^(?!-0+(\.0+)?$)-?(0|[1-9]\d*)(\.\d+)?$/;
/** A number in any of the other ways: `03.0`, `+3.0`, `.5`, `5.`, `1e3`; in full width too. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
/** Such were in force before they were refused. */
const ONCE_TAKEN = /^[+-]?\d+(\.\d+)?$/;
/** What was meant for a number: digits with what people put between them. */
const NUMBER_LIKE = /^[+-]?\.?\d[\d.,_'\s]*(e[+-]?\d+)?$/i;

/**
 * The number of the file, digits kept. One that is written in a way that others may read as another number (`010` is 8 to
 * some) is refused, with how it would stand plainly; a version that was in force with it can be read all the same.
 * @param example of a number that may stand here
 * @param noNumber says that it is no number at all
 */
export function readDecimal(
  node: SourceNode,
  example: string,
  faults: FaultList,
  noNumber: () => void,
): string | null {
  if (node.kind === 'number' && PLAIN.test(node.digits)) return node.digits;
  const found = asWritten(node);
  const isQuoted = node.kind === 'text' && node.textColumn !== node.column;
  const isNumber = node.kind === 'number' || (node.kind === 'text' && NUMBER_LIKE.test(found.normalize('NFKC')));
  if (!isNumber || isQuoted) {
    noNumber();
    return null;
  }
  const plain = plainly(found);
  faults.add(node, 'odd-number', { found, expected: plain ?? example });
  return node.kind === 'number' && ONCE_TAKEN.test(found) ? plain : null;
}

/** How a number that was written otherwise (quoted, with a comma, in full width) should stand. */
export function asDecimal(node: SourceNode, example: string): string {
  return plainly(asWritten(node)) ?? example;
}

/** Null where two readings are possible: `1,000` is one, or a thousand. */
function plainly(written: string): string | null {
  const text = written.normalize('NFKC').trim();
  if (/^[+-]?\d{1,3}(,\d{3})+$/.test(text)) return null;
  const number = text.replace(/^([+-]?\d+),(\d+)$/, '$1.$2');
  if (!NUMBER.test(number)) return null;
  if (/e/i.test(number)) return new Decimal(number).toFixed();
  const [whole = '', part = ''] = number.replace(/^[+-]/, '').split('.');
  const plain = `${number.startsWith('-') ? '-' : ''}${whole.replace(/^0+/, '') || '0'}${part && `.${part}`}`;
  return PLAIN.test(plain) ? plain : plain.replace('-', '');
}
