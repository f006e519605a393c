import { Body, Controller, Headers, HttpCode, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type KeyCaller, Needs } from '../access/index.js';
import { type EntryResult, type IncomingMessage } from '../intake/index.js';
import { AppError } from '../kernel/index.js';
import { ownAddress } from './domain/own-address.js';
import { DOOR_TYPES, readResource } from './domain/read-message.js';
import { isR4Type } from './domain/validate.js';
import { FhirWriteService, KEPT_UNUSED, locationOf } from './fhir-write.service.js';

type CallersRequest = FastifyRequest & { caller: KeyCaller };

/** What feeds send: Bundles, single resources, updates. A 2xx means that everything that follows exists. */
@ApiExcludeController()
@Controller('fhir')
export class FhirWriteController {
  constructor(@Inject(FhirWriteService) private readonly writing: FhirWriteService) {}

  @Post()
  @HttpCode(200)
  @Needs('send-results')
  bundle(@Body() body: unknown, @Req() request: CallersRequest): Promise<fhir4.Bundle> {
    return this.writing.bundle(body, request.rawBody, feedOf(request), DOOR_TYPES);
  }

  @Post(':type')
  @Needs('send-results')
  async create(
    @Param('type') type: string,
    @Body() body: unknown,
    @Headers('if-none-exist') ifNoneExist: string | undefined,
    @Req() request: CallersRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    if (type === 'Bundle') return this.writing.bundle(body, request.rawBody, feedOf(request), DOOR_TYPES);
    return this.write(
      body,
      { type, chosenId: null, ifNoneExist: ifNoneExist ?? null, match: null },
      request,
      reply,
    );
  }

  @Put(':type')
  @Needs('send-results')
  updateMatching(
    @Param('type') type: string,
    @Body() body: unknown,
    @Req() request: CallersRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const match = request.raw.url?.split('?', 2)[1];
    if (!match)
      throw new AppError(
        'invalid-request',
        'PUT names Type/id, or a condition: Type?identifier=system|value.',
      );
    return this.write(body, { type, chosenId: null, ifNoneExist: null, match }, request, reply);
  }

  @Put(':type/:id')
  @Needs('send-results')
  update(
    @Param('type') type: string,
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: CallersRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return this.write(body, { type, chosenId: id, ifNoneExist: null, match: null }, request, reply);
  }

  private async write(
    body: unknown,
    asked: Parameters<typeof readResource>[1],
    request: CallersRequest,
    reply: FastifyReply,
  ): Promise<object | undefined> {
    if (!isR4Type(asked.type))
      throw new AppError('unsupported-resource', 'FHIR R4 has no resource type of this name.');
    const entry = readResource(body, asked);
    const result = await this.writing.resource(entry, request.rawBody, feedOf(request));
    return this.answer(result, body as object, request, reply);
  }

  private answer(result: EntryResult, body: object, request: CallersRequest, reply: FastifyReply): object {
    void reply.status(result.status);
    const location = locationOf(result);
    if (!location) return KEPT_UNUSED;
    void reply.header('Location', `${ownAddress(request)}/fhir/${location}`);
    void reply.header('ETag', `W/"${result.version}"`);
    void reply.header('Last-Modified', result.lastModified.toUTCString());
    const meta = { versionId: String(result.version), lastUpdated: result.lastModified.toISOString() };
    return { ...body, id: result.id, meta: { ...(body as { meta?: object }).meta, ...meta } };
  }
}

function feedOf({ caller: { id, isHistory, scope, from } }: CallersRequest): IncomingMessage['feed'] {
  return { id, isHistory, scope, from: from ?? null };
}
