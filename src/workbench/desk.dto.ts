import { ApiProperty } from '@nestjs/swagger';
import { type Role, ROLES } from '../accounts/index.js';
import { URGENCIES, type Urgency } from '../policy/index.js';
import { LoopShown } from './loop.dto.js';
import { BilingualDto, PersonShown } from './queue.dto.js';

/** Somebody to whom a task may be given. */
export class Colleague {
  @ApiProperty()
  id: string;
  @ApiProperty({ example: '李敏' })
  name: string;
  @ApiProperty({ example: 'lm', description: 'first letters of the name' })
  initials: string;
  @ApiProperty({ enum: ROLES, isArray: true })
  roles: readonly Role[];
}

export class ColleagueList {
  @ApiProperty({ type: [Colleague], description: 'by name, without whoever asks' })
  items: Colleague[];
}

/** A finding that its person was told of, and of which nobody knows yet what became. */
export class Recheck extends LoopShown {
  @ApiProperty({ type: PersonShown })
  person: PersonShown;
  @ApiProperty()
  taskId: string;
  @ApiProperty({ enum: URGENCIES })
  class: Urgency;
  @ApiProperty()
  brief: BilingualDto;
  @ApiProperty()
  isConfidential: boolean;
  @ApiProperty({ description: 'the day agreed on, or the one of the policy, has passed' })
  isOverdue: boolean;
}

export class RecheckPage {
  @ApiProperty({ type: [Recheck], description: 'the earliest due first' })
  items: Recheck[];
  @ApiProperty({ description: 'how many there are in all' })
  total: number;
}
