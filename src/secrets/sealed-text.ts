import { promisify } from 'node:util';
import { constants, deflateRaw, inflateRaw } from 'node:zlib';
import { type Vault } from './vault.js';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
/** Lab messages repeat themselves so much that the fastest level already reaches a tenth of the size. */
const OPTIONS = { level: constants.Z_BEST_SPEED };
/** Below this, compressing costs more than it saves. */
const SMALL = 2048;
const PLAIN = Buffer.of(0);
const DEFLATED = Buffer.of(1);

/** Compresses (off the main thread) and seals a text. */
export async function sealText(vault: Vault, text: string | Buffer, context: string): Promise<Buffer> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const [mark, body] = bytes.length < SMALL ? [PLAIN, bytes] : [DEFLATED, await deflate(bytes, OPTIONS)];
  return vault.seal(Buffer.concat([mark, body]), context);
}

/** @throws Error when the value was changed, belongs elsewhere or was sealed with another key */
export async function openText(vault: Vault, sealed: Buffer, context: string): Promise<string> {
  const opened = vault.open(sealed, context);
  const body = opened.subarray(1);
  return (opened[0] === 0 ? body : await inflate(body)).toString('utf8');
}
