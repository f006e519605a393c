import { ConsoleLogger } from '@nestjs/common';

/** What the framework says about its own wiring at every start. */
const WIRING = new Set([
  'InstanceLoader',
  'RouterExplorer',
  'RoutesResolver',
  'NestFactory',
  'NestApplication',
]);

/** The framework's own report of a failed start: `explain` says it in plain words instead. */
const FAILED_START = 'ExceptionHandler';

/**
 * One line a message: JSON where a machine reads, colours on a terminal. Nobody's data belongs here: log ids and codes.
 */
export class ServiceLogger extends ConsoleLogger {
  constructor() {
    super({ json: !process.stdout.isTTY, logLevels: ['log', 'warn', 'error', 'fatal'] });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && WIRING.has(context)) return;
    super.log(message, ...rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) !== FAILED_START) super.error(message, ...rest);
  }
}

/** For the command line: standard output belongs to the command's own result. */
export class StderrLogger extends ConsoleLogger {
  constructor() {
    super({ logLevels: ['warn', 'error', 'fatal'] });
  }

  override error(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) !== FAILED_START) super.error(message, ...rest);
  }

  protected override printMessages(
    ...[messages, context, logLevel, _stream, errorStack, params]: Parameters<ConsoleLogger['printMessages']>
  ): void {
    super.printMessages(messages, context, logLevel, 'stderr', errorStack, params);
  }
}
