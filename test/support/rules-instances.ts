import { type LoggerService } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { type Config, CONFIG, readConfig } from '../../src/config/index.js';
import { GroundModule } from '../../src/ground.module.js';
import { Clock } from '../../src/kernel/index.js';
import { FilesOnDisk } from '../../src/rules/files-on-disk.js';
import { RuleSetRepository } from '../../src/rules/rule-set.repository.js';
import { RulesModule } from '../../src/rules/rules.module.js';
import { RulesService } from '../../src/rules/rules.service.js';
import { RulesWatch } from '../../src/rules/rules-watch.js';
import { builtDatabase } from './built-database.js';
import { type FreshDatabase } from './database.js';
import { FixedClock } from './fixed-clock.js';
import { RulesFolder } from './rules-folder.js';

export const BLOOD_COUNT = 'important-results/blood-count.yaml';

/** One process on the database, which looks at its files when the test says so. */
export interface RulesInstance {
  rules: RulesService;
  sets: RuleSetRepository;
  watch: RulesWatch;
  clock: FixedClock;
  said: string[];
  nest: TestingModule;
}

/** Instances on one database of their own and one folder, made for a test. */
export class RulesInstances {
  readonly #open: TestingModule[] = [];

  private constructor(
    readonly database: FreshDatabase,
    readonly folder: RulesFolder,
  ) {}

  static async fresh(): Promise<RulesInstances> {
    return new RulesInstances(await builtDatabase(), new RulesFolder());
  }

  async remove(): Promise<void> {
    for (const nest of this.#open.splice(0)) await nest.close();
    await this.database.drop();
    this.folder.remove();
  }

  /** Ends the instance that was started last. */
  async end(): Promise<void> {
    await this.#open.pop()?.close();
  }

  async start(
    rulesDir = this.folder.path,
    port = '3000',
    overlayDir: string | null = null,
  ): Promise<RulesInstance> {
    const said: string[] = [];
    const write = (message: unknown, ...rest: unknown[]): void => {
      if (rest.at(-1) === 'Rules') said.push(String(message));
    };
    const logger: LoggerService = { log: write, warn: write, error: write };
    const clock = new FixedClock('2026-03-02T02:00:00.000Z');
    const env = {
      ...process.env,
      RULES_DIR: rulesDir,
      PORT: port,
      ...(overlayDir !== null && { RULES_OVERLAY_DIR: overlayDir }),
    };
    const config: Config = { ...readConfig(env), database: this.database.database };
    const nest = await Test.createTestingModule({ imports: [GroundModule, RulesModule] })
      .overrideProvider(CONFIG)
      .useValue(config)
      .overrideProvider(Clock)
      .useValue(clock)
      .setLogger(logger)
      .compile();
    this.#open.push(nest);
    await nest.init();
    const rules = nest.get(RulesService);
    const watch = new RulesWatch(config, rules, nest.get(FilesOnDisk));
    await rules.serveAs(`test:${port}`);
    return { rules, sets: nest.get(RuleSetRepository), watch, clock, said, nest };
  }
}

export const limitOf = ({ rules }: RulesInstance): string | undefined =>
  rules.current.rules.find(({ id }) => id === 'important-results/wbc-low')?.leaves[0]?.written;

/** As the timer does, until a change has been seen and was still. */
export async function looks({ watch }: RulesInstance, times = 2): Promise<void> {
  for (let look = 0; look < times; look++) await watch.look();
}
