import { applyDecorators, Controller, UsePipes } from '@nestjs/common';
import { ApiBearerAuth, ApiConflictResponse, ApiHeader, ApiNotFoundResponse, ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/index.js';
import { AppError } from '../kernel/index.js';
import { type Versioned } from './task-life.dto.js';
import { VALIDATE } from './validation.js';

/** Routes of those who work tasks: what they change, they say as which version they have read it. */
export function TaskRoutes(): ClassDecorator {
  return applyDecorators(
    ApiTags('tasks'),
    ApiBearerAuth(),
    ApiNotFoundResponse(),
    ApiConflictResponse({ description: 'not as it was read, or another’s: `now` says what is so now' }),
    ApiHeader({ name: 'If-Match', required: false, description: 'the version that was read, as `"3"`' }),
    Needs('work-tasks'),
    UsePipes(VALIDATE),
    Controller('api'),
  );
}

/** The version of the body, or of `If-Match: "3"`. */
export function versionOf({ version }: Versioned, match: string | undefined): number {
  const given = version ?? Number(/^(?:W\/)?"(\d{1,9})"$/.exec(match ?? '')?.[1]);
  if (!Number.isInteger(given))
    throw new AppError('invalid-request', 'say which version was read', 'version');
  return given;
}
