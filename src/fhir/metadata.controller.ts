import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import { Open } from '../access/index.js';
import { serviceVersion } from '../config/index.js';
import { Clock } from '../kernel/index.js';
import { capabilityStatement } from './domain/capability-statement.js';
import { ownAddress } from './domain/own-address.js';

@ApiExcludeController()
@Open()
@Controller('fhir/metadata')
export class MetadataController {
  readonly #version = serviceVersion();
  readonly #since: string;

  constructor(@Inject(Clock) clock: Clock) {
    this.#since = clock.now().toISOString();
  }

  @Get()
  metadata(@Req() request: FastifyRequest): fhir4.CapabilityStatement {
    return capabilityStatement(`${ownAddress(request)}/fhir`, this.#version, this.#since);
  }
}
