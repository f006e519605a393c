import { Controller, Get, Inject, Param, Query, Req, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { AuditTrail, type Caller, Needs, refuseToReveal } from '../access/index.js';
import { ExplanationQuery, FindingExplanation } from './explanation.dto.js';
import { type ExplainedFinding, ExplanationService } from './explanation.service.js';
import { VALIDATE } from './validation.js';

/** Why a finding was made. Who looked is recorded. */
@ApiTags('findings')
@ApiBearerAuth()
@Needs('read-person')
@UsePipes(VALIDATE)
@Controller('api/findings')
export class ExplanationController {
  constructor(
    @Inject(ExplanationService) private readonly explanations: ExplanationService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** The conditions with what each saw, the rule as it stood, the smallest change that would silence it, what was unknown. */
  @Get(':id/explanation')
  @ApiOkResponse({ type: FindingExplanation })
  @ApiNotFoundResponse()
  @ApiForbiddenResponse({
    description: 'confidential results are revealed to `admin`, and to people named for them',
  })
  async explanation(
    @Param('id') id: string,
    @Query() { reveal, by }: ExplanationQuery,
    @Req() { caller }: { caller: Caller },
  ): Promise<FindingExplanation> {
    const isRevealed = reveal === 'true';
    refuseToReveal(isRevealed, caller);
    const found = await this.explanations.explain(id, { by, isRevealed });
    const { personId } = found.finding;
    await this.audit.record(caller, {
      action: 'read explanation',
      personIds: personId === null ? [] : [personId],
      subject: `finding/${id}`,
      detail: isRevealed ? 'confidential results revealed' : '',
    });
    return shownOf(found);
  }
}

function shownOf({
  finding,
  earlier,
  shown,
  rule,
  explanation,
  withdrawn,
}: ExplainedFinding): FindingExplanation {
  const { id, ruleId, kind, status, urgency, identifiedAt } = finding;
  const { isConfidential, title, sentence, at, undecided } = shown;
  return {
    id,
    ruleId: rule && ruleId,
    kind,
    status,
    class: urgency,
    isConfidential,
    title,
    sentence,
    at,
    identifiedAt: identifiedAt.toISOString(),
    undecided,
    rule: rule && { ...rule, inForceSince: rule.inForceSince?.toISOString() ?? null },
    condition: explanation?.condition ?? null,
    smallestChange: explanation?.smallestChange ?? null,
    unknown: explanation?.unknown ?? [],
    reported: shown.reported,
    withdrawn,
    leaves: shown.leaves,
    earlier: earlier.map((one) => ({
      version: one.finding.ruleSetVersion,
      until: one.replacedAt.toISOString(),
    })),
  };
}
