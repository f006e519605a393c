import { promisify } from 'node:util';
import { constants, deflateRaw, deflateRawSync, inflateRaw } from 'node:zlib';
import { type Vault } from './vault.js';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
/** Lab messages repeat themselves so much that the fastest level already reaches a tenth of the size. */
const OPTIONS = { level: constants.Z_BEST_SPEED, memLevel: 9 };

/** Below this, handing the work to another thread costs more than doing it. */
const SMALL = 8192;

/** Compresses and seals a text; a large one off the main thread, since it is the largest single piece of work of a request. */
export async function sealText(vault: Vault, text: string | Buffer, context: string): Promise<Buffer> {
  const compressed = text.length < SMALL ? deflateRawSync(text, OPTIONS) : await deflate(text, OPTIONS);
  return vault.seal(compressed, context);
}

export async function openText(vault: Vault, sealed: Buffer, context: string): Promise<string> {
  return (await inflate(vault.open(sealed, context))).toString('utf8');
}
