/** MySQL and MariaDB take packets of 16 MB by default; a statement of rows keeps well below, also when sent with others. */
const LARGEST_STATEMENT = 4 << 20;
const LARGEST_PACKET = 8 << 20;
/** The most bytes that a character takes in UTF-8 (a quote or backslash takes two, escaped). */
const BYTES_A_CHARACTER = 3;

/** Rows in parts, each of which fits into one statement: by their number, and by what they hold. */
export function rowsByStatement(rows: readonly unknown[][], most: number): (readonly unknown[][])[] {
  return inParts(rows, weightOf, LARGEST_STATEMENT, most);
}

/** Statements in parts, each of which travels in one packet. */
export function statementsByPacket<T extends { parameters: readonly unknown[] }>(
  statements: readonly T[],
): (readonly T[])[] {
  return inParts(statements, ({ parameters }) => weightOf(parameters), LARGEST_PACKET, Infinity);
}

function inParts<T>(
  list: readonly T[],
  weigh: (one: T) => number,
  heaviest: number,
  most: number,
): (readonly T[])[] {
  const parts: (readonly T[])[] = [];
  let [begin, weight] = [0, 0];
  list.forEach((one, at) => {
    const more = weigh(one);
    if (at > begin && (weight + more > heaviest || at - begin === most)) {
      parts.push(list.slice(begin, at));
      [begin, weight] = [at, 0];
    }
    weight += more;
  });
  if (begin === 0) return list.length === 0 ? [] : [list];
  return [...parts, list.slice(begin)];
}

/** At least the bytes that values take on their way; buffers travel as hex. */
function weightOf(values: readonly unknown[]): number {
  let weight = 0;
  for (const value of values) {
    if (typeof value === 'string') weight += value.length * BYTES_A_CHARACTER;
    else if (Buffer.isBuffer(value)) weight += value.length * 2;
    else weight += 20;
  }
  return weight;
}
