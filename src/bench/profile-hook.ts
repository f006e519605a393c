import { writeFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector';

/**
 * Loaded into the service by `--import` when a profile is wanted: SIGUSR2 begins it, a second SIGUSR2 writes it.
 * (`--cpu-prof` would write at a clean exit only, and would count the start.)
 */
const session = new Session();
session.connect();
session.post('Profiler.enable');
let running = false;

process.on('SIGUSR2', () => {
  running = !running;
  if (running) session.post('Profiler.start');
  else session.post('Profiler.stop', keep);
});

function keep(fault: Error | null, { profile }: Profiler.StopReturnType): void {
  const file = process.env['BENCH_PROFILE'];
  if (!fault && file) writeFileSync(file, JSON.stringify(profile));
}
