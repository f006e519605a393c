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
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import { actorOf, type CallersRequest, Needs } from '../access/index.js';
import { AccountsService } from '../accounts/index.js';
import { DraftsRepository, DraftsService, DraftStrengths } from '../drafts/index.js';
import { DraftRules } from '../rules/index.js';
import { DraftDetails } from './draft-details.js';
import { accountOf, checkedShown, strengthShown, summaryOf } from './drafts-shown.js';
import {
  AtRevision,
  CheckDraft,
  DraftChecked,
  DraftDetail,
  DraftDiff,
  DraftList,
  DraftStrengthShown,
  DraftText,
  FileQuery,
  MakeDraft,
  SaveFile,
} from './drafts.dto.js';
import { VALIDATE } from './validation.js';

const MOST_SHOWN = 100;

/** Drafts of rule files: begun, edited, checked, compared, taken away. A second doctor's part is in its own controller. */
@ApiTags('rules')
@ApiBearerAuth()
@Needs('read-drafts')
@UsePipes(VALIDATE)
@Controller('api/rules/drafts')
export class DraftsController {
  constructor(
    @Inject(DraftsService) private readonly drafts: DraftsService,
    @Inject(DraftsRepository) private readonly table: DraftsRepository,
    @Inject(DraftStrengths) private readonly strengths: DraftStrengths,
    @Inject(DraftRules) private readonly reading: DraftRules,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(DraftDetails) private readonly details: DraftDetails,
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
    return this.details.shown(
      await this.drafts.make(beginning, this.details.doer(caller, 'rule draft made')),
      caller,
    );
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
    return this.details.shown(await this.drafts.one(id), caller);
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
    return this.details.shown(
      await this.drafts.save(draft, { revision, path, text }, this.details.doer(caller, 'rule draft saved')),
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

  /**
   * Slips of the pen in the rules that the draft changes (a limit one unit up or down, another operator or unit) which no
   * example of theirs would notice. Takes seconds; ends when whoever asked goes.
   */
  @Post(':id/strength')
  @HttpCode(200)
  @ApiOkResponse({ type: DraftStrengthShown })
  @ApiTooManyRequestsResponse({ description: 'many drafts are being measured' })
  async strength(
    @Param('id') id: string,
    @Body() { typing }: CheckDraft,
    @Req() { raw }: FastifyRequest,
  ): Promise<DraftStrengthShown> {
    const draft = await this.drafts.one(id);
    return strengthShown(await this.strengths.of(draft, typing, () => !raw.socket.destroyed));
  }

  /** Its files beside those on the disk, and the rules that would be others. */
  @Get(':id/diff')
  @ApiOkResponse({ type: DraftDiff })
  async diff(@Param('id') id: string): Promise<DraftDiff> {
    const draft = await this.drafts.one(id);
    const files = draft.changes.map(({ path, before, text: after }) => ({ path, before, after }));
    return { ...checkedShown(await this.drafts.check(draft)), revision: draft.revision, files };
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
    return this.details.shown(
      await this.drafts.takeUp(
        await this.drafts.one(id),
        revision,
        this.details.doer(caller, 'rule draft saved'),
      ),
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
    return this.details.shown(
      await this.drafts.withdraw(
        await this.drafts.one(id),
        revision,
        this.details.doer(caller, 'rule draft withdrawn'),
      ),
      caller,
    );
  }
}
