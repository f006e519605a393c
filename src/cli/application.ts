import { type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { StderrLogger } from '../server/logger.js';

/**
 * Runs a command's work with a part of the service (no HTTP), and closes it whatever happens. The database is migrated
 * when this returns to the work.
 */
export async function withService<T>(
  module: Type,
  work: (service: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const service = await NestFactory.createApplicationContext(module, {
    logger: new StderrLogger(),
    abortOnError: false,
  });
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}

/** The command can't do what was asked; the message is for the person at the keyboard. */
export class CommandError extends Error {}
