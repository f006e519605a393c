import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { type Finding, FindingRepository } from '../assessment/index.js';
import { Reader, type Witness } from '../database/index.js';
import { AppError, Clock, ConflictError } from '../kernel/index.js';
import {
  MessageStore,
  ObservationRepository,
  resultIdentifierKeys,
  type StoredResult,
} from '../people/index.js';
import { type Bilingual, RulesService } from '../rules/index.js';
import { TaskRepository } from '../tasks/index.js';
import {
  asObservation,
  BY_HAND,
  type HandReport,
  identifierOf,
  isFoundByHand,
  reportOf,
  withdrawn,
} from './domain/by-hand.js';
import { IntakeService } from './intake.service.js';

/** A report as it stands. */
export interface ReportKept {
  finding: Finding;
  /** The task that it is in, or was in last; null where nobody is rung for it. */
  taskId: string | null;
  /** False where the same key had brought it before. */
  isNew: boolean;
}

/** Why a report was withdrawn, by whom (`user:ID`) and when. */
export interface Withdrawal {
  reason: string;
  by: string;
  at: string;
}

/**
 * 手工上报: what a department reports by hand comes in by the same door as every result, so that it is stored, judged,
 * rung, corrected, merged and recomputed like any other.
 */
@Injectable()
export class HandReports {
  constructor(
    private readonly clock: Clock,
    private readonly reader: Reader,
    private readonly intake: IntakeService,
    private readonly observations: ObservationRepository,
    private readonly messages: MessageStore,
    private readonly findings: FindingRepository,
    private readonly tasks: TaskRepository,
    private readonly rules: RulesService,
  ) {}

  /**
   * Takes a report in: when this returns, its finding and task exist.
   * @param report of a person who is known, by the id in force where records were merged
   * @param actor `user:ID` or `key:ID` of whoever writes it down
   * @param key of their own; the same key again is the same report
   * @throws AppError `invalid-request` for a department that the policy does not list; ConflictError where the key was
   *   given to another report
   */
  async report(report: HandReport, actor: string, key: string, witness: Witness): Promise<ReportKept> {
    const known = await this.#byKey(actor, key);
    if (known) return this.#same(known, report);
    const name = this.#nameOf(report.department);
    const observation = asObservation(report, name, { actor, key, at: this.clock.now() });
    await this.#send(observation, identifierOf(actor, key), witness);
    const kept = await this.#byKey(actor, key);
    if (!kept) throw new Error('a report by hand was taken and is not stored');
    return { ...(await this.#same(kept, report)), isNew: true };
  }

  /**
   * Takes a report back as entered in error: its finding is retracted, and whoever was told is rung to hear so. Once
   * withdrawn it stays so.
   * @param mayAnyones whether they may withdraw what others wrote down
   * @throws AppError `not-found`, or `forbidden` when it is somebody else's
   */
  async withdraw(
    findingId: string,
    { reason, actor, mayAnyones }: { reason: string; actor: string; mayAnyones: boolean },
    witness: Witness,
  ): Promise<ReportKept> {
    const { manager } = this.reader;
    const [finding] = await this.findings.byIds(manager, [findingId]);
    if (!finding || !isFoundByHand(finding))
      throw new AppError('not-found', 'There is no such report by hand.');
    if (!mayAnyones && finding.evidence.reported?.recordedBy !== actor)
      throw new AppError('forbidden', 'Whoever wrote a report down withdraws it, or the head nurse.');
    const [stored] = await this.observations.byIds(manager, [finding.observationId]);
    const observation = stored && (await this.#source(stored));
    if (!observation) throw new Error(`the source of report ${findingId} is missing`);
    if (observation.status !== 'entered-in-error')
      await this.#send(withdrawn(observation, { reason, actor, now: this.clock.now() }), null, witness);
    return this.#kept(finding.observationId);
  }

  /** Why the report behind a finding was withdrawn; null while it stands. */
  async withdrawal({ observationId }: Pick<Finding, 'observationId'>): Promise<Withdrawal | null> {
    const [stored] = await this.observations.byIds(this.reader.manager, [observationId]);
    const source = stored && (await this.#source(stored));
    const note = source?.status === 'entered-in-error' ? source.note?.[0] : undefined;
    return note ? { reason: note.text, by: note.authorString ?? '', at: note.time ?? '' } : null;
  }

  async #send(
    resource: fhir4.Observation,
    condition: { system: string; value: string } | null,
    witness: Witness,
  ): Promise<void> {
    const ifNoneExist = condition && `identifier=${condition.system}|${condition.value}`;
    const request = { method: 'POST' as const, url: 'Observation', ...(ifNoneExist && { ifNoneExist }) };
    const bundle: fhir4.Bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource, request }],
    };
    const entry = { index: 0, path: 'Bundle.entry[0].resource', fullUrl: null, resource, chosenId: null };
    await this.intake.receive({
      feed: { id: BY_HAND, isHistory: false },
      entries: [{ ...entry, condition, isCreate: true }],
      source: JSON.stringify(bundle),
      witness,
    });
  }

  #nameOf(department: string): Bilingual {
    const { departments } = this.rules.current.policy;
    const found = departments.find(({ id }) => id === department);
    if (found) return found.name;
    const known = departments.map(({ id }) => id).join(', ');
    throw new AppError('invalid-request', `must be one of ${known}`, 'department');
  }

  async #byKey(actor: string, key: string): Promise<StoredResult | null> {
    const keys = resultIdentifierKeys('Observation', identifierOf(actor, key));
    const found = await this.observations.findByIdentity(this.reader.manager, keys);
    return [...found.values()][0] ?? null;
  }

  /** @throws ConflictError when the key was given to another report */
  async #same(stored: StoredResult, report: HandReport): Promise<ReportKept> {
    const source = await this.#source(stored);
    const before = source && reportOf(source);
    // The person may have been merged since; that the rest is the same word for word is enough.
    const isSame =
      before !== null &&
      before !== undefined &&
      isDeepStrictEqual({ ...before, personId: '' }, { ...report, personId: '' }) &&
      stored.personId === report.personId;
    if (!isSame) throw new ConflictError('This key was given to another report.', { id: stored.id });
    return this.#kept(stored.id);
  }

  async #kept(observationId: string): Promise<ReportKept> {
    const { manager } = this.reader;
    const found = await this.findings.ofObservations(manager, [observationId]);
    const finding = found.find(isFoundByHand);
    if (!finding) throw new Error(`report ${observationId} has made no finding`);
    return { finding, taskId: await this.tasks.lastWith(manager, finding.id), isNew: false };
  }

  async #source({ messageId, entry }: StoredResult): Promise<fhir4.Observation | null> {
    return (await this.messages.resourceAt(
      this.reader.manager,
      messageId,
      entry,
    )) as fhir4.Observation | null;
  }
}
