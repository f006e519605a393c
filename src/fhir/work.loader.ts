import { Inject, Injectable } from '@nestjs/common';
import { placeholders, Reader, readInstant } from '../database/index.js';
import { type Level, LevelOverridesService } from '../assessment/index.js';
import { type FindingShown, renderFinding } from './domain/render-finding.js';
import { type LevelShown, renderLevel } from './domain/render-level.js';
import { renderTask, type TaskFinding, type TaskShown } from './domain/render-task.js';
import { type Loaded } from './stored.loader.js';

type Instant = string | Date;
type Evidence = FindingShown['evidence'];
interface FindingRow {
  id: string;
  person_id: string | null;
  rule_id: string;
  kind: 'finding' | 'review';
  status: FindingShown['status'];
  urgency: FindingShown['urgency'];
  evidence: string;
  identified_at: Instant;
  updated_at: Instant;
}
interface TaskRow {
  id: string;
  person_id: string | null;
  code: TaskShown['code'];
  status: TaskShown['status'];
  urgency: TaskShown['urgency'];
  due_at: Instant;
  reason_finding_id: string;
  owner: string | null;
  closed_reason: string | null;
  version: number;
  created_at: Instant;
  updated_at: Instant;
}

interface LevelRow {
  id: string;
  person_id: string;
  version: number;
  assessed_at: Instant;
  content: string;
}

const LEVELS = 'SELECT id, person_id, version, assessed_at, content FROM assessment';

/** Loads what the service made of the results: findings, tasks and levels. */
@Injectable()
export class WorkLoader {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(LevelOverridesService) private readonly overrides: LevelOverridesService,
  ) {}

  async findings(ids: readonly string[]): Promise<Loaded[]> {
    const rows = await this.reader.query<FindingRow>(
      `SELECT id, person_id, rule_id, kind, status, urgency, evidence, identified_at, updated_at FROM finding WHERE kind = 'finding' AND id IN (${placeholders(ids.length)})`,
      ids,
    );
    return rows.map((row) => ({
      id: row.id,
      personId: row.person_id,
      resource: renderFinding({
        id: row.id,
        personId: row.person_id,
        ruleId: row.rule_id,
        status: row.status,
        urgency: row.urgency,
        identifiedAt: readInstant(row.identified_at),
        updatedAt: readInstant(row.updated_at),
        evidence: JSON.parse(row.evidence) as Evidence,
      }),
    }));
  }

  async tasks(ids: readonly string[]): Promise<Loaded[]> {
    const rows = await this.reader.query<TaskRow>(
      `SELECT id, person_id, code, status, urgency, due_at, reason_finding_id, owner, closed_reason, version, created_at, updated_at FROM task WHERE id IN (${placeholders(ids.length)})`,
      ids,
    );
    const findings = await this.#findingsOf(ids);
    return rows.map((row) => ({
      id: row.id,
      personId: row.person_id,
      resource: renderTask({
        id: row.id,
        personId: row.person_id,
        code: row.code,
        status: row.status,
        urgency: row.urgency,
        dueAt: readInstant(row.due_at),
        reasonFindingId: row.reason_finding_id,
        owner: row.owner,
        closedReason: row.closed_reason,
        version: row.version,
        createdAt: readInstant(row.created_at),
        updatedAt: readInstant(row.updated_at),
        findings: findings.get(row.id) ?? [],
      }),
    }));
  }

  async levels(ids: readonly string[]): Promise<Loaded[]> {
    const rows = await this.reader.query<LevelRow>(
      `${LEVELS} WHERE id IN (${placeholders(ids.length)})`,
      ids,
    );
    const current = rows.map(shownOf);
    const histories = await this.overrides.histories(current);
    return current.map((one) => levelOf({ ...one, ...histories.get(one.id)?.at(-1) }));
  }

  /** All versions of an assessment, the latest first; none where there is no such assessment. */
  async levelVersions(id: string): Promise<Loaded[]> {
    const [row] = await this.reader.query<LevelRow>(`${LEVELS} WHERE id = ?`, [id]);
    if (!row) return [];
    const current = shownOf(row);
    const history = (await this.overrides.histories([current])).get(id);
    if (history) return history.reverse().map((version) => levelOf({ ...current, ...version }));
    const rows = await this.reader.query<Omit<LevelRow, 'id' | 'person_id'>>(
      'SELECT version, assessed_at, content FROM assessment_earlier WHERE assessment_id = ? ORDER BY version DESC',
      [id],
    );
    return [row, ...rows.map((one) => ({ ...row, ...one }))].map((one) => levelOf(shownOf(one)));
  }

  async #findingsOf(taskIds: readonly string[]): Promise<Map<string, TaskFinding[]>> {
    const rows = await this.reader.query<{
      task_id: string;
      id: string;
      kind: TaskFinding['kind'];
      evidence: string;
    }>(
      `SELECT t.task_id, f.id, f.kind, f.evidence FROM task_finding t JOIN finding f ON f.id = t.finding_id WHERE t.task_id IN (${placeholders(taskIds.length)}) ORDER BY f.identified_at, f.id`,
      taskIds,
    );
    const byTask = new Map<string, TaskFinding[]>();
    for (const { task_id, id, kind, evidence } of rows) {
      const { title, implicated } = JSON.parse(evidence) as Evidence;
      const finding = { id, kind, title: title.zh, implicated };
      byTask.set(task_id, [...(byTask.get(task_id) ?? []), finding]);
    }
    return byTask;
  }
}

function shownOf({ id, person_id: personId, version, assessed_at, content }: LevelRow): LevelShown {
  return { id, personId, version, assessedAt: readInstant(assessed_at), level: JSON.parse(content) as Level };
}

function levelOf(shown: LevelShown): Loaded {
  return { id: shown.id, personId: shown.personId, resource: renderLevel(shown) };
}
