import { createConnection, type Connection } from 'mysql2/promise';

const AT_ONCE = 4000;
const MINUTE_MS = 60_000;
const URGENCIES = ['A', 'important', 'B', 'C'] as const;

/** Rows whose content does not matter, as many as a centre has after years: tasks open and closed, each open one with person and finding. */
export class QueueRows {
  private constructor(readonly connection: Connection) {}

  static async on(url: string): Promise<QueueRows> {
    return new QueueRows(await createConnection({ uri: url, timezone: 'Z', multipleStatements: false }));
  }

  /** @param tell is told how far it has come */
  async fill(open: number, closed: number, tell: (what: string) => void): Promise<void> {
    const now = Date.now();
    const at = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, 23);
    // What a row need not say here is left empty.
    await this.connection.query("SET SESSION unique_checks = 0, sql_mode = ''");
    await this.#insert('person', open, tell, (n) => ({
      id: idOf('a', n), id_chosen_by: null, name: `某${n}`, sex: n % 2 ? 'male' : 'female', birth_date: '1970-01-01',
      version: 1, is_deceased: 0, has_guardian: 0, content_hash: `h${n}`, created_at: at(now), updated_at: at(now),
    })); // prettier-ignore
    const evidence = JSON.stringify({
      title: { zh: '血钾高', en: 'High potassium' },
      sentence: { zh: '血钾 6.8 mmol/L，高于 6.5', en: 'Potassium 6.8 mmol/L, above 6.5' },
      ...{ advice: {}, source: 'bench', leaves: [], missing: [], implicated: [], undecided: null },
      at: new Date(now).toISOString(),
    });
    await this.#insert('finding', open, tell, (n) => ({
      id: idOf('b', n), person_id: idOf('a', n), observation_id: idOf('c', n), component: 0, rule_id: 'bench/rule', rule_set_version: 'v',
      kind: 'finding', status: 'final', urgency: URGENCIES[n % 4], disposition: 'call', disposition_reason: 'important', evidence,
      told_value: 'x', identified_at: at(now), updated_at: at(now), correction: 'none',
    })); // prettier-ignore
    await this.#insert('task', open + closed, tell, (n) => {
      const isOpen = n < open;
      // Every tenth open one waits for a time that was promised.
      const waits = isOpen && n % 10 === 0;
      const created = now - (n % 100_000) * MINUTE_MS;
      const person = idOf('a', n % open);
      return {
        id: idOf('d', n), person_id: person, code: 'notify', status: isOpen ? (waits ? 'on-hold' : 'requested') : 'completed',
        open_key: isOpen ? `notify:${person}` : null, urgency: URGENCIES[n % 4], due_at: at(created + 120 * MINUTE_MS),
        reason_finding_id: idOf('b', n % open), promised_at: waits ? at(now + 600 * MINUTE_MS) : null, version: 1,
        created_at: at(created), updated_at: at(created), closed_at: isOpen ? null : at(created + 60 * MINUTE_MS),
        closed_reason: isOpen ? null : 'told',
      };
    }); // prettier-ignore
    await this.#insert('task_finding', open, tell, (n) => ({
      task_id: idOf('d', n), finding_id: idOf('b', n), joined_at: at(now), is_new: 0,
    })); // prettier-ignore
    await this.connection.query('ANALYZE TABLE task, task_finding, finding, person');
  }

  close(): Promise<void> {
    return this.connection.end();
  }

  async #insert(
    table: string,
    count: number,
    tell: (what: string) => void,
    row: (n: number) => Record<string, unknown>,
  ): Promise<void> {
    const columns = Object.keys(row(0));
    for (let start = 0; start < count; start += AT_ONCE) {
      const rows = Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, i) =>
        Object.values(row(start + i)),
      );
      await this.connection
        .query(`INSERT INTO ${table} (${columns.join(',')}) VALUES ?`, [rows])
        // The statement itself would fill the screen.
        .catch((error: Error) => {
          throw new Error(`${table}: ${error.message}`);
        });
      if (start % (AT_ONCE * 25) === 0) tell(`${table} ${start}`);
    }
  }
}

function idOf(kind: string, n: number): string {
  return `0000000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}
