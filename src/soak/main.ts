import { keepEvidence } from './keep-evidence.js';
import { readOptions } from './options.js';
import { renderReport } from './report.js';
import { soak } from './run.js';

/** `npm run soak -- --db sqlite|mysql`: see options.ts for the rest. Exit code 1 when anything was wrong. */
const options = readOptions(process.argv);

await keepEvidence(
  (say, cleanup) => soak({ ...options, plantsLosses: true, say }, cleanup),
  (result) => (options.json ? JSON.stringify({ ...options, ...result }) : renderReport(options, result)),
);
