import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import { AuditRepository, AuditTrail, type Caller, Needs, rowsOfCaller } from '../access/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { AppError } from '../kernel/index.js';
import { ownAddress } from './domain/own-address.js';
import { renderAuditEvent } from './domain/render-audit-event.js';
import { searchBundle } from './domain/search-bundle.js';
import { readSearch, type SearchRequest } from './domain/search-request.js';
import { queryOf } from './fhir-read.controller.js';
import { PersonLookup } from './person-lookup.js';

type CallersRequest = FastifyRequest & { caller: Caller };

const SEARCHABLE = { patient: true, identifier: false, status: false, code: false, date: false };
const ACTOR = /^(nobody|(user|key|command):[\w.-]{1,48})$/;
const ID = /^[A-Za-z0-9-]{1,36}$/;

/** 审计 Who saw and changed what, as FHIR; looking at it is recorded too. */
@ApiExcludeController()
@Needs('read-audit')
@Controller('fhir/AuditEvent')
export class AuditEventController {
  constructor(
    @Inject(AuditRepository) private readonly events: AuditRepository,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(PersonLookup) private readonly persons: PersonLookup,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The latest first, whatever order is asked for. */
  @Get()
  async search(@Req() request: CallersRequest): Promise<fhir4.Bundle> {
    const { prefer } = request.headers;
    const isStrict = typeof prefer === 'string' && /handling\s*=\s*strict/i.test(prefer);
    const { actor, others } = understood(queryOf(request));
    const { request: wanted, faults } = readSearch(others, SEARCHABLE, this.config.timeZone, isStrict);
    if (faults.length > 0) throw new AppError(faults);
    const { after, count, ids, updated: bounds } = wanted;
    const found = await this.events.list({
      ...(actor !== null && { actor }),
      ...(ids[0] && { ids: ids.reduce((some, more) => some.filter((id) => more.includes(id))) }),
      ...(await this.#persons(wanted)),
      ...(after?.at && { after: { at: after.at, id: after.id } }),
      bounds,
      rows: rowsOfCaller(request.caller),
      limit: count + 1,
    });
    const shown = found.slice(0, count);
    await this.#record(request.caller, `${shown.length} events shown`);
    const last = found.length > count ? shown.at(-1) : undefined;
    return searchBundle({
      base: `${ownAddress(request)}/fhir`,
      type: 'AuditEvent',
      used: [...(actor === null ? [] : [['agent', actor] as [string, string]]), ...wanted.used],
      resources: shown.map(renderAuditEvent),
      next: last ? { at: last.at, id: last.id } : null,
      total: null,
    });
  }

  @Get(':id')
  async read(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<fhir4.AuditEvent> {
    const [event] = ID.test(id)
      ? await this.events.list({ ids: [id], limit: 1, rows: rowsOfCaller(caller) })
      : [];
    if (!event) throw new AppError('not-found', 'There is no AuditEvent with this id.');
    await this.#record(caller, '1 event shown');
    return renderAuditEvent(event);
  }

  async #persons({ persons }: SearchRequest): Promise<{ personIds?: string[] }> {
    let personIds: string[] | undefined;
    for (const wanted of persons) {
      const found = await this.persons.find(wanted);
      personIds = personIds ? personIds.filter((id) => found.includes(id)) : found;
    }
    return personIds ? { personIds } : {};
  }

  async #record(caller: Caller, detail: string): Promise<void> {
    await this.audit.record(caller, { action: 'read audit', personIds: [], detail });
  }
}

/** What AuditEvent is searched by besides what every type is. */
function understood(parameters: readonly [string, string][]): {
  actor: string | null;
  others: [string, string][];
} {
  let actor: string | null = null;
  const others: [string, string][] = [];
  for (const [name, value] of parameters) {
    if (name === 'agent') {
      if (!ACTOR.test(value)) throw new AppError('invalid-request', 'must be user:ID or key:ID', 'agent');
      actor = value;
    } else others.push([name === 'date' ? '_lastUpdated' : name, value]);
  }
  return { actor, others };
}
