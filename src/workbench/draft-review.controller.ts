import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
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
import { type Draft, DraftPublisher, DraftReplays, DraftsService } from '../drafts/index.js';
import { AppError } from '../kernel/index.js';
import { RulesService } from '../rules/index.js';
import { DraftDetails } from './draft-details.js';
import { DraftReplayShown } from './draft-replay.dto.js';
import { replayShown } from './drafts-shown.js';
import { Approve, AtRevision, DraftDetail, GiveBack, Seen } from './drafts.dto.js';
import { VALIDATE } from './validation.js';

/** What a second doctor needs to put a draft in force: whom it would judge otherwise, and their word. */
@ApiTags('rules')
@ApiBearerAuth()
@Needs('read-drafts')
@UsePipes(VALIDATE)
@Controller('api/rules/drafts')
export class DraftReviewController {
  constructor(
    @Inject(DraftsService) private readonly drafts: DraftsService,
    @Inject(DraftDetails) private readonly details: DraftDetails,
    @Inject(DraftReplays) private readonly replays: DraftReplays,
    @Inject(DraftPublisher) private readonly publisher: DraftPublisher,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(RowLimits) private readonly limits: RowLimits,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

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
    return this.details.shown(
      await this.drafts.send(
        await this.drafts.one(id),
        revision,
        this.details.doer(caller, 'rule draft sent'),
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
    return this.details.shown(
      await this.drafts.giveBack(
        await this.drafts.one(id),
        revision,
        reason,
        this.details.doer(caller, 'rule draft returned'),
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
    return this.details.shown(
      await this.publisher.approve(draft, approval, this.details.doer(caller, 'rule draft approved')),
      caller,
    );
  }

  async #replay({ id, revision }: Draft, caller: Caller): Promise<DraftReplayShown> {
    return replayShown(await this.replays.of(id, revision), revision, this.rules.current.version, caller);
  }
}
