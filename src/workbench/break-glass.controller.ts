import { Body, Controller, HttpCode, Inject, Post, Req, UsePipes } from '@nestjs/common';
import {
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { AuditTrail, BreakGlass, Needs, type UserCaller } from '../access/index.js';
import { AppError } from '../kernel/index.js';
import { PersonFinder } from './person-finder.js';
import { VALIDATE } from './validation.js';

class OpenPerson {
  @ApiPropertyOptional({
    description: 'id, as it stands in the address of their page; or else `task`, or name and day of birth',
  })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  person?: string;

  @ApiPropertyOptional({ description: 'id of a task that is about them' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  task?: string;

  @ApiPropertyOptional({ description: 'the whole name' })
  @IsOptional()
  @IsString()
  @Length(1, 255)
  name?: string;

  @ApiPropertyOptional({ example: '1968-03-14' })
  @IsOptional()
  @Matches(/^\d{4}-\d\d-\d\d$/)
  birthDate?: string;

  @ApiProperty({ minLength: 5, maxLength: 255, description: 'why: kept for the auditor, word by word' })
  @IsString()
  @Length(5, 255)
  reason: string;
}

class PersonOpened {
  @ApiProperty()
  personId: string;
  @ApiProperty({ format: 'date-time', description: 'until then; it can be opened again' })
  until: string;
}

/** Somebody who is not one's own, in need: opened with a reason, for an hour, and marked so in the trail. */
@ApiTags('people')
@Needs('break-glass')
@UsePipes(VALIDATE)
@Controller('api/break-glass')
export class BreakGlassController {
  constructor(
    @Inject(BreakGlass) private readonly glass: BreakGlass,
    @Inject(PersonFinder) private readonly finder: PersonFinder,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** Opens the one person who is meant. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: PersonOpened })
  @ApiNotFoundResponse({ description: 'nobody, or not one alone' })
  async open(@Body() body: OpenPerson, @Req() { caller }: { caller: UserCaller }): Promise<PersonOpened> {
    const words = body.reason.trim();
    if ([...words].length < 5)
      throw new AppError('invalid-request', 'say why, in 5 characters or more', 'reason');
    const personId = await this.#meant(body);
    if (personId === null) {
      await this.audit.record(caller, {
        action: 'break-glass in vain',
        personIds: [],
        detail: 'nobody found',
      });
      throw new AppError('not-found', 'Nobody, or not one alone, is known by this.');
    }
    const witness = this.audit.witness(caller, { action: 'break-glass', detail: 'opened for an hour' });
    const until = await this.glass.open(caller.id, personId, words, witness);
    return { personId, until: until.toISOString() };
  }

  #meant({ person, task, name, birthDate }: OpenPerson): Promise<string | null> {
    if (person !== undefined) return this.finder.byId(person);
    if (task !== undefined) return this.finder.ofTask(task);
    if (name !== undefined && birthDate !== undefined)
      return this.finder.byNameAndBirth(name.trim(), birthDate);
    throw new AppError('invalid-request', 'say who: an id, a task, or name and day of birth', 'person');
  }
}
