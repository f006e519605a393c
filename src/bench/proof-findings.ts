import Database from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';

/** What stands of everybody, by name: rule, result and component, and as what. */
export type Standing = Map<string, Map<string, string>>;

interface Row {
  name: string | null;
  rule_id: string;
  component: number;
  kind: string;
  urgency: string;
  codes: string;
  at: string | Date;
}
interface ResultRow {
  id: string;
  name: string | null;
  codes: string;
  at: string | Date;
}

/** Reads the tables themselves, with none of the service's code. */
export class ProofDatabase {
  constructor(private readonly url: string) {}

  async standing(): Promise<Standing> {
    const people: Standing = new Map();
    const rows = await this.rows<Row>(
      `SELECT p.name, f.rule_id, f.component, f.kind, f.urgency, o.codes, o.at FROM finding f
       JOIN observation o ON o.id = f.observation_id AND o.component = 0
       LEFT JOIN person p ON p.id = f.person_id WHERE f.status <> 'retracted'`,
    );
    for (const { name, rule_id, component, kind, urgency, codes, at } of rows) {
      const standing = people.get(name ?? '') ?? new Map<string, string>();
      standing.set(`${rule_id} ${resultOf(codes, at)} ${component}`, `${kind} ${urgency}`);
      people.set(name ?? '', standing);
    }
    return people;
  }

  /** The level of everybody, by name, as it is kept. */
  async levels(): Promise<Map<string, string>> {
    const rows = await this.rows<{ name: string | null; code: string; range_text: string }>(
      'SELECT p.name, a.code, a.range_text FROM assessment a JOIN person p ON p.id = a.person_id',
    );
    return new Map(rows.map(({ name, code, range_text }) => [name ?? '', `${code} (${range_text})`]));
  }

  /** Names of persons by id, and what tells each of their results apart. */
  async names(): Promise<{ persons: Map<string, string>; results: Map<string, string> }> {
    const persons = await this.rows<{ id: string; name: string | null }>('SELECT id, name FROM person');
    const results = await this.rows<ResultRow>('SELECT id, codes, at FROM observation WHERE component = 0');
    return {
      persons: new Map(persons.map(({ id, name }) => [id, name ?? ''])),
      results: new Map(results.map(({ id, codes, at }) => [id, resultOf(codes, at)])),
    };
  }

  private async rows<T>(sql: string): Promise<T[]> {
    if (this.url.startsWith('sqlite:')) {
      const file = new Database(this.url.slice('sqlite:'.length), { readonly: true });
      try {
        return file.prepare(sql).all() as T[];
      } finally {
        file.close();
      }
    }
    const connection = await createConnection({ uri: this.url, timezone: 'Z' });
    try {
      return (await connection.query(sql))[0] as T[];
    } finally {
      await connection.end();
    }
  }
}

function resultOf(codes: string, at: string | Date): string {
  const time = typeof at === 'string' ? at : at.toISOString().replace('T', ' ').slice(0, 23);
  return `${codes.trim()} ${time}`;
}

/** Every person's changes from one standing to another, one line each. */
export function changesBetween(before: Standing, after: Standing): Map<string, string[]> {
  const changes = new Map<string, string[]>();
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const was = before.get(name) ?? new Map<string, string>();
    const is = after.get(name) ?? new Map<string, string>();
    const found = [...new Set([...was.keys(), ...is.keys()])]
      .filter((key) => was.get(key) !== is.get(key))
      .map((key) => `${key}: ${was.get(key) ?? '-'} → ${is.get(key) ?? '-'}`);
    if (found.length > 0) changes.set(name, found.sort());
  }
  return changes;
}

/** Everybody whose level is another, as `from → to`. */
export function movesBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Map<string, string> {
  const moves = new Map<string, string>();
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name) ?? '-', after.get(name) ?? '-'];
    if (was !== is) moves.set(name, `${was} → ${is}`);
  }
  return moves;
}

/** Names of those of whom the two say different things. */
export function differing<T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): string[] {
  const inWords = (what: T | undefined): string =>
    JSON.stringify(what instanceof Map ? [...what].sort() : (what ?? null));
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (name) => inWords(one.get(name)) !== inWords(other.get(name)),
  );
}
