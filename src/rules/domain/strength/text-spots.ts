import { type PlacedRule } from '../files/read-rule-file.js';
import { type SourceNode } from '../files/source-node.js';

/** A word or number in the conditions of a rule, as it stands in the text of its file. */
export interface TextSpot {
  kind: 'limit' | 'grade' | 'operator' | 'unit' | 'window' | 'over';
  /** Full name of the rule. */
  rule: string;
  /** Path inside the rules folder. */
  file: string;
  line: number;
  column: number;
  /** Without quotes. */
  written: string;
}

/** What the members of a condition and of its params hold. */
const KINDS: Record<string, TextSpot['kind']> = {
  value: 'limit',
  visits: 'limit',
  operator: 'operator',
  unit: 'unit',
  grade: 'grade',
  within: 'window',
  over: 'over',
};

/** Every limit, operator, unit and way of looking back in the conditions of a rule. */
export function spotsOf({ rule, at }: PlacedRule): TextSpot[] {
  const visit = (node: SourceNode): TextSpot[] => {
    const own = [...node.members].flatMap(([key, { value }]): TextSpot[] => {
      const kind = kindOf(KINDS[key], value);
      if (kind === undefined) return [];
      const written = value.kind === 'number' ? value.digits : String(value.value);
      return [{ kind, rule: rule.id, file: rule.file, line: value.line, column: value.column, written }];
    });
    const inside = [...node.items, ...[...node.members.values()].map(({ value }) => value)];
    return [...own, ...inside.flatMap(visit)];
  };
  const conditions = at.members.get('conditions')?.value;
  return conditions ? visit(conditions) : [];
}

function kindOf(kind: TextSpot['kind'] | undefined, { kind: nature, value }: SourceNode): TextSpot['kind'] | undefined {
  if (kind !== 'limit') return kind;
  if (nature === 'number') return 'limit';
  return /^(?:-|±|\++)$/.test(String(value)) ? 'grade' : undefined;
}

/** The text of the file with another word in the place of one; quoted, unless it is a number. */
export function respelt(text: string, { line, column }: TextSpot, by: string): string {
  const lines = text.split('\n');
  const found = lines[line - 1] ?? '';
  const [before, behind] = [found.slice(0, column - 1), found.slice(column - 1)];
  const old = /^(?:'(?:[^']|'')*'|"[^"]*"|[^,}\]#]*[^,}\]#\s])/.exec(behind)?.[0] ?? '';
  const spelling = /^-?\d+(?:\.\d+)?$/.test(by) ? by : `'${by.replaceAll("'", "''")}'`;
  lines[line - 1] = `${before}${spelling}${behind.slice(old.length)}`;
  return lines.join('\n');
}
