import { setImmediate as turn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { FindingRepository } from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { Reader } from '../database/index.js';
import { Judging, Levelling, Records } from '../intake/index.js';
import { Clock, newId } from '../kernel/index.js';
import { ObservationRepository, PersonRepository } from '../people/index.js';
import { SilenceRepository } from '../tasks/index.js';
import { type Replay, type ReplayRequest, ReplayRun } from './replay-run.js';

const PAGE = 200;

/**
 * Judges stored people by a draft and by the version in force, one person at a time, with the code that the service
 * judges with. Only reads, and takes no lock.
 */
@Injectable()
export class ReplayService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(PersonRepository) private readonly persons: PersonRepository,
    @Inject(ObservationRepository) private readonly observations: ObservationRepository,
    @Inject(FindingRepository) private readonly findings: FindingRepository,
    @Inject(Judging) private readonly judging: Judging,
    @Inject(Levelling) private readonly levelling: Levelling,
    @Inject(Records) private readonly records: Records,
    @Inject(SilenceRepository) private readonly silences: SilenceRepository,
  ) {}

  /** Persons, and results that wait for theirs, at this moment. */
  async count(): Promise<number> {
    const [row] = await this.reader.query<{ n: number | string }>(
      `SELECT (SELECT COUNT(*) FROM person WHERE merged_into IS NULL)
            + (SELECT COUNT(*) FROM observation WHERE person_id IS NULL AND component = 0) AS n`,
    );
    return Number(row?.n ?? 0);
  }

  async run(request: ReplayRequest): Promise<Replay> {
    const run = new ReplayRun(request, this.judging, this.levelling, this.config.timeZone, this.clock.now());
    const { manager } = this.reader;
    // What only records tell is read where a rule asks for it, and for levels.
    const areAsked = [request.inForce, request.draft].some(
      ({ lookups, levels }) => lookups.askers.size > 0 || levels.plan !== null,
    );
    // Whoever comes while it runs is left out: it would never end where many come.
    const until = newId();
    for (let after = ''; ;) {
      const page = await this.persons.page(manager, { after, until }, PAGE);
      const silences = await this.silences.ofPeople(
        manager,
        page.map(({ id }) => id),
      );
      for (const person of page) {
        const results = await this.observations.ofPerson(manager, person.id);
        const records = areAsked ? await this.records.of(manager, person.id) : null;
        const own = silences.filter(({ personId }) => personId === person.id);
        const all = { person, results, records };
        await run.judge(all, await this.findings.ofPerson(manager, person.id), own);
        request.advance?.(1);
        // Progress is shown, and an interruption heard, between two people.
        await turn();
        await request.rest?.();
      }
      if (page.length < PAGE) break;
      after = page.at(-1)!.id;
    }
    for (let after = ''; ;) {
      const page = await this.observations.waiting(manager, { after, until }, PAGE);
      for (const result of page) {
        const all = { person: null, results: [result], records: null };
        await run.judge(all, await this.findings.ofObservations(manager, [result.id]));
        request.advance?.(1);
        await request.rest?.();
      }
      if (page.length < PAGE) return run.result;
      after = page.at(-1)!.id;
    }
  }
}
