import { Controller, Get, HttpCode, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Open } from '../access/index.js';
import { Readiness } from './readiness.js';

@ApiExcludeController()
@Open()
@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /** The process runs; a restart would not help whatever else is wrong. */
  @Get('live')
  @HttpCode(200)
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** Results can be taken now; 503 with what is wrong otherwise. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Record<string, unknown>> {
    const { isReady, checks } = await this.readiness.ask();
    void reply.status(isReady ? 200 : 503);
    return { status: isReady ? 'ok' : 'not ready', checks };
  }
}
