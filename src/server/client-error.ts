import { STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { toOperationOutcome } from '../fhir/domain/operation-outcome.js';
import { AppError } from '../kernel/index.js';
import { problemOf } from './refusal.filter.js';

/** What Node tells of a request that it could not read, and what had come of it. */
type ClientError = Error & { code?: string; rawPacket?: unknown };

const BY_CODE: Partial<Record<string, [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The address and the headers are too long together.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come to its end in time.'],
};

const SEARCH_BY_FORM = 'A long search is sent by POST to _search, what it looks for as a form.';

/** Answers what never became a request, so that no route and no filter sees it. */
export function answerClientError(error: ClientError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, message] = BY_CODE[error.code ?? ''] ?? [400, 'The request is not well formed.'];
  if (socket.writable) {
    const begun = Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString('latin1', 0, 32) : '';
    const isFhir = /^[A-Z]+ \/fhir[/? ]/.test(begun);
    const isSearch = isFhir && status === 431;
    const refusal = new AppError('invalid-request', isSearch ? `${message} ${SEARCH_BY_FORM}` : message);
    const [type, body] = isFhir
      ? ['application/fhir+json', toOperationOutcome(refusal.faults)]
      : ['application/problem+json', { ...problemOf(refusal), status }];
    const text = JSON.stringify(body);
    socket.write(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        `Content-Type: ${type}; charset=utf-8`,
        `Content-Length: ${Buffer.byteLength(text)}`,
        'Cache-Control: no-store',
        'Connection: close',
        '',
        text,
      ].join('\r\n'),
    );
  }
  socket.destroy(error);
}
