import { Controller, Get, Inject, Query, Req, UsePipes } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AccessService,
  AuditRepository,
  AuditTrail,
  type CallersRequest,
  type FoundEvent,
  BreakGlass,
  Needs,
  rowsOfCaller,
} from '../access/index.js';
import { AccountsService } from '../accounts/index.js';
import { AppError } from '../kernel/index.js';
import { AuditPage, AuditQuery, type AuditShown } from './audit.dto.js';
import { VALIDATE } from './validation.js';

const CURSOR = /^(\d{1,15})~([A-Za-z0-9-]{1,36})$/;

/** 审计 Who saw and changed what. Looking at it is recorded too. */
@ApiTags('audit')
@ApiBearerAuth()
@Needs('read-audit')
@UsePipes(VALIDATE)
@Controller('api/audit')
export class AuditController {
  constructor(
    @Inject(AuditRepository) private readonly events: AuditRepository,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(AccessService) private readonly keys: AccessService,
    @Inject(BreakGlass) private readonly glass: BreakGlass,
  ) {}

  /** Acts, the latest first. */
  @Get()
  @ApiOkResponse({ type: AuditPage })
  async list(@Query() query: AuditQuery, @Req() { caller }: CallersRequest): Promise<AuditPage> {
    const { person: personId, actor, action, subject, since, until, limit, after } = query;
    const found = await this.events.list({
      ...{ actor, action, subject, limit: limit + 1, rows: rowsOfCaller(caller) },
      ...(personId !== undefined && { personIds: [personId] }),
      bounds: [
        ...(since === undefined ? [] : [{ operator: '>=' as const, at: new Date(since) }]),
        ...(until === undefined ? [] : [{ operator: '<' as const, at: new Date(until) }]),
      ],
      ...(after !== undefined && { after: readCursor(after) }),
    });
    const shown = found.slice(0, limit);
    const detail = `${shown.length} events shown`;
    await this.audit.record(caller, { action: 'read audit', personIds: personId ? [personId] : [], detail });
    const names = await this.#names(shown);
    const words = await this.glass.words(shown.map(({ reason }) => reason));
    const last = found.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map((event) =>
        eventShown(event, names.get(event.actor) ?? null, words.get(event.reason ?? '') ?? null),
      ),
      next: last ? `${last.at.getTime()}~${last.id}` : null,
    };
  }

  /** Of the accounts and keys on a page, by actor. */
  async #names(events: readonly FoundEvent[]): Promise<Map<string, string>> {
    const ids = (kind: string): string[] =>
      events.flatMap(({ actor }) => (actor.startsWith(`${kind}:`) ? actor.slice(kind.length + 1) : []));
    const people = await this.accounts.namesOf(ids('user'));
    const wanted = new Set(ids('key'));
    const keys = wanted.size === 0 ? [] : await this.keys.list();
    return new Map([
      ...[...people].map(([id, name]) => [`user:${id}`, name] as const),
      ...keys.flatMap(({ id, name }) => (wanted.has(id) ? [[`key:${id}`, name] as const] : [])),
    ]);
  }
}

function eventShown(event: FoundEvent, actorName: string | null, reasonWords: string | null): AuditShown {
  const { id, at, actor, role, action, personId, subject, reason, source: from, detail, seq } = event;
  return {
    ...{
      id,
      at: at.toISOString(),
      actor,
      actorName,
      role,
      action,
      personId,
      subject,
      reason,
      reasonWords,
      from,
      detail,
      seq,
    },
  };
}

function readCursor(text: string): { at: Date; id: string } {
  const [, at, id] = CURSOR.exec(text) ?? [];
  if (!at || !id) throw new AppError('invalid-request', 'is not the `next` of a page', 'after');
  return { at: new Date(Number(at)), id };
}
