import { ApiProperty } from '@nestjs/swagger';
import { URGENCIES, type Urgency } from '../policy/index.js';

/** How long something took; seconds. */
export class SpreadShown {
  @ApiProperty({ description: 'of how many' })
  count: number;
  @ApiProperty({ type: Number, nullable: true, description: 'half took no longer' })
  median: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'nine tenths took no longer' })
  p90: number | null;
  @ApiProperty({ type: Number, nullable: true })
  longest: number | null;
}

/** Findings of one class that were put into calls; the register of the same period has each of them. */
export class ClassFiguresShown {
  @ApiProperty({ enum: URGENCIES })
  class: Urgency;
  @ApiProperty()
  found: number;
  @ApiProperty()
  told: number;
  @ApiProperty({ description: 'told within their limit' })
  inTime: number;
  @ApiProperty({ description: 'told, or beyond their limit: of these the share in time is told' })
  decided: number;
  @ApiProperty({ description: 'to be told, and beyond their limit' })
  missed: number;
  @ApiProperty({ description: 'told, and not known yet what became of it' })
  awaiting: number;
  @ApiProperty({ description: 'known what became of it, or lost sight of' })
  settled: number;
  @ApiProperty({ type: SpreadShown, description: 'of tasks: until somebody took it' })
  toClaim: SpreadShown;
  @ApiProperty({ type: SpreadShown, description: 'of tasks: until the person was told' })
  toTell: SpreadShown;
  @ApiProperty({ type: SpreadShown, description: 'of findings: from the telling to the known outcome' })
  toClose: SpreadShown;
}

export class HourFiguresShown {
  @ApiProperty({ minimum: 0, maximum: 23, description: 'of the centre’s day' })
  hour: number;
  @ApiProperty({ description: 'calls by telephone' })
  calls: number;
  @ApiProperty({ description: 'those in which somebody was told' })
  reached: number;
}

export class RuleFiguresShown {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'null: those of sensitive compartments together',
  })
  rule: string | null;
  @ApiProperty()
  told: number;
  @ApiProperty({ description: 'turned out true: confirmed, treated, watched, or abnormal again' })
  confirmed: number;
  @ApiProperty({ description: 'ruled out, or normal when repeated' })
  refuted: number;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'of those of which one or the other is known; null where none is',
  })
  confirmedShare: number | null;
}

/** How calls went in a period. */
export class FiguresShown {
  @ApiProperty({ example: '2026-11-01' })
  from: string;
  @ApiProperty({ example: '2026-11-30' })
  to: string;
  @ApiProperty({ type: [ClassFiguresShown], description: 'the gravest first; every class' })
  classes: ClassFiguresShown[];
  @ApiProperty({ type: [HourFiguresShown], description: 'every hour' })
  hours: HourFiguresShown[];
  @ApiProperty({ type: [RuleFiguresShown], description: 'the most told first' })
  rules: RuleFiguresShown[];
}
