import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IANAZone } from 'luxon';
import { type MessagingConfig, readMessaging } from './messaging-config.js';

export type DatabaseKind = 'sqlite' | 'mysql';

/** All configuration, read once and validated. Paths are absolute. */
export interface Config {
  port: number;
  host: string;
  database: { kind: DatabaseKind; url: string };
  rulesDir: string;
  /** A centre's own files over those of `rulesDir`; null where there are none. */
  overlayDir: string | null;
  /** The packs that come with the service: where a folder of one's own leaves a file out. */
  shippedRulesDir: string;
  vocabularyDir: string;
  /** The built workbench; there may be none. */
  webDir: string;
  timeZone: string;
  secretKey: string;
  previousSecretKey: string | null;
  messaging: MessagingConfig;
  warnings: string[];
}

export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Configuration is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const PACKAGE_ROOT = packageRoot(dirname(fileURLToPath(import.meta.url)));
const SHORTEST_SECRET = 32;

/** The database that `DATABASE_URL` names; entities ask before anything is connected, because column types differ. */
export function databaseKind(url = process.env['DATABASE_URL']): DatabaseKind {
  return /^(mysql|mariadb):/.test(url ?? '') ? 'mysql' : 'sqlite';
}

/**
 * Reads the environment and lists every fault at once.
 * @throws ConfigError naming each variable, what was found and what is expected.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const faults: string[] = [];
  const warnings: string[] = [];
  const port = Number(env['PORT'] || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    faults.push(`PORT must be a whole number from 0 to 65535, found "${env['PORT']}"`);
  }
  const url = env['DATABASE_URL'] || 'sqlite:var/firstcall.sqlite';
  if (!/^sqlite:.+|^(mysql|mariadb):\/\/[^/]+\/[^/?]+/.test(url)) {
    faults.push('DATABASE_URL must be sqlite:PATH or mysql://user:password@host:port/database');
  }
  const timeZone = env['TZ'] || 'Asia/Shanghai';
  if (!IANAZone.isValidZone(timeZone)) {
    faults.push(notAZone(timeZone));
  }
  // Whether the folder can be read is asked when the rules are: without it, the last version in force goes on.
  const rulesDir = fromRoot(env['RULES_DIR'] || 'rules');
  const overlayDir = overlayFolder(env, rulesDir, faults);
  const previous = env['SECRET_KEY_PREVIOUS'] || null;
  for (const [name, value] of [
    ['SECRET_KEY', env['SECRET_KEY']],
    ['SECRET_KEY_PREVIOUS', previous],
  ] as const) {
    if (value && value.length < SHORTEST_SECRET) {
      faults.push(`${name} must have ${SHORTEST_SECRET} characters or more, found ${value.length}`);
    }
  }
  const messaging = readMessaging(env, fromRoot, faults, warnings);
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    port,
    host: env['HOST'] || '0.0.0.0',
    database: { kind: databaseKind(url), url: databaseUrl(url) },
    rulesDir,
    overlayDir,
    shippedRulesDir: resolve(PACKAGE_ROOT, 'rules'),
    vocabularyDir: resolve(PACKAGE_ROOT, 'vocabulary'),
    webDir: resolve(PACKAGE_ROOT, 'web/dist'),
    timeZone,
    secretKey: env['SECRET_KEY'] || keptSecret(warnings),
    previousSecretKey: previous,
    messaging,
    warnings,
  };
}

/** A folder for what may be made again, under the project's root. */
export function variableFolder(name: string): string {
  const path = resolve(PACKAGE_ROOT, 'var', name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

/** Names the database of this process. To be called before anything else of the service is loaded. */
export function useDatabase(url: string): void {
  process.env['DATABASE_URL'] = url;
}

/** The folders of rules and vocabulary, and the centre's zone: what checks rules needs neither database nor key. */
export function readFolders(
  env: NodeJS.ProcessEnv = process.env,
): Pick<Config, 'rulesDir' | 'overlayDir' | 'shippedRulesDir' | 'vocabularyDir' | 'timeZone'> {
  const faults: string[] = [];
  const rulesDir = fromRoot(env['RULES_DIR'] || 'rules');
  const overlayDir = overlayFolder(env, rulesDir, faults);
  const timeZone = env['TZ'] || 'Asia/Shanghai';
  if (!IANAZone.isValidZone(timeZone)) faults.push(notAZone(timeZone));
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    timeZone,
    rulesDir,
    overlayDir,
    shippedRulesDir: resolve(PACKAGE_ROOT, 'rules'),
    vocabularyDir: resolve(PACKAGE_ROOT, 'vocabulary'),
  };
}

/** One folder inside the other would be read twice. */
function overlayFolder(env: NodeJS.ProcessEnv, rulesDir: string, faults: string[]): string | null {
  if (!env['RULES_OVERLAY_DIR']) return null;
  const overlayDir = fromRoot(env['RULES_OVERLAY_DIR']);
  const [inside, outside] = [relative(rulesDir, overlayDir), relative(overlayDir, rulesDir)];
  if ([inside, outside].some((path) => !isAbsolute(path) && !/^\.\.([\\/]|$)/.test(path))) {
    faults.push(
      `RULES_OVERLAY_DIR must be a folder beside RULES_DIR, not in it or around it, found ${overlayDir}`,
    );
  }
  return overlayDir;
}

function notAZone(found: string): string {
  return `TZ must be an IANA time zone such as Asia/Shanghai, found "${found}"`;
}

/** A relative path of the environment is meant from the project's root, wherever the process was started. */
function fromRoot(path: string): string {
  return isAbsolute(path) ? path : resolve(PACKAGE_ROOT, path);
}

function databaseUrl(url: string): string {
  if (!url.startsWith('sqlite:')) return url;
  const path = url.slice('sqlite:'.length);
  return path === ':memory:' ? url : `sqlite:${fromRoot(path)}`;
}

/** Without SECRET_KEY a key is made once and kept under var/; whoever loses it loses the encrypted data. */
function keptSecret(warnings: string[]): string {
  const path = resolve(PACKAGE_ROOT, 'var', 'secret.key');
  warnings.push(`SECRET_KEY is not set: using the key kept in ${path}. Back it up, or set SECRET_KEY.`);
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8').trim();
}

function packageRoot(from: string): string {
  return existsSync(resolve(from, 'package.json')) ? from : packageRoot(dirname(from));
}

/** The version of this build, as package.json names it. */
export function serviceVersion(): string {
  const { version } = JSON.parse(readFileSync(resolve(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
