import { Inject, Injectable } from '@nestjs/common';
import { DIALECTS, placeholders, Reader } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { type Cursor } from './domain/search-cursor.js';
import { type SearchRequest, type Sort } from './domain/search-request.js';
import { type Bound, type Token } from './domain/search-values.js';
import { ownCodeOf, type ServedType } from './served-types.js';

/** A search whose persons and identifiers have been looked up: each list of alternatives as keys of the table. */
export interface ResolvedSearch extends Pick<
  SearchRequest,
  'statuses' | 'codes' | 'updated' | 'count' | 'after' | 'sort'
> {
  ids: readonly (readonly string[])[];
  personIds: readonly (readonly string[])[];
  identityKeys: readonly (readonly string[])[];
}

/** Place of a row in the order of the search. */
export interface Hit {
  id: string;
  sort_at: string | Date | null;
}

interface Condition {
  sql: string;
  values: readonly unknown[];
}

/** Finds rows of any served type; what they hold is loaded by their ids. */
@Injectable()
export class SearchRepository {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** One row more than a page, to know whether another follows. */
  async find(type: ServedType, search: ResolvedSearch): Promise<Hit[]> {
    const sort = sortOf(type, search);
    const conditions = this.#conditions(type, search);
    const at = sort.by === 'lastUpdated' ? this.#updated(type) : sort.by === 'date' ? 'at' : null;
    if (search.after) conditions.push(following(search.after, at, sort));
    const direction = sort.isDescending ? ' DESC' : '';
    // Of one person there are few rows: their index is right, and the order by id must not tempt the planner to walk
    // the table in that order instead.
    const id = search.personIds.length > 0 && type.table !== 'person' ? `COALESCE(id, '')` : 'id';
    const order = at === null ? `${id}${direction}` : `${at}${direction}, id${direction}`;
    return this.reader.query<Hit>(
      `SELECT id, ${at ?? 'NULL'} AS sort_at FROM ${type.table}${where(conditions)} ORDER BY ${order} LIMIT ${search.count + 1}`,
      valuesOf(conditions),
    );
  }

  async count(type: ServedType, search: ResolvedSearch): Promise<number> {
    const conditions = this.#conditions(type, search);
    const sql = `SELECT COUNT(*) AS total FROM ${type.table}${where(conditions)}`;
    const [row] = await this.reader.query<{ total: number | string }>(sql, valuesOf(conditions));
    return Number(row?.total ?? 0);
  }

  #conditions(type: ServedType, search: ResolvedSearch): Condition[] {
    const { sql, values } = type.only;
    return [
      ...(sql === '' ? [] : [{ sql, values }]),
      ...search.ids.map((ids) => oneOf('id', ids)),
      ...search.personIds.map((ids) => oneOf(type.person, ids)),
      ...search.identityKeys.map((keys) => oneOf('identity_key', keys)),
      ...search.statuses.map((statuses) =>
        oneOf(
          'status',
          statuses.flatMap((status) => type.status(status) ?? []),
        ),
      ),
      ...search.codes.map((tokens) => this.#coded(type, tokens)),
      ...search.updated.map((bound) => this.#boundedByUpdate(type, bound)),
    ];
  }

  /** When a row became the version that it is. */
  #updated({ updated, alsoUpdated }: ServedType): string {
    const also = alsoUpdated?.(this.#now());
    if (!also) return updated;
    const latest = `COALESCE((SELECT MAX(${also.sql}) FROM ${also.from}), ${updated})`;
    return DIALECTS[this.reader.kind].greatest(updated, latest);
  }

  #boundedByUpdate(type: ServedType, bound: Bound): Condition {
    const { operator, at } = bound;
    const also = type.alsoUpdated?.(this.#now());
    if (!also || operator === '<' || operator === '<=') return bounded(this.#updated(type), bound);
    // What is new is found by its index; few have anything beside it.
    const sql = `(${type.updated} ${operator} ? OR EXISTS (SELECT 1 FROM ${also.from} AND ${also.sql} ${operator} ?))`;
    return { sql, values: [at, at] };
  }

  #now(): string {
    return `'${DIALECTS[this.reader.kind].instant(this.clock.now())}'`;
  }

  #coded({ ownCode }: ServedType, tokens: readonly Token[]): Condition {
    if (ownCode) {
      return oneOf(
        ownCode.column,
        tokens.flatMap((token) => ownCodeOf(ownCode, token) ?? []),
      );
    }
    const holds = DIALECTS[this.reader.kind].holds('codes');
    return { sql: `(${tokens.map(() => holds).join(' OR ')})`, values: tokens.map(stored) };
  }
}

/** Without a wish: by time where a time is asked for and indexed, so that a feed reader finds what is new at once. */
export function sortOf(
  type: ServedType,
  search: Pick<ResolvedSearch, 'sort' | 'updated' | 'personIds'>,
): Sort {
  if (search.sort) return search.sort;
  const byTime = search.updated.length > 0 && search.personIds.length === 0 && !type.isScannedByTime;
  return { by: byTime ? 'lastUpdated' : 'id', isDescending: false };
}

/** As `codeTokens` writes them: ` system|code `, with any part that was not asked for left open at its end. */
function stored({ system, code }: Token): string {
  return `${system === null ? '' : ` ${system}`}|${code === null ? '' : `${code} `}`;
}

function oneOf(column: string, values: readonly string[]): Condition {
  if (values.length === 0) return { sql: '1 = 0', values: [] };
  return { sql: `${column} IN (${placeholders(values.length)})`, values };
}

function bounded(column: string, { operator, at }: Bound): Condition {
  return { sql: `${column} ${operator} ?`, values: [at] };
}

/** What comes after the last entry of the page before. */
function following(after: Cursor, column: string | null, { isDescending }: Sort): Condition {
  const beyond = isDescending ? '<' : '>';
  if (column === null || after.at === null) return { sql: `id ${beyond} ?`, values: [after.id] };
  return {
    sql: `${column} ${beyond}= ? AND (${column} ${beyond} ? OR id ${beyond} ?)`,
    values: [after.at, after.at, after.id],
  };
}

function where(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
}

function valuesOf(conditions: readonly Condition[]): unknown[] {
  return conditions.flatMap(({ values }) => [...values]);
}
