import { Inject, Injectable } from '@nestjs/common';
import { AccountsService } from '../accounts/index.js';
import { type Finding, FindingRepository } from '../assessment/index.js';
import { andRows, Reader, readInstant, type Rows } from '../database/index.js';
import { AppError } from '../kernel/index.js';
import { PeopleFound } from '../people/index.js';
import { RulesService } from '../rules/index.js';
import { LoopsService, TaskEntity, TaskHistoryRepository, TasksService } from '../tasks/index.js';
import { TerminologyService } from '../terminology/index.js';
import { rankOf } from './domain/queue-cursor.js';
import { findingShown } from './finding-shown.js';
import {
  type ContactOfPerson,
  type MeasuredAnalyte,
  type PeopleFoundPage,
  type PersonPage,
  type PersonTask,
} from './people.dto.js';
import { PersonFinder } from './person-finder.js';
import { QueueService } from './queue.service.js';
import { TaskDetailService } from './task-detail.service.js';
import { loopsShown } from './task-history.service.js';

const MOST_TASKS = 100;

interface FoundRow {
  id: string;
  name: string | null;
  sex: 'male' | 'female' | null;
  birth_date: string | null;
  range_text: string | null;
  open_tasks: number | string;
}

/** People as staff look them up, and all that is known of one. */
@Injectable()
export class PeopleService {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(PeopleFound) private readonly found: PeopleFound,
    @Inject(PersonFinder) private readonly finder: PersonFinder,
    @Inject(FindingRepository) private readonly findings: FindingRepository,
    @Inject(LoopsService) private readonly loops: LoopsService,
    @Inject(TaskHistoryRepository) private readonly history: TaskHistoryRepository,
    @Inject(TaskDetailService) private readonly details: TaskDetailService,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(TerminologyService) private readonly terminology: TerminologyService,
    @Inject(QueueService) private readonly queue: QueueService,
    @Inject(TasksService) private readonly tasks: TasksService,
  ) {}

  /** @param seen whom the asker may see */
  async find(typed: string, limit: number, seen: Rows): Promise<PeopleFoundPage> {
    const own = andRows(seen, 'p.id');
    const { sql, values } = this.found.condition(typed);
    const rows = await this.reader.query<FoundRow>(
      `SELECT p.id, p.name, p.sex, p.birth_date, a.range_text,
         (SELECT COUNT(*) FROM task t WHERE t.person_id = p.id AND t.closed_at IS NULL) AS open_tasks
       FROM person p LEFT JOIN assessment a ON a.person_id = p.id
       WHERE ${sql} AND p.merged_into IS NULL${own.sql} ORDER BY p.name, p.id LIMIT ?`,
      [...values, ...own.values, limit + 1],
    );
    const items = rows.slice(0, limit).map(({ id, name, sex, birth_date: birthDate, ...row }) => ({
      ...this.queue.person({ id, name, sex, birthDate }),
      birthDate,
      level: row.range_text,
      openTasks: Number(row.open_tasks),
    }));
    return { items, hasMore: rows.length > limit };
  }

  /** @throws AppError `not-found` */
  async page(id: string, isRevealed: boolean): Promise<PersonPage> {
    const person = id.includes('|') ? null : await this.finder.find(id);
    if (!person) throw new AppError('not-found', 'There is no such person.');
    const { manager } = this.reader;
    const found = await this.findings.ofPerson(manager, person.id);
    const tasks = await manager.find(TaskEntity, {
      where: { personId: person.id },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: MOST_TASKS,
    });
    const { silenced } = await this.tasks.plan(manager, found);
    const place = ({ id: of }: Finding) => ({ isReason: true, isNew: false, silence: silenced.get(of) });
    return {
      person: await this.details.person(person),
      findings: [...found]
        .sort(gravestFirst)
        .map((finding) => findingShown(finding, place(finding), this.queue.isSensitive, isRevealed)),
      loops: await loopsShown(
        await this.loops.ofFindings(
          manager,
          found.map((finding) => finding.id),
        ),
        this.accounts,
      ),
      tasks: tasks.map(taskShown),
      calls: await this.#calls(tasks),
      measured: await this.#measured(person.id, isRevealed),
    };
  }

  async #calls(tasks: readonly TaskEntity[]): Promise<ContactOfPerson[]> {
    const made = await this.history.contacts(
      this.reader.manager,
      tasks.map(({ id }) => id),
    );
    const idOf = (actor: string) => /^user:(.+)$/.exec(actor)?.[1] ?? null;
    const names = await this.accounts.namesOf(made.map(({ actor }) => idOf(actor)));
    return made.reverse().map(({ id, at, actor, channel, number, outcome, answeredBy, readBack, note }) => ({
      ...{ id, at: at.toISOString(), by: actor, byName: names.get(idOf(actor) ?? '') ?? null },
      ...{ channel, number, outcome, answeredBy, readBack, note },
    }));
  }

  /** Analytes with numbers, by the index alone; those of a sensitive compartment are left out unless they are asked for. */
  async #measured(personId: string, isRevealed: boolean): Promise<MeasuredAnalyte[]> {
    const rows = await this.reader.query<{ analyte: string; n: number | string; at: string | Date }>(
      'SELECT analyte, COUNT(*) AS n, MAX(at) AS at FROM observation WHERE person_id = ? AND analyte IS NOT NULL GROUP BY analyte',
      [personId],
    );
    const { vocabulary } = this.terminology;
    return rows
      .filter(({ analyte }) => vocabulary.get(analyte)?.nature === 'number')
      .filter(({ analyte }) => isRevealed || !vocabulary.isSensitive(analyte))
      .map(({ analyte, n, at }) => ({
        analyte,
        name: this.rules.current.nameOf(analyte),
        count: Number(n),
        latestAt: readInstant(at).toISOString(),
      }))
      .sort((a, b) => b.count - a.count || (a.analyte < b.analyte ? -1 : 1));
  }
}

/** What stands before what was withdrawn; the gravest first, of these the latest. */
function gravestFirst(a: Finding, b: Finding): number {
  return (
    Number(a.status === 'retracted') - Number(b.status === 'retracted') ||
    rankOf(a.urgency) - rankOf(b.urgency) ||
    (a.evidence.at < b.evidence.at ? 1 : a.evidence.at > b.evidence.at ? -1 : a.id < b.id ? -1 : 1)
  );
}

function taskShown({ id, code, urgency, status, createdAt, dueAt, closedAt }: TaskEntity): PersonTask {
  return {
    ...{ id, code, status, class: urgency },
    createdAt: createdAt.toISOString(),
    due: dueAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  };
}
