import { writeSync } from 'node:fs';
import { Cleanup } from '../rig/index.js';

/** Runs a soak, telling on stderr how it goes. Exit code 1 when anything was wrong; then logs and database are kept. */
export async function keepEvidence<Result extends { faults: readonly unknown[] }>(
  soak: (say: (text: string) => void, cleanup: Cleanup) => Promise<Result>,
  report: (result: Result) => string,
): Promise<void> {
  const cleanup = new Cleanup().onInterrupt();
  const begun = performance.now();
  const say = (text: string): void => {
    const seconds = Math.round((performance.now() - begun) / 1000);
    writeSync(2, `${String(seconds).padStart(4)} s  ${text} …\n`);
  };
  let isWell = false;
  try {
    const result = await soak(say, cleanup);
    console.log(report(result));
    isWell = result.faults.length === 0;
  } finally {
    const kept = await cleanup.run({ keepsEvidence: !isWell });
    if (kept.length > 0) console.error(`logs and database are kept in ${kept.join(', ')}`);
    process.exitCode = isWell ? 0 : 1;
  }
}
