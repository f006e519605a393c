import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class RuleCounted {
  @ApiProperty()
  rule: string;
  @ApiProperty()
  gained: number;
  @ApiProperty()
  lost: number;
  @ApiProperty({ description: 'of another class, or a review in place of a call' })
  otherwise: number;
}

class LevelMoved {
  @ApiProperty({ type: String, nullable: true })
  from: string | null;
  @ApiProperty({ type: String, nullable: true })
  to: string | null;
  @ApiProperty()
  people: number;
}

class TouchedPerson {
  @ApiProperty()
  person: string;
  @ApiProperty({ type: [String], description: 'rules whose findings they gain, lose or have otherwise' })
  rules: string[];
  @ApiProperty({ type: LevelMoved, nullable: true })
  level: Omit<LevelMoved, 'people'> | null;
}

class CallsADay {
  @ApiProperty()
  inForce: number;
  @ApiProperty()
  draft: number;
}

export class DraftReplayShown {
  @ApiProperty({ enum: ['none', 'running', 'done', 'failed'] })
  state: 'none' | 'running' | 'done' | 'failed';
  @ApiProperty()
  revision: number;
  @ApiProperty({ description: 'people, and results that wait for theirs' })
  total: number;
  @ApiProperty()
  done: number;
  @ApiProperty({ description: 'held against the version in force now' })
  isCurrent: boolean;
  @ApiPropertyOptional({ description: 'people who gain a finding' })
  gaining?: number;
  @ApiPropertyOptional()
  losing?: number;
  @ApiPropertyOptional({ description: 'people with a finding of another class' })
  otherwise?: number;
  @ApiPropertyOptional({ description: 'people who change their level' })
  moving?: number;
  @ApiPropertyOptional({ type: [LevelMoved] })
  levels?: LevelMoved[];
  @ApiPropertyOptional({ type: [RuleCounted] })
  rules?: RuleCounted[];
  @ApiPropertyOptional({
    type: CallsADay,
    description: 'calls a day, had every result of the past come live',
  })
  callsADay?: CallsADay;
  @ApiPropertyOptional({ description: 'calls that would ring upon publishing' })
  callsNow?: number;
  @ApiPropertyOptional({
    description: 'findings that would ring, were their rule not silenced for their person',
  })
  silencedNow?: number;
  @ApiPropertyOptional({
    type: [TouchedPerson],
    description: 'the first of them; only for those who may open people',
  })
  people?: TouchedPerson[];
}
