import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

/** Ends the address under which it is loaded that second time. */
const HOOKS = '?hooks';

/**
 * `node --import` this, and Node runs the TypeScript sources as they stand, with the decorators that Nest and TypeORM
 * read: the tests, and the processes that tests start, never an old build.
 * Node loads this file a second time beside the program, for the two hooks.
 */
if (!import.meta.url.endsWith(HOOKS)) register(import.meta.url + HOOKS);

const swc = {
  swcrc: false,
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    experimental: { keepImportAttributes: true },
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** `./room.js` means `./room.ts` where the sources are run. */
export function resolve(specifier, context, next) {
  if (/^\.{1,2}\/.+\.js$/.test(specifier) && isTypeScript(context.parentURL)) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return next(source.href, context);
  }
  return next(specifier, context);
}

export function load(url, context, next) {
  if (!isTypeScript(url)) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swc, filename });
  return { format: 'module', source: code, shortCircuit: true };
}

/** The runner imports each spec file by an address of its own (`…spec.ts?1764243000000`), so that it is read anew. */
function isTypeScript(url) {
  return url !== undefined && /^file:[^?#]+\.ts(?:\?|$)/.test(url);
}
