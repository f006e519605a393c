import { ValidationPipe } from '@nestjs/common';
import { type ValidationError } from 'class-validator';
import { AppError, type Fault } from '../kernel/index.js';

/** Refuses what a DTO doesn't allow, naming every parameter; what was sent is not repeated. */
export const VALIDATE = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  exceptionFactory: (errors) => new AppError(errors.flatMap(faultsOf)),
});

function faultsOf({ property, constraints }: ValidationError): Fault[] {
  // An unknown one may be anything that somebody typed: what holds digits may be a number of a person.
  const path = /^[A-Za-z_]{1,40}$/.test(property) ? property : '*';
  return Object.entries(constraints ?? { invalid: 'is invalid' }).map(([kind, message]) => ({
    code: 'invalid-request',
    message: kind === 'whitelistValidation' ? 'is not known here' : message,
    path,
  }));
}
