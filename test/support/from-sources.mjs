import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transformSync } from '@swc/core';
import jest from '../../jest.config.js';

/**
 * `node --import` this, and Node runs the TypeScript sources as Jest does: a process of its own, and never an old build.
 * Node loads this file a second time beside the program, for the two hooks.
 */
if (isMainThread) register(import.meta.url);

const [, swc] = jest.transform['^.+\\.ts$'];

/** `./room.js` means `./room.ts` where the sources are run. */
export function resolve(specifier, context, next) {
  if (/^\.{1,2}\/.+\.js$/.test(specifier) && context.parentURL?.endsWith('.ts')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return next(source.href, context);
  }
  return next(specifier, context);
}

export function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swc, filename });
  return { format: 'module', source: code, shortCircuit: true };
}
