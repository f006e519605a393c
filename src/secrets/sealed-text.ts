import { promisify } from 'node:util';
import { constants, deflateRaw, deflateRawSync, inflateRaw } from 'node:zlib';
import { type Vault } from './vault.js';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
/** Lab messages repeat themselves so much that the fastest level already reaches a tenth of the size. */
const OPTIONS = { level: constants.Z_BEST_SPEED };
/** Below this, compressing costs more than it saves. */
const SMALL = 2048;
/** Up to here handing the work to another thread costs as much as doing it (measured: 54 KB in 0.3 ms). */
const SHORT = 256 * 1024;
const PLAIN = Buffer.of(0);
const DEFLATED = Buffer.of(1);

/** Compresses and seals a text; a long one off the main thread. */
export async function sealText(vault: Vault, text: string | Buffer, context: string): Promise<Buffer> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  if (bytes.length < SMALL) return vault.seal(Buffer.concat([PLAIN, bytes]), context);
  const body = bytes.length < SHORT ? deflateRawSync(bytes, OPTIONS) : await deflate(bytes, OPTIONS);
  return vault.seal(Buffer.concat([DEFLATED, body]), context);
}

/** @throws Error when the value was changed, belongs elsewhere or was sealed with another key */
export async function openText(vault: Vault, sealed: Buffer, context: string): Promise<string> {
  const opened = vault.open(sealed, context);
  const body = opened.subarray(1);
  return (opened[0] === 0 ? body : await inflate(body)).toString('utf8');
}
