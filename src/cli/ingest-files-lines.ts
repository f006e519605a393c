import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** One line of a file as bytes, without its end. A line that is too long comes without bytes. */
export interface ByteLine {
  /** Counts from 1. */
  number: number;
  bytes: Buffer | null;
  /** Bytes of the file read so far; of a .gz, of the compressed file. */
  position: number;
}

const NEWLINE = 0x0a;

/**
 * Reads a (gzipped) file line by line and holds no more than one line.
 * @param longest bytes; a longer line is passed over and yielded without its bytes
 * @throws the errors of reading and unpacking
 */
export async function* byteLines(path: string, longest: number): AsyncGenerator<ByteLine> {
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  // The callback keeps a failed read from being thrown twice; the loop below sees it through the last stream.
  const source = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
  let number = 1;
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  const finish = (last: Buffer): ByteLine => {
    const tooLong = carriedBytes + last.length > longest;
    const bytes = tooLong ? null : carried.length > 0 ? Buffer.concat([...carried, last]) : last;
    carried = [];
    carriedBytes = 0;
    return { number: number++, bytes, position: file.bytesRead };
  };
  for await (const chunk of source as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      yield finish(chunk.subarray(from, end));
      from = end + 1;
    }
    carriedBytes += chunk.length - from;
    if (carriedBytes <= longest) carried.push(chunk.subarray(from));
    else carried = [];
  }
  if (carriedBytes > 0) yield finish(Buffer.alloc(0));
}
