import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Req,
  UsePipes,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import {
  actorOf,
  AuditTrail,
  type Caller,
  type CallersRequest,
  Needs,
  RowLimits,
  rowsOfCaller,
} from '../access/index.js';
import { AccountsService } from '../accounts/index.js';
import {
  type Doer,
  type Draft,
  DraftPublisher,
  DraftReplays,
  DraftsRepository,
  DraftsService,
  whatIsMissing,
} from '../drafts/index.js';
import { AppError } from '../kernel/index.js';
import { DraftRules, RulesService } from '../rules/index.js';
import { accountOf, checkedShown, replayShown, summaryOf } from './drafts-shown.js';
import {
  Approve,
  AtRevision,
  CheckDraft,
  DraftChecked,
  DraftDetail,
  DraftDiff,
  DraftList,
  DraftReplayShown,
  DraftText,
  FileQuery,
  GiveBack,
  MakeDraft,
  SaveFile,
  Seen,
} from './drafts.dto.js';
import { VALIDATE } from './validation.js';

const MOST_SHOWN = 100;

/** From an edit to rules in force: drafts, their differences, what they would change, and a second doctor's word. */
@ApiTags('rules')
@ApiBearerAuth()
@Needs('read-drafts')
@UsePipes(VALIDATE)
@Controller('api/rules/drafts')
export class DraftsController {
  constructor(
    @Inject(DraftsService) private readonly drafts: DraftsService,
    @Inject(DraftsRepository) private readonly table: DraftsRepository,
    @Inject(DraftReplays) private readonly replays: DraftReplays,
    @Inject(DraftPublisher) private readonly publisher: DraftPublisher,
    @Inject(DraftRules) private readonly reading: DraftRules,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(RowLimits) private readonly limits: RowLimits,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** The drafts that were changed last. */
  @Get()
  @ApiOkResponse({ type: DraftList })
  async list(@Req() { caller }: CallersRequest): Promise<DraftList> {
    const drafts = await this.table.list(MOST_SHOWN);
    const names = await this.accounts.namesOf(drafts.map(({ author }) => accountOf(author)));
    return { items: drafts.map((draft) => summaryOf(draft, names, actorOf(caller))) };
  }

  /** Begins a draft: empty, on one rule, or with the files of an earlier version to go back to. */
  @Post()
  @Needs('edit-rules')
  @ApiCreatedResponse({ type: DraftDetail })
  @ApiNotFoundResponse({ description: 'no such version was ever in force' })
  async make(@Body() beginning: MakeDraft, @Req() { caller }: CallersRequest): Promise<DraftDetail> {
    return this.#detail(await this.drafts.make(beginning, this.#doer(caller, 'rule draft made')), caller);
  }

  /** JSON Schema of rule files: what an editor completes from. */
  @Get('schema')
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  schema(): Record<string, unknown> {
    return this.reading.schema();
  }

  /** One draft with its files and what happened to it. */
  @Get(':id')
  @ApiOkResponse({ type: DraftDetail })
  @ApiNotFoundResponse()
  async one(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<DraftDetail> {
    return this.#detail(await this.drafts.one(id), caller);
  }

  /** One file as the draft has it. */
  @Get(':id/file')
  @ApiOkResponse({ type: DraftText })
  @ApiNotFoundResponse()
  async file(@Param('id') id: string, @Query() { path }: FileQuery): Promise<DraftText> {
    return { path, text: await this.drafts.text(await this.drafts.one(id), path) };
  }

  /** Saves one file; what is saved may still have faults. */
  @Put(':id/file')
  @Needs('edit-rules')
  @ApiOkResponse({ type: DraftDetail })
  @ApiConflictResponse({ description: 'somebody saved meanwhile, or the draft is being reviewed' })
  async save(
    @Param('id') id: string,
    @Body() { revision, path, text }: SaveFile,
    @Req() { caller }: CallersRequest,
  ): Promise<DraftDetail> {
    const draft = await this.drafts.one(id);
    return this.#detail(
      await this.drafts.save(draft, { revision, path, text }, this.#doer(caller, 'rule draft saved')),
      caller,
    );
  }

  /** Every fault of the files as the draft has them, with one of them as it is being typed. */
  @Post(':id/check')
  @HttpCode(200)
  @ApiOkResponse({ type: DraftChecked })
  @ApiTooManyRequestsResponse({ description: 'many drafts are being checked' })
  async check(@Param('id') id: string, @Body() { typing }: CheckDraft): Promise<DraftChecked> {
    return checkedShown(await this.drafts.check(await this.drafts.one(id), typing));
  }

  /** Its files beside those on the disk, and the rules that would be others. */
  @Get(':id/diff')
  @ApiOkResponse({ type: DraftDiff })
  async diff(@Param('id') id: string): Promise<DraftDiff> {
    const draft = await this.drafts.one(id);
    const files = draft.changes.map(({ path, before, text: after }) => ({ path, before, after }));
    return { ...checkedShown(await this.drafts.check(draft)), revision: draft.revision, files };
  }

  /** Notes that whoever asks has had the differences, or the replay, of this revision before their eyes. */
  @Post(':id/seen')
  @HttpCode(204)
  @ApiNoContentResponse()
  async seen(
    @Param('id') id: string,
    @Body() { revision, what }: Seen,
    @Req() { caller }: CallersRequest,
  ): Promise<void> {
    const draft = await this.drafts.one(id);
    if (what === 'replay' && (await this.replays.of(id, revision))?.state !== 'done') {
      throw new AppError('conflict', 'This revision was not replayed yet.', 'replay');
    }
    await this.drafts.seen(draft, revision, what === 'diff' ? 'diff-seen' : 'replay-seen', actorOf(caller));
  }

  /** Judges everybody by the draft and by the version in force, in the background. */
  @Post(':id/replay')
  @HttpCode(202)
  @ApiConflictResponse({ description: 'a replay is running' })
  @ApiUnprocessableEntityResponse({ description: 'the draft has faults' })
  async startReplay(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<DraftReplayShown> {
    const draft = await this.drafts.one(id);
    await this.replays.start(draft);
    const { people: _, ...begun } = await this.#replay(draft, caller);
    return begun;
  }

  /** How far the replay of the latest revision is, and what it found. */
  @Get(':id/replay')
  @ApiOkResponse({ type: DraftReplayShown })
  async replay(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<DraftReplayShown> {
    const found = await this.#replay(await this.drafts.one(id), caller);
    const theirs = await this.limits.among(
      rowsOfCaller(caller),
      (found.people ?? []).map(({ person }) => person),
    );
    const shown = { ...found, people: found.people?.filter(({ person }) => theirs.has(person)) };
    const personIds = (shown.people ?? []).map(({ person }) => person);
    if (personIds.length > 0) {
      const subject = `rule-draft/${id}`;
      await this.audit.record(caller, {
        action: 'read replay',
        personIds,
        subject,
        detail: 'who would be judged otherwise',
      });
    }
    return shown;
  }

  /** Sends it to a second doctor. */
  @Post(':id/send')
  @Needs('edit-rules')
  @HttpCode(200)
  @ApiOkResponse({ type: DraftDetail })
  @ApiUnprocessableEntityResponse({ description: 'every fault that is left' })
  async send(
    @Param('id') id: string,
    @Body() { revision }: AtRevision,
    @Req() { caller }: CallersRequest,
  ): Promise<DraftDetail> {
    return this.#detail(
      await this.drafts.send(await this.drafts.one(id), revision, this.#doer(caller, 'rule draft sent')),
      caller,
    );
  }

  /** Takes up the files as they lie on the disk now under the draft's own. */
  @Post(':id/take-up')
  @Needs('edit-rules')
  @HttpCode(200)
  @ApiOkResponse({ type: DraftDetail })
  async takeUp(
    @Param('id') id: string,
    @Body() { revision }: AtRevision,
    @Req() { caller }: CallersRequest,
  ): Promise<DraftDetail> {
    return this.#detail(
      await this.drafts.takeUp(await this.drafts.one(id), revision, this.#doer(caller, 'rule draft saved')),
      caller,
    );
  }

  /** Takes the draft away. */
  @Post(':id/withdraw')
  @Needs('edit-rules')
  @HttpCode(200)
  @ApiOkResponse({ type: DraftDetail })
  async withdraw(
    @Param('id') id: string,
    @Body() { revision }: AtRevision,
    @Req() { caller }: CallersRequest,
  ): Promise<DraftDetail> {
    return this.#detail(
      await this.drafts.withdraw(
        await this.drafts.one(id),
        revision,
        this.#doer(caller, 'rule draft withdrawn'),
      ),
      caller,
    );
  }

  /** Gives it back to its author. */
  @Post(':id/return')
  @Needs('approve-rules')
  @HttpCode(200)
  @ApiOkResponse({ type: DraftDetail })
  async giveBack(
    @Param('id') id: string,
    @Body() { revision, reason }: GiveBack,
    @Req() { caller }: CallersRequest,
  ): Promise<DraftDetail> {
    return this.#detail(
      await this.drafts.giveBack(
        await this.drafts.one(id),
        revision,
        reason,
        this.#doer(caller, 'rule draft returned'),
      ),
      caller,
    );
  }

  /** Approves it, with a one-time code, and puts it in force. */
  @Post(':id/approve')
  @Needs('approve-rules')
  @HttpCode(200)
  @ApiOkResponse({ type: DraftDetail })
  @ApiForbiddenResponse({ description: 'a wrong code, the author, or something was not looked at' })
  @ApiConflictResponse({
    description: 'the draft, the files or the rules in force are not what was looked at',
  })
  async approve(
    @Param('id') id: string,
    @Body() { revision, reason, code }: Approve,
    @Req() { caller }: CallersRequest,
  ): Promise<DraftDetail> {
    const draft = await this.drafts.one(id);
    const approval = { revision, reason, code, accountId: caller.id };
    return this.#detail(
      await this.publisher.approve(draft, approval, this.#doer(caller, 'rule draft approved')),
      caller,
    );
  }

  #doer(caller: Caller, action: string): Doer {
    return { actor: actorOf(caller), witness: this.audit.witness(caller, { action, detail: '' }) };
  }

  async #replay({ id, revision }: Draft, caller: Caller): Promise<DraftReplayShown> {
    return replayShown(await this.replays.of(id, revision), revision, this.rules.current.version, caller);
  }

  async #detail(draft: Draft, caller: Caller): Promise<DraftDetail> {
    const events = await this.table.events(draft.id);
    const names = await this.accounts.namesOf(
      [draft.author, ...events.map(({ actor }) => actor)].map(accountOf),
    );
    return {
      ...summaryOf(draft, names, actorOf(caller)),
      files: await this.drafts.paths(draft),
      events: events.map(({ action, revision, at, actor, reason }) => ({
        ...{ action, revision, reason, at: at.toISOString() },
        by: names.get(accountOf(actor) ?? '') ?? null,
      })),
      overtaken:
        draft.state === 'in-force' || draft.state === 'withdrawn' ? [] : await this.drafts.overtaken(draft),
      missing: whatIsMissing(draft, events, actorOf(caller)),
    };
  }
}
