import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { isUnavailable } from '../database/index.js';
import { toOperationOutcome } from '../fhir/domain/operation-outcome.js';
import { AppError, ConflictError, type ErrorCode, ERROR_CODES, type Fault, newId } from '../kernel/index.js';
import { summaryOf } from './error-summary.js';

const RETRY_AFTER_SECONDS = 1;

/** What the framework refuses by itself, in our words; its own would quote the request. */
const BY_STATUS: Partial<Record<number, { code: ErrorCode; message: string }>> = {
  400: { code: 'invalid-request', message: 'The request is not well formed.' },
  404: { code: 'not-found', message: 'There is nothing at this address.' },
  405: { code: 'method-not-allowed', message: 'This is not done here.' },
  413: { code: 'too-large', message: 'The body is too large.' },
  414: { code: 'invalid-request', message: 'The address is too long.' },
  415: {
    code: 'unsupported-encoding',
    message:
      'Send application/fhir+json or application/json, in UTF-8; what a _search looks for as application/x-www-form-urlencoded.',
  },
};

/** The one place where a refusal becomes an answer: OperationOutcome under /fhir, problem JSON elsewhere. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  readonly #logger = new Logger('Refusal');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const refusal = this.#refusalOf(error, request);
    if (refusal.code === 'try-again') reply.header('Retry-After', RETRY_AFTER_SECONDS);
    if (refusal.code === 'unauthenticated') reply.header('WWW-Authenticate', 'Bearer');
    const isFhir = /^\/fhir(?:[/?]|$)/.test(request.raw.url ?? '');
    const [type, body] = isFhir
      ? ['application/fhir+json; charset=utf-8', toOperationOutcome(refusal.faults)]
      : ['application/problem+json; charset=utf-8', problemOf(refusal)];
    void reply.status(statusOf(error, refusal)).type(type).send(body);
  }

  #refusalOf(error: unknown, request: FastifyRequest): AppError {
    if (error instanceof AppError && error.code !== 'internal') return error;
    if (isUnavailable(error)) return new AppError('try-again', 'The database is busy or away.');
    const known = BY_STATUS[httpStatusOf(error)];
    if (known) return new AppError(known.code, known.message);
    const reference = newId().slice(-8);
    const { method, routeOptions } = request;
    const { what, frames } = summaryOf(error);
    this.#logger.error(`${reference} ${method} ${routeOptions.url ?? 'unknown route'}: ${what}`, frames);
    return new AppError('internal', `Firstcall failed on this; the log has it as ${reference}.`);
  }
}

function httpStatusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode < 500 ? statusCode : 0;
}

/** 408 and the like have no code of ours, but keep their status. */
function statusOf(error: unknown, refusal: AppError): number {
  const status = httpStatusOf(error);
  return refusal.code === 'invalid-request' && status >= 400 && status < 500 ? status : refusal.status;
}

/** The answer to a refusal outside /fhir. */
export function problemOf(refusal: AppError): Record<string, unknown> {
  const errors: Fault[] = refusal.faults.map(({ code, message, path }) => ({ code, message, path }));
  return {
    type: `urn:firstcall:error:${refusal.code}`,
    title: refusal.code,
    status: ERROR_CODES[refusal.code].status,
    detail: refusal.message,
    errors,
    ...(refusal instanceof ConflictError && { now: refusal.now }),
  };
}
