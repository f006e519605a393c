import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { AuditTrail, type Caller, Needs } from '../access/index.js';
import { type Prospect, Prospects } from '../intake/index.js';
import { AppError } from '../kernel/index.js';
import { CHANGE_NAMES } from '../risk-models/index.js';
import { RulesService } from '../rules/index.js';
import { LevelsService } from './levels.service.js';
import { BilingualDto } from './queue.dto.js';

class LevelThen {
  @ApiProperty({ enum: ['1', '2', '3', '4', '5', 'unknown'] })
  code: string;
  @ApiProperty({ description: 'the level, or the range that it may be in' })
  text: string;
}

class ValueChange {
  @ApiProperty({ example: 'systolic-bp' })
  analyte: string;
  @ApiProperty()
  name: BilingualDto;
  @ApiProperty({ example: '165' })
  from: string;
  @ApiProperty({ example: '159', description: 'one last digit less of a change makes no difference' })
  to: string;
  @ApiProperty({ description: 'UCUM' })
  unit: string;
  @ApiProperty({ type: LevelThen })
  level: LevelThen;
}

class RiskValue {
  @ApiProperty()
  value: string;
  @ApiProperty({ type: String, nullable: true })
  class: string | null;
}

class RiskChange {
  @ApiProperty({ enum: Object.keys(CHANGE_NAMES) })
  change: string;
  @ApiProperty()
  name: BilingualDto;
  @ApiProperty({ example: 'china-par' })
  model: string;
  @ApiProperty({ type: RiskValue })
  before: RiskValue;
  @ApiProperty({ type: RiskValue })
  after: RiskValue;
  @ApiProperty({ example: '-1.2' })
  difference: string;
  @ApiProperty({ description: 'UCUM; % is a probability' })
  unit: string;
}

export class WhatIfShown {
  @ApiProperty({ type: LevelThen, description: 'as computed now' })
  level: LevelThen;
  @ApiProperty({
    type: [ValueChange],
    description:
      'changes of one value that each lower the level, the smallest first; none where several hold it',
  })
  changes: ValueChange[];
  @ApiProperty({ type: ValueChange, nullable: true, description: 'where LDL cholesterol would be on target' })
  ldlTarget: ValueChange | null;
  @ApiProperty({ type: [RiskChange], description: 'only what applies, and lowers the risk' })
  risks: RiskChange[];
}

/** What a change would make of a level. */
@ApiTags('levels')
@ApiBearerAuth()
@Needs('read-person')
@Controller('api')
export class WhatIfController {
  constructor(
    @Inject(LevelsService) private readonly levels: LevelsService,
    @Inject(Prospects) private readonly prospects: Prospects,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** The smallest single changes that lower the level, and what four changes of life make of each risk. */
  @Get('people/:id/what-if')
  @ApiOkResponse({ type: WhatIfShown })
  @ApiNotFoundResponse({ description: 'no such person, or no level yet' })
  async whatIf(@Param('id') id: string, @Req() { caller }: { caller: Caller }): Promise<WhatIfShown> {
    const personId = await this.levels.personId(id);
    const prospect = await this.prospects.of(personId);
    if (!prospect) throw new AppError('not-found', 'This person has no level yet.');
    await this.audit.record(caller, { action: 'read what-if', personIds: [personId], detail: 'what-if' });
    return whatIfShown(prospect, this.rules.current.nameOf);
  }
}

/** @param nameOf what a value is called */
export function whatIfShown(
  { level, changes, ldlTarget, risks }: Prospect,
  nameOf: (analyte: string) => BilingualDto,
): WhatIfShown {
  const changed = (one: Prospect['changes'][number]): ValueChange => ({
    analyte: one.analyte,
    name: nameOf(one.analyte),
    from: one.from,
    to: one.to,
    unit: one.unit,
    level: { code: String(one.level.code), text: one.level.text },
  });
  return {
    level: { code: String(level.code), text: level.text },
    changes: changes.map(changed),
    ldlTarget: ldlTarget && changed(ldlTarget),
    risks: risks.map(({ change, model, before, after, difference }) => ({
      change,
      name: CHANGE_NAMES[change],
      model,
      before: { value: before.value, class: before.class ?? null },
      after: { value: after.value, class: after.class ?? null },
      difference,
      unit: before.unit,
    })),
  };
}
