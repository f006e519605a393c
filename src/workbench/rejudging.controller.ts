import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/index.js';
import { Clock } from '../kernel/index.js';
import { progressOf, RejudgeJobRepository, type RejudgingProgress } from '../rejudge/index.js';

const STATES = ['none', 'waiting', 'running', 'done', 'incomplete'] as const;

class RejudgedFindings {
  @ApiProperty()
  made: number;
  @ApiProperty({ description: 'another class, value or wording' })
  changed: number;
  @ApiProperty()
  retracted: number;
}

/** How far judging stored people again has come, or came the last time. */
class Rejudging implements RejudgingProgress {
  @ApiProperty({
    enum: STATES,
    description:
      'waiting: no instance is at it; incomplete: gone through, but some could not be judged (see the log)',
  })
  state: (typeof STATES)[number];
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'version of the rules they were judged by before',
  })
  from: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'version of the rules they are judged by now' })
  to: string | null;
  @ApiProperty({ description: 'persons, and results that wait for theirs' })
  total: number;
  @ApiProperty()
  judged: number;
  @ApiProperty()
  left: number;
  @ApiProperty({ minimum: 0, maximum: 100 })
  percent: number;
  @ApiProperty({ description: 'could not be judged' })
  failed: number;
  @ApiProperty({ type: RejudgedFindings })
  findings: RejudgedFindings;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  requestedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  updatedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt: string | null;
}

/** Stored people are judged again when other rules come into force. */
@ApiTags('rules')
@ApiBearerAuth()
@Needs('watch-rejudging')
@Controller('api/rules/rejudging')
export class RejudgingController {
  constructor(
    @Inject(RejudgeJobRepository) private readonly jobs: RejudgeJobRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The job at work, else the last one. */
  @Get()
  @ApiOkResponse({ type: Rejudging })
  async show(): Promise<Rejudging> {
    return progressOf(await this.jobs.latest(), this.clock.now());
  }
}
