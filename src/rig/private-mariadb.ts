import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { statement } from './fresh-database.js';

const ANSWERS_WITHIN_MS = 120_000;
const POLL_MS = 50;
/** Where Debian keeps servers; not on everybody's path. */
const SERVER_PATHS = ':/usr/local/sbin:/usr/sbin:/sbin';
/** As docs/operations.md asks of a server: every commit is on the disk before it is acknowledged. */
const SETTINGS = ['--innodb-flush-log-at-trx-commit=1', '--max-allowed-packet=64M'];

/** A MariaDB server of one's own in a temporary folder, which may be killed. Needs an installed mariadb-server. */
export class PrivateMariadb {
  readonly name = 'database';
  readonly #data: string;
  #child: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {
    this.#data = join(folder, 'mariadb');
  }

  /** Makes an empty server in the folder. @throws Error when MariaDB is not installed */
  static async create(folder: string): Promise<PrivateMariadb> {
    const server = new PrivateMariadb(folder, await freePort());
    const install = ['--auth-root-authentication-method=normal', '--skip-test-db'];
    execFileSync('mariadb-install-db', [...server.#options(), ...install], { env: ENV, stdio: 'pipe' });
    return server;
  }

  get url(): string {
    return `mysql://root@127.0.0.1:${this.port}`;
  }

  /** Starts the server, or starts it again, and waits until it answers. @throws Error with the end of its log */
  async start(): Promise<void> {
    this.launch();
    await this.untilReady();
  }

  launch(): void {
    const log = openSync(this.#log, 'a');
    const here = ['--bind-address=127.0.0.1', `--port=${this.port}`, `--socket=${this.#data}/s.sock`];
    const own = [...here, `--pid-file=${this.#data}/pid`, ...SETTINGS];
    this.#child = spawn('mariadbd', [...this.#options(), ...own], { env: ENV, stdio: ['ignore', log, log] });
    closeSync(log);
  }

  /** @throws Error with the end of its log when the server ends, or takes two minutes */
  async untilReady(): Promise<void> {
    const until = performance.now() + ANSWERS_WITHIN_MS;
    while (performance.now() < until && this.isRunning) {
      try {
        return await statement(this.url, 'SELECT 1');
      } catch {
        await sleep(POLL_MS);
      }
    }
    throw new Error(`MariaDB does not answer:\n${readFileSync(this.#log, 'utf8').slice(-2000)}`);
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** `kill -9`, and the end of the process. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  get #log(): string {
    return join(this.folder, 'mariadb.log');
  }

  #options(): string[] {
    // MariaDB refuses to run as root unless it is told to.
    const user = process.getuid?.() === 0 ? ['--user=root'] : [];
    return ['--no-defaults', `--datadir=${this.#data}`, ...user];
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || !this.isRunning) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  }
}

const ENV = { ...process.env, PATH: `${process.env['PATH'] ?? ''}${SERVER_PATHS}` };
