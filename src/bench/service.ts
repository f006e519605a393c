import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

/** `dist/`, where this file is run from. */
const DIST = resolve(fileURLToPath(import.meta.url), '../../..');
const START_WITHIN_MS = 60_000;

/** The built service as a process of its own, on a database of its own. */
export class Service {
  readonly #env: NodeJS.ProcessEnv;
  readonly #log: string;
  #child: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    databaseUrl: string,
    folder: string,
    private readonly profile: string | null,
  ) {
    this.#log = join(folder, 'service.log');
    this.#env = {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: databaseUrl,
      SECRET_KEY: 'bench-only-bench-only-bench-only-key',
      NODE_ENV: 'production',
      ...(profile ? { BENCH_PROFILE: resolve(profile) } : {}),
    };
  }

  /** Starts the service and waits until it is ready. @throws Error with the end of its log. */
  static async start(databaseUrl: string, folder: string, profile: string | null): Promise<Service> {
    const service = new Service(await freePort(), databaseUrl, folder, profile);
    await service.#launch();
    return service;
  }

  async #launch(): Promise<void> {
    const log = openSync(this.#log, 'a');
    const hook = this.profile ? ['--import', join(DIST, 'src/bench/profile-hook.js')] : [];
    this.#child = spawn(process.execPath, [...startFlags(), ...hook, join(DIST, 'src/main.js')], {
      env: this.#env,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const until = performance.now() + START_WITHIN_MS;
    while (performance.now() < until && this.#child.exitCode === null) {
      if (await this.#ready()) return;
      await sleep(100);
    }
    await this.stop();
    throw new Error(`the service did not become ready:\n${this.logEnd()}`);
  }

  /** The last words of the service. */
  logEnd(): string {
    return readFileSync(this.#log, 'utf8').slice(-2000);
  }

  async #ready(): Promise<boolean> {
    try {
      return (await fetch(`http://127.0.0.1:${this.port}/health/ready`)).ok;
    } catch {
      return false;
    }
  }

  /** Runs a `firstcall` command on the same database and returns what it printed. @throws Error when it fails. */
  command(...args: string[]): string {
    const run = spawnSync(process.execPath, [join(DIST, 'src/cli/main.js'), ...args], {
      env: { ...this.#env, BENCH_PROFILE: undefined },
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    if (run.status !== 0)
      throw new Error(`firstcall ${args[0]} failed (${run.status}): ${run.stderr.slice(-2000)}`);
    return run.stdout.trim();
  }

  /** Makes a key: the last line that the command prints. */
  makeKey(scope: 'feed' | 'read'): string {
    return this.command('keys', 'create', '--name', 'bench', '--scope', scope).split('\n').at(-1) ?? '';
  }

  async read(path: string, key: string): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    if (!answer.ok)
      throw new Error(`GET ${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    return answer.json();
  }

  /** Peak resident memory of the service so far, in bytes, and of the processes it started (Linux; else NaN). */
  peakMemory(): number {
    return this.#child?.pid === undefined ? Number.NaN : peakOf(this.#child.pid);
  }

  /** Processor time of the service so far, all threads, in milliseconds (Linux; else NaN). */
  cpuTime(): number {
    return this.#child?.pid === undefined ? Number.NaN : cpuOf(this.#child.pid);
  }

  /** Begins or ends the CPU profile (see profile-hook.ts). */
  async toggleProfile(): Promise<void> {
    if (!this.profile) return;
    this.#child?.kill('SIGUSR2');
    await sleep(1500);
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(hard);
  }
}

function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    const own = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    return children.reduce((sum, child) => sum + (peakOf(Number(child)) || 0), own);
  } catch {
    return Number.NaN;
  }
}

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

function cpuOf(pid: number): number {
  try {
    // After the name in brackets: state is the third field, user and system time the fourteenth and fifteenth.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}

/** The flags with which `npm start` runs Node. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(resolve(DIST, '../package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer().on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? found(address.port) : failed(new Error('no port')),
      );
    });
  });
}
