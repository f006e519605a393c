import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Req,
  Res,
  UsePipes,
} from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { AuditTrail, Needs, type UserCaller } from '../access/index.js';
import { OwnAccountService } from '../accounts/index.js';
import { AppError } from '../kernel/index.js';
import { ChangePassword, OwnSessionList } from './own-account.dto.js';
import { VALIDATE } from './validation.js';

interface UsersRequest {
  caller: UserCaller;
}

/** One's own password, and where one is signed in. */
@ApiTags('session')
@Needs('own-session')
@UsePipes(VALIDATE)
@Controller('api/me')
export class OwnAccountController {
  constructor(
    @Inject(OwnAccountService) private readonly own: OwnAccountService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** Changes the password; everywhere else one is signed out. */
  @Post('password')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiBadRequestResponse({
    description: 'the present password is wrong (`path` is `present`), or the new one is none (`password`)',
  })
  @ApiTooManyRequestsResponse({ description: 'too many wrong ones: Retry-After tells when' })
  async changePassword(
    @Body() { present, password }: ChangePassword,
    @Req() { caller }: UsersRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const own = { accountId: caller.id, sessionId: caller.sessionId };
    const witness = this.audit.witness(caller, { action: 'password changed', detail: '' });
    const outcome = await this.own.changePassword(own, present, password, witness);
    if (outcome.kind === 'changed') return;
    const detail = outcome.kind === 'wrong' ? 'the present one was wrong' : 'too many attempts';
    await this.audit.record(caller, { action: 'password refused', personIds: [], detail });
    if (outcome.kind === 'wrong')
      throw new AppError('invalid-request', 'The present password is wrong.', 'present');
    const { retryAfterSeconds } = outcome;
    void reply.header('retry-after', retryAfterSeconds);
    throw new AppError('too-many-requests', `Too many attempts; try again in ${retryAfterSeconds} s.`);
  }

  /** Where one is signed in, the latest first. */
  @Get('sessions')
  @ApiOkResponse({ type: OwnSessionList })
  async sessions(@Req() { caller }: UsersRequest): Promise<OwnSessionList> {
    const found = await this.own.sessions({ accountId: caller.id });
    return {
      items: found.map(({ id, createdAt, lastSeenAt, expiresAt }) => ({
        id,
        since: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        until: expiresAt.toISOString(),
        isThis: id === caller.sessionId,
      })),
    };
  }

  /** Signs out one of one's own sessions. */
  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'none of one’s own, or over already' })
  async endSession(@Param('id') id: string, @Req() { caller }: UsersRequest): Promise<void> {
    const witness = this.audit.witness(caller, { action: 'session ended', detail: '' });
    await this.own.endSession({ accountId: caller.id }, id, witness);
  }
}
