import { writeSync } from 'node:fs';
import { Cleanup } from '../rig/index.js';
import { readOptions } from './options.js';
import { renderReport } from './report.js';
import { soak } from './run.js';

/** `npm run soak -- --db sqlite|mysql`: see options.ts for the rest. Exit code 1 when anything was wrong. */
const options = readOptions(process.argv);
const cleanup = new Cleanup().onInterrupt();
const begun = performance.now();
const say = (text: string): void => {
  const seconds = Math.round((performance.now() - begun) / 1000);
  writeSync(2, `${String(seconds).padStart(4)} s  ${text} …\n`);
};

let isWell = false;
try {
  const result = await soak({ ...options, plantsLosses: true, say }, cleanup);
  console.log(options.json ? JSON.stringify({ ...options, ...result }) : renderReport(options, result));
  isWell = result.faults.length === 0;
} finally {
  const kept = await cleanup.run({ keepsEvidence: !isWell });
  if (kept.length > 0) console.error(`logs and database are kept in ${kept.join(', ')}`);
  process.exitCode = isWell ? 0 : 1;
}
