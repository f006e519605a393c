import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceProcess } from '../rig/index.js';

const PROFILE_HOOK = resolve(fileURLToPath(import.meta.url), '../profile-hook.js');

/** Starts the built service, with the profiler loaded into it when a profile is wanted. */
export async function startService(
  databaseUrl: string,
  folder: string,
  profile: string | null,
): Promise<ServiceProcess> {
  const service = await ServiceProcess.create({
    databaseUrl,
    folder,
    flags: profile ? ['--import', PROFILE_HOOK] : [],
    env: profile ? { BENCH_PROFILE: resolve(profile) } : {},
  });
  try {
    await service.start();
  } catch (fault) {
    await service.stop();
    throw fault;
  }
  return service;
}

/** Begins or ends the CPU profile (see profile-hook.ts). */
export async function toggleProfile(service: ServiceProcess): Promise<void> {
  service.signal('SIGUSR2');
  await sleep(1500);
}

/** Peak resident memory of a process so far, in bytes, and of those it started (Linux; else NaN). */
export function peakMemory(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    const own = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    return children.reduce((sum, child) => sum + (peakMemory(Number(child)) || 0), own);
  } catch {
    return Number.NaN;
  }
}

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

/** Processor time of a process so far, all its threads, in milliseconds (Linux; else NaN). */
export function cpuTime(pid: number | undefined): number {
  try {
    // After the name in brackets: state is the third field, user and system time the fourteenth and fifteenth.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}
