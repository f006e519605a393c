import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { generateClients } from '../sample/index.js';

const YEARS = 2;

/** The shipped sample as files, as a checkup centre's systems would send it: one Bundle a line. */
export function writeSample(
  { people, seed, folder }: { people: number; seed: string; folder: string },
  now: Date,
): { people: number; history: string; current: string } {
  const at = join(folder, 'sample');
  mkdirSync(at, { recursive: true });
  const history = join(at, 'history.ndjson');
  const current = join(at, 'current.ndjson');
  const files = { history: openSync(history, 'w'), current: openSync(current, 'w') };
  for (const { era, bundle } of generateClients({ seed, people, now, years: YEARS })) {
    writeSync(era === 'history' ? files.history : files.current, `${JSON.stringify(bundle)}\n`);
  }
  closeSync(files.history);
  closeSync(files.current);
  return { people, history, current };
}
