import { promisify } from 'node:util';
import {
  brotliCompress,
  brotliCompressSync,
  brotliDecompress,
  brotliDecompressSync,
  constants,
  inflateRaw,
} from 'node:zlib';
import { type Vault } from './vault.js';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const inflate = promisify(inflateRaw);
/**
 * Laboratory messages repeat themselves so much that nearly the fastest quality reaches a tenth of the size: 57 KB in
 * 0.06 ms, half the time of deflate at its fastest, and smaller (measured).
 */
const OPTIONS = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
/** Below this, compressing costs more than it saves. */
const SMALL = 2048;
/** Up to here handing the work to another thread costs more than doing it. */
const SHORT = 256 * 1024;
/** What that packs to, about. */
const SHORT_PACKED = SHORT / 10;
const PLAIN = 0;
/** Written until 0.1, read for ever. */
const DEFLATED = 1;
const BROTLI = 2;

/** Compresses and seals a text; a long one off the main thread. */
export async function sealText(vault: Vault, text: string | Buffer, context: string): Promise<Buffer> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  if (bytes.length < SMALL) return vault.seal(Buffer.concat([Buffer.of(PLAIN), bytes]), context);
  const body = bytes.length < SHORT ? brotliCompressSync(bytes, OPTIONS) : await compress(bytes, OPTIONS);
  return vault.seal(Buffer.concat([Buffer.of(BROTLI), body]), context);
}

/** @throws Error when the value was changed, belongs elsewhere or was sealed with another key */
export async function openText(vault: Vault, sealed: Buffer, context: string): Promise<string> {
  const opened = vault.open(sealed, context);
  return (await unpack(opened[0], opened.subarray(1))).toString('utf8');
}

async function unpack(packing: number | undefined, body: Buffer): Promise<Buffer> {
  switch (packing) {
    case PLAIN:
      return body;
    case DEFLATED:
      return inflate(body);
    case BROTLI:
      return body.length < SHORT_PACKED ? brotliDecompressSync(body) : decompress(body);
    default:
      throw new Error('sealed text of an unknown packing');
  }
}
