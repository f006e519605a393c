import { promisify } from 'node:util';
import { constants, deflateRaw, inflateRaw } from 'node:zlib';
import { type Vault } from './vault.js';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
/** Lab messages repeat themselves so much that the fastest level already reaches a tenth of the size. */
const OPTIONS = { level: constants.Z_BEST_SPEED, memLevel: 9 };

/** Compresses and seals a text; off the main thread, since it is the largest single piece of work of a request. */
export async function sealText(vault: Vault, text: string | Buffer, context: string): Promise<Buffer> {
  return vault.seal(await deflate(text, OPTIONS), context);
}

export async function openText(vault: Vault, sealed: Buffer, context: string): Promise<string> {
  return (await inflate(vault.open(sealed, context))).toString('utf8');
}
