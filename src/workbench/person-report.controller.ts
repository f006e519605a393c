import { createHash } from 'node:crypto';
import { Controller, Get, Inject, Param, Query, Req, Res, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiProduces,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type FastifyReply } from 'fastify';
import { AuditTrail, type Caller, Needs } from '../access/index.js';
import { renderReport } from './domain/report/render-report.js';
import { REPORT_LANGUAGES, type ReportLanguage } from './domain/report/report.js';
import { STYLE } from './domain/report/style.js';
import { LevelsService } from './levels.service.js';
import { PersonReports } from './person-report.service.js';
import { VALIDATE } from './validation.js';

class ReportQuery {
  @ApiPropertyOptional({ enum: REPORT_LANGUAGES, default: 'zh' })
  @IsOptional()
  @IsIn(REPORT_LANGUAGES)
  lang: ReportLanguage = 'zh';
}

/** Nothing but this very style: the page asks nobody for anything and runs nothing. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The person's own page. Who looked is recorded. */
@ApiTags('levels')
@ApiBearerAuth()
@Needs('read-person')
@UsePipes(VALIDATE)
@Controller('api')
export class PersonReportController {
  constructor(
    @Inject(LevelsService) private readonly levels: LevelsService,
    @Inject(PersonReports) private readonly reports: PersonReports,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** One page to read or print (A4): level, reasons, what to do, what is open. */
  @Get('people/:id/report')
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'HTML', schema: { type: 'string' } })
  @ApiNotFoundResponse({ description: 'no such person, or no level yet' })
  async report(
    @Param('id') id: string,
    @Query() { lang }: ReportQuery,
    @Req() { caller }: { caller: Caller },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const personId = await this.levels.personId(id);
    const page = renderReport(await this.reports.of(personId), lang);
    await this.audit.record(caller, {
      action: 'read report',
      personIds: [personId],
      detail: `report, ${lang}`,
    });
    void reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY);
    void reply.header('referrer-policy', 'no-referrer');
    return page;
  }
}
