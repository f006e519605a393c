import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How Node runs the service and its commands. */
export interface Program {
  flags: readonly string[];
  service: string;
  commands: string;
}

/** `dist/`, where this file is run from once it is built. */
const DIST = resolve(fileURLToPath(import.meta.url), '../../..');

/** What `npm run build` made, run as `npm start` and `npm run firstcall` run it. */
export function builtProgram(): Program {
  const { scripts } = JSON.parse(readFileSync(resolve(DIST, '../package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return {
    flags: scripts.start.split(' ').filter((word) => word.startsWith('--')),
    service: resolve(DIST, 'src/main.js'),
    commands: resolve(DIST, 'src/cli/main.js'),
  };
}
