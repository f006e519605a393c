import { Inject, Injectable } from '@nestjs/common';
import { type FindingEvidence } from '../assessment/index.js';
import { andRows, Reader, readInstant, type Rows } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { type Urgency } from '../policy/index.js';
import { type Recheck, type RecheckPage } from './desk.dto.js';
import { briefly } from './domain/brief.js';
import { disclose } from './domain/disclosure.js';
import { QueueService } from './queue.service.js';

interface Row {
  finding_id: string;
  task_id: string;
  version: number;
  told_at: string | Date;
  due_at: string | Date;
  recheck_at: string | Date | null;
  person_id: string;
  name: string | null;
  sex: 'male' | 'female' | null;
  birth_date: string | null;
  urgency: Urgency;
  evidence: string;
}

/** 待复查: what people were told, and what has not become known since. */
@Injectable()
export class RechecksService {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(QueueService) private readonly queue: QueueService,
  ) {}

  /** Those due first, so many at most. */
  async page(limit: number, rows: Rows): Promise<RecheckPage> {
    const own = andRows(rows, 'l.person_id');
    const found = await this.reader.query<Row>(
      `SELECT l.finding_id, l.task_id, l.version, l.told_at, l.due_at, l.recheck_at, f.urgency, f.evidence, p.id AS person_id, p.name, p.sex, p.birth_date
       FROM finding_loop l JOIN finding f ON f.id = l.finding_id JOIN person p ON p.id = l.person_id
       WHERE l.state = 'awaiting'${own.sql} ORDER BY l.due_at, l.finding_id LIMIT ?`,
      [...own.values, limit],
    );
    const [counted] = await this.reader.query<{ n: number | string }>(
      `SELECT COUNT(*) AS n FROM finding_loop l WHERE l.state = 'awaiting'${own.sql}`,
      own.values,
    );
    return { items: found.map((row) => this.#shown(row)), total: Number(counted?.n ?? 0) };
  }

  #shown(row: Row): Recheck {
    const told = disclose(JSON.parse(row.evidence) as FindingEvidence, this.queue.isSensitive, false);
    const due = readInstant(row.due_at);
    const recheckAt = readInstant(row.recheck_at, true);
    const { name, sex, birth_date: birthDate, person_id: id } = row;
    return {
      ...{ findingId: row.finding_id, taskId: row.task_id, version: Number(row.version) },
      ...{ state: 'awaiting', outcome: null, observationId: null, closedAt: null },
      ...{ closedBy: null, closedByName: null },
      person: this.queue.person({ id, name, sex, birthDate }),
      class: row.urgency,
      brief: briefly(told.sentence, told.advice),
      isConfidential: told.isConfidential,
      toldAt: readInstant(row.told_at).toISOString(),
      due: due.toISOString(),
      recheckAt: recheckAt?.toISOString() ?? null,
      isOverdue: (recheckAt ?? due) < this.clock.now(),
    };
  }
}
