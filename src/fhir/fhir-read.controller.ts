import { Controller, Delete, Get, Param, Patch, Post, Req, Res, HttpCode, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type KeyCaller, Needs } from '../access/index.js';
import { AppError } from '../kernel/index.js';
import { ownAddress } from './domain/own-address.js';
import { type Asked, ReadingService } from './reading.service.js';

type CallersRequest = FastifyRequest & { caller: KeyCaller };

/** FHIR read and search-type. */
@ApiExcludeController()
@Controller('fhir')
export class FhirReadController {
  constructor(@Inject(ReadingService) private readonly reading: ReadingService) {}

  @Get(':type/:id')
  @Needs('read-fhir')
  async read(
    @Param('type') type: string,
    @Param('id') id: string,
    @Req() request: CallersRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<fhir4.FhirResource> {
    const resource = await this.reading.read(request.caller, type, id);
    const { versionId, lastUpdated } = resource.meta ?? {};
    if (versionId) void reply.header('ETag', `W/"${versionId}"`);
    if (lastUpdated) void reply.header('Last-Modified', new Date(lastUpdated).toUTCString());
    return resource;
  }

  @Get(':type/:id/_history')
  @Needs('read-fhir')
  history(
    @Param('type') type: string,
    @Param('id') id: string,
    @Req() request: CallersRequest,
  ): Promise<fhir4.Bundle> {
    return this.reading.history(request.caller, type, id, `${ownAddress(request)}/fhir`);
  }

  @Get(':type/:id/_history/:version')
  @Needs('read-fhir')
  version(
    @Param('type') type: string,
    @Param('id') id: string,
    @Param('version') version: string,
    @Req() request: CallersRequest,
  ): Promise<fhir4.FhirResource> {
    return this.reading.version(request.caller, type, id, version);
  }

  @Get(':type')
  @Needs('read-fhir')
  search(@Param('type') type: string, @Req() request: CallersRequest): Promise<fhir4.Bundle> {
    return this.reading.search(request.caller, type, asked(request, queryOf(request)));
  }

  @Post(':type/_search')
  @HttpCode(200)
  @Needs('read-fhir')
  searchByForm(@Param('type') type: string, @Req() request: CallersRequest): Promise<fhir4.Bundle> {
    return this.reading.search(
      request.caller,
      type,
      asked(request, [...queryOf(request), ...formOf(request)]),
    );
  }

  /** Results are corrected by a new version or withdrawn as entered-in-error, never taken away. */
  @Delete(['', '*'])
  @Needs('use-fhir')
  delete(): never {
    throw notAllowed();
  }

  @Patch(['', '*'])
  @Needs('use-fhir')
  patch(): never {
    throw notAllowed();
  }
}

/** @throws AppError where the body is none: what was looked for would be passed over, and everything found */
function formOf({ body }: FastifyRequest): [string, string][] {
  if (body === undefined || body === null) return [];
  if (typeof body === 'string') return [...new URLSearchParams(body)];
  throw new AppError(
    'unsupported-encoding',
    'Send what a _search looks for as application/x-www-form-urlencoded, or in the address.',
  );
}

function asked(request: FastifyRequest, parameters: Asked['parameters']): Asked {
  const { prefer } = request.headers;
  return {
    base: `${ownAddress(request)}/fhir`,
    parameters,
    isStrict: typeof prefer === 'string' && /handling\s*=\s*strict/i.test(prefer),
  };
}

export function queryOf(request: FastifyRequest): [string, string][] {
  const url = request.raw.url ?? '';
  const start = url.indexOf('?');
  return start < 0 ? [] : [...new URLSearchParams(url.slice(start + 1))];
}

function notAllowed(): AppError {
  return new AppError(
    'method-not-allowed',
    'Resources are not deleted or patched: send a new version, or the status entered-in-error.',
  );
}
