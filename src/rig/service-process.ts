import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { builtProgram, type Program } from './program.js';

/** A busy machine may take long. */
const READY_WITHIN_MS = 120_000;
const READY_POLL_MS = 50;
const MOST_OUTPUT = 1 << 28;
const SECRET_KEY = 'for the rig alone, where nothing is secret';

export interface ServiceSettings {
  databaseUrl: string;
  /** Where the log is written. */
  folder: string;
  /** Tells the logs of several apart. */
  name?: string;
  /** What is run; the built service when left out. */
  program?: Program;
  /** Further flags of Node, and variables. */
  flags?: readonly string[];
  env?: NodeJS.ProcessEnv;
}

/** How a command ended. */
export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** The service as a process of its own, which can be started, stopped and killed, always on the same port. */
export class ServiceProcess {
  readonly name: string;
  readonly #program: Program;
  readonly #flags: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  readonly #log: string;
  #child: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    settings: ServiceSettings,
  ) {
    this.name = settings.name ?? 'service';
    this.#program = settings.program ?? builtProgram();
    this.#flags = settings.flags ?? [];
    this.#log = join(settings.folder, `${this.name}.log`);
    this.#env = {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: settings.databaseUrl,
      SECRET_KEY,
      NODE_ENV: 'production',
      ...settings.env,
    };
  }

  static async create(settings: ServiceSettings): Promise<ServiceProcess> {
    return new ServiceProcess(await freePort(), settings);
  }

  /** Starts the process and waits until it is ready. @throws Error with the end of its log */
  async start(): Promise<void> {
    this.launch();
    await this.untilReady();
  }

  /** Starts the process. */
  launch(): void {
    const log = openSync(this.#log, 'a');
    const { flags, service } = this.#program;
    this.#child = spawn(process.execPath, [...flags, ...this.#flags, service], {
      env: this.#env,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
  }

  /** @throws Error with the end of its log when the process ends, or takes two minutes */
  async untilReady(): Promise<void> {
    const until = performance.now() + READY_WITHIN_MS;
    while (performance.now() < until && this.isRunning) {
      if (await this.isReady()) return;
      await sleep(READY_POLL_MS);
    }
    const { exitCode, signalCode } = this.#child ?? {};
    const what = this.isRunning ? 'did not become ready' : `ended (${exitCode ?? signalCode})`;
    throw new Error(`the ${this.name} ${what}:\n${this.logEnd()}`);
  }

  /** Whether results can be taken now. */
  async isReady(): Promise<boolean> {
    try {
      return (await fetch(`http://127.0.0.1:${this.port}/health/ready`)).ok;
    } catch {
      return false;
    }
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** The last words of the service. */
  logEnd(): string {
    return readFileSync(this.#log, 'utf8').slice(-2000);
  }

  /** Runs a `firstcall` command on the same database to its end. */
  command(...words: string[]): Promise<Ran> {
    const { flags, commands } = this.#program;
    return new Promise((ran) => {
      const options = { env: this.#env, maxBuffer: MOST_OUTPUT };
      const child = execFile(process.execPath, [...flags, commands, ...words], options, (_, out, err) => {
        ran({ code: child.exitCode, out: out.trim(), err: err.trim() });
      });
    });
  }

  /** Makes a key: the last line that the command prints. @throws Error with what it said when there is none */
  async makeKey(scope: 'feed' | 'read' | 'admin'): Promise<string> {
    const { code, out, err } = await this.command('keys', 'create', '--name', 'rig', '--scope', scope);
    if (code !== 0) throw new Error(`no key was made (${code}): ${err.slice(-2000)}`);
    return out.split('\n').at(-1) ?? '';
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** `kill -9`, and the end of the process. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As a service manager stops it; killed when it takes more than ten seconds. */
  async stop(): Promise<void> {
    const hard = setTimeout(() => this.signal('SIGKILL'), 10_000);
    await this.#end('SIGTERM');
    clearTimeout(hard);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || !this.isRunning) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  }
}
