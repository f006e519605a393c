import { Controller, Get, HttpCode, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Open } from '../access/index.js';
import { RulesService } from '../rules/index.js';
import { Watchdog } from '../watchdog/index.js';
import { Readiness } from './readiness.js';

const MOST_FAULTS_SHOWN = 5;

/** The rules in force, and whether the files on disk are what is in force. */
interface RulesHealth {
  status: 'in force' | 'files refused';
  version: string;
  inForceSince: string;
  /** Why the files on disk are not in force; the version named above goes on meanwhile. */
  refused: { since: string; count: number; faults: string[] } | null;
  /** Rules that have gone since the service was started, or while it was not, and that no overlay switches off. */
  gone: string[];
}

@ApiExcludeController()
@Open()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(Watchdog) private readonly watchdog: Watchdog,
  ) {}

  /** The process runs; a restart would not help whatever else is wrong. */
  @Get('live')
  @HttpCode(200)
  live(): { status: string } {
    return { status: 'ok' };
  }

  /**
   * Results can be taken now; 503 with what is wrong otherwise. Rule files that are refused keep nobody from being
   * judged: the last good version goes on, and is told here; so is what the watchdog has raised.
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Record<string, unknown>> {
    const { isReady, checks } = await this.readiness.ask();
    void reply.status(isReady ? 200 : 503);
    const alarms = isReady ? await this.#alarms() : [];
    return { status: isReady ? 'ok' : 'not ready', checks, alarms, rules: this.#rulesHealth() };
  }

  /** Which kinds of things are stuck; no name of a feed, since this is read without a key. */
  async #alarms(): Promise<{ kind: string; since: string }[]> {
    const open = await this.watchdog.alarms();
    return open.map(({ kind, since }) => ({ kind, since: since.toISOString() }));
  }

  #rulesHealth(): RulesHealth {
    const { current, inForceSince, refusal, gone } = this.rules;
    return {
      status: refusal ? 'files refused' : 'in force',
      version: current.version,
      inForceSince: inForceSince.toISOString(),
      refused: refusal && {
        since: refusal.at.toISOString(),
        count: refusal.faults.length,
        faults: refusal.faults
          .slice(0, MOST_FAULTS_SHOWN)
          .map(({ path, message }) => (path ? `${path}: ${message}` : message)),
      },
      gone: gone.map(({ rule }) => rule),
    };
  }
}
