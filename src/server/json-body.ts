import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { MOST_BYTES, parseJson } from '../fhir/domain/limits.js';
import { AppError } from '../kernel/index.js';
import { breakOf } from './json-break.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The JSON body as it came, unpacked, in UTF-8: what intake keeps. */
    rawBody: Buffer;
  }
}

/** The door is wider than the promise, so that nobody is refused for a few bytes of wrapping. */
export const LARGEST_BODY_BYTES = 2 * MOST_BYTES;

const UNPACK = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/**
 * Reads JSON bodies (FHIR and plain), packed or not; its bytes stay on `request.rawBody`.
 * Form bodies are read for FHIR's `_search` alone.
 */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.decorateRequest('rawBody');
  server.addContentTypeParser(
    ['application/fhir+json', 'application/json'],
    { parseAs: 'buffer', bodyLimit: LARGEST_BODY_BYTES },
    (request, body, done) => {
      if (request.headers['content-encoding'] === undefined) {
        parseInto(request, body as Buffer, done);
        return;
      }
      unpack(body as Buffer, request.headers['content-encoding']).then(
        (unpacked) => parseInto(request, unpacked, done),
        (error: unknown) => done(error as Error),
      );
    },
  );
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 64 * 1024 },
    (_request, body, done) => done(null, body),
  );
}

/**
 * Undoes the Content-Encoding.
 * @throws AppError `too-large`, `invalid-json` (broken packing) or `unsupported-encoding`
 */
async function unpack(body: Buffer, encoding: string): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || name === '') return body;
  const unpacker = (UNPACK as Partial<Record<string, (typeof UNPACK)['gzip']>>)[name];
  if (!unpacker) {
    throw new AppError('unsupported-encoding', 'Content-Encoding must be gzip, deflate, br or absent.');
  }
  try {
    return await unpacker(body, { maxOutputLength: LARGEST_BODY_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new AppError('too-large', `The body unpacks to more than ${LARGEST_BODY_BYTES} bytes.`);
    }
    throw new AppError('invalid-json', `The body is not whole: it does not unpack as ${name}.`);
  }
}

type Done = (error: Error | null, body?: unknown) => void;

function parseInto(request: FastifyRequest, body: Buffer, done: Done): void {
  // No body at all is for the route to refuse: DELETE has none.
  if (body.length === 0) return done(null, undefined);
  if (!isUtf8(body)) return done(new AppError('invalid-json', 'The body is not UTF-8.'));
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  const bytes = hasMark ? body.subarray(3) : body;
  const text = bytes.toString('utf8');
  const parsed = parseJson(text);
  if (parsed.ok) {
    request.rawBody = bytes;
    return done(null, parsed.value);
  }
  const { fault } = parsed;
  if (fault.code !== 'invalid-json') return done(new AppError([fault]));
  const { line, column, what } = breakOf(text);
  done(new AppError('invalid-json', `The body is not JSON: ${what} at line ${line}, column ${column}.`));
}
