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
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AuditTrail, isFromElsewhere, Needs, Open, sessionCookie, type UserCaller } from '../access/index.js';
import {
  AccountsService,
  PasswordIdentity,
  SecondFactorService,
  SessionsService,
  SignInService,
} from '../accounts/index.js';
import { AppError } from '../kernel/index.js';
import { isSecure, nobodyAt, SessionAnswers } from './session-answers.js';
import {
  CodeBody,
  LinkShown,
  SecondFactorShown,
  SessionShown,
  SetUpBody,
  SignInBody,
} from './session.dto.js';
import { VALIDATE } from './validation.js';

interface UsersRequest {
  caller: UserCaller;
}

/** A body that nobody vouches for yet: a few words at most. */
const SHORT_BODY = { openBodyBytes: 4096 };

/** Signing in and out, and what belongs to one's own account. */
@ApiTags('session')
@UsePipes(VALIDATE)
@Controller('api')
export class SessionController {
  constructor(
    @Inject(SignInService) private readonly signing: SignInService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(SecondFactorService) private readonly codes: SecondFactorService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(PasswordIdentity) private readonly password: PasswordIdentity,
    @Inject(SessionAnswers) private readonly answers: SessionAnswers,
  ) {}

  /** Signs in: the browser is given a cookie that no script can read. */
  @Open()
  @RouteConfig(SHORT_BODY)
  @Post('session')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionShown })
  @ApiUnauthorizedResponse({
    description: 'name, password or code is wrong; `path` is `code` where only it is missing',
  })
  @ApiTooManyRequestsResponse({ description: 'too many attempts under this name: Retry-After tells when' })
  async signIn(
    @Body() body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionShown> {
    refuseElsewhere(request);
    const { code, ...proof } = body;
    const entered = this.answers.entered(request, 'sign-in');
    const outcome = await this.signing.signIn(this.password, proof, code, entered);
    return this.answers.answer(outcome, request, reply);
  }

  /** Signs out. */
  @Needs('own-session')
  @Delete('session')
  @HttpCode(204)
  @ApiNoContentResponse()
  async signOut(
    @Req() request: FastifyRequest & UsersRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { caller } = request;
    const witness = this.audit.witness(caller, { action: 'sign-out', detail: '' });
    await this.sessions.end(caller.sessionId, witness);
    void reply.header('set-cookie', sessionCookie(null, isSecure(request)));
  }

  /** Whose link this is. */
  @Open()
  @Get('set-up/:token')
  @ApiOkResponse({ type: LinkShown })
  @ApiNotFoundResponse({ description: 'no such link, used already, or older than three days' })
  async link(@Param('token') token: string): Promise<LinkShown> {
    const whose = await this.accounts.ofLink(token);
    if (!whose) throw noSuchLink();
    return whose;
  }

  /** Chooses the password by a link, once, and signs in. */
  @Open()
  @RouteConfig(SHORT_BODY)
  @Post('set-up/:token')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionShown })
  @ApiNotFoundResponse({ description: 'no such link, used already, or older than three days' })
  async setUp(
    @Param('token') token: string,
    @Body() { password }: SetUpBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionShown> {
    refuseElsewhere(request);
    const begun = await this.accounts.setUp(token, password, this.answers.entered(request, 'set-up'));
    if (!begun) {
      const detail = 'no such link';
      await this.audit.record(nobodyAt(request), { action: 'set-up refused', personIds: [], detail });
      throw noSuchLink();
    }
    return this.answers.letIn(begun, request, reply);
  }

  /** Who is signed in, and what they may do. */
  @Needs('own-session')
  @Get('me')
  @ApiOkResponse({ type: SessionShown })
  @ApiUnauthorizedResponse()
  me(@Req() { caller }: UsersRequest): SessionShown {
    return this.answers.shown(caller);
  }

  /** Begins to set up one-time codes: what an authenticator is given. */
  @Needs('own-session')
  @Post('me/second-factor')
  @HttpCode(200)
  @ApiOkResponse({ type: SecondFactorShown })
  beginCodes(@Req() { caller }: UsersRequest): Promise<SecondFactorShown> {
    return this.codes.begin(caller.id);
  }

  /** A first right code puts them in force. */
  @Needs('own-session')
  @Post('me/second-factor/confirm')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionShown })
  @ApiForbiddenResponse({ description: 'the code is wrong' })
  async confirmCodes(@Body() { code }: CodeBody, @Req() { caller }: UsersRequest): Promise<SessionShown> {
    const witness = this.audit.witness(caller, { action: 'second factor set up', detail: '' });
    if (!(await this.codes.confirm(caller.id, code, witness))) {
      throw new AppError('invalid-request', 'The code is wrong.', 'code');
    }
    return this.answers.shown({ ...caller, isPending: false, hasSecondFactor: true });
  }
}

/** A page of another site must not sign anybody in here, as somebody else. */
function refuseElsewhere({ headers }: FastifyRequest): void {
  if (isFromElsewhere(headers)) {
    throw new AppError('forbidden', 'A change must come from a page of this service.');
  }
}

function noSuchLink(): AppError {
  return new AppError('not-found', 'This link was used already, is too old, or never was one.');
}
