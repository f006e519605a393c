import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Req, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiHeader,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import {
  actorOf,
  AuditTrail,
  type CallersRequest,
  isAllowed,
  Needs,
  RowLimits,
  rowsOfCaller,
} from '../access/index.js';
import { HandReports, type ReportKept } from '../intake/index.js';
import { AppError } from '../kernel/index.js';
import { DepartmentShown, HandReportBody, HandReportShown, WithdrawBody } from './hand-reports.dto.js';
import { RulesService } from '../rules/index.js';
import { PersonFinder } from './person-finder.js';
import { VALIDATE } from './validation.js';

const KEY = /^[\x21-\x7e]{1,100}$/;

/** 手工上报: a department reports what comes as no readable text. */
@ApiTags('reports by hand')
@ApiBearerAuth()
@Needs('report-by-hand')
@UsePipes(VALIDATE)
@Controller('api')
export class HandReportsController {
  constructor(
    @Inject(HandReports) private readonly reports: HandReports,
    @Inject(PersonFinder) private readonly finder: PersonFinder,
    @Inject(RowLimits) private readonly limits: RowLimits,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(RulesService) private readonly rules: RulesService,
  ) {}

  /** The departments that may report, in the order of the policy. */
  @Get('manual-reports/departments')
  @ApiOkResponse({ type: [DepartmentShown] })
  departments(): DepartmentShown[] {
    return this.rules.current.policy.departments.map(({ id, name: { zh, en } }) => ({ id, zh, en }));
  }

  /** Takes a report in: its finding and its task exist when this answers. The same `Idempotency-Key` again is the same report. */
  @Post('manual-reports')
  @HttpCode(201)
  @ApiHeader({ name: 'Idempotency-Key', required: true, description: '1 to 100 characters without spaces' })
  @ApiCreatedResponse({ type: HandReportShown })
  @ApiNotFoundResponse({ description: 'no such person' })
  @ApiConflictResponse({ description: 'the key was given to another report' })
  async report(
    @Body() body: HandReportBody,
    @Req() { caller }: CallersRequest,
    @Headers('idempotency-key') key?: string,
  ): Promise<HandReportShown> {
    if (key === undefined || !KEY.test(key))
      throw new AppError('invalid-request', '1 to 100 characters without spaces', 'Idempotency-Key');
    const person = await this.finder.find(body.person);
    const isTheirs = person && (await this.limits.sees(rowsOfCaller(caller), 'person', person.id));
    if (!isTheirs) throw new AppError('not-found', 'There is no such person.', 'person');
    const { department, class: urgency, text, reporter = caller.name, confidential = false } = body;
    const report = { department, class: urgency, text, reporter, isConfidential: confidential };
    const detail = `manual/${department}, class ${urgency}`;
    const witness = this.audit.witness(caller, { action: 'report by hand', detail });
    return shown(
      await this.reports.report({ ...report, personId: person.id }, actorOf(caller), key, witness),
    );
  }

  /** Takes a report back as entered in error. Whoever wrote it down may, and the head nurse. */
  @Post('findings/:id/withdraw')
  @HttpCode(200)
  @ApiOkResponse({ type: HandReportShown })
  @ApiForbiddenResponse({ description: 'somebody else wrote it down' })
  @ApiNotFoundResponse()
  async withdraw(
    @Param('id') id: string,
    @Body() { reason }: WithdrawBody,
    @Req() { caller }: CallersRequest,
  ): Promise<HandReportShown> {
    const mayAnyones = isAllowed(caller, 'withdraw-reports');
    const subject = `finding/${id}`;
    const witness = this.audit.witness(caller, {
      action: 'report withdrawn',
      subject,
      detail: 'entered in error',
    });
    return shown(await this.reports.withdraw(id, { reason, actor: actorOf(caller), mayAnyones }, witness));
  }
}

function shown({ finding, taskId, isNew }: ReportKept): HandReportShown {
  const { id, ruleId: rule, personId, status } = finding;
  return { id, rule, person: personId ?? '', task: taskId, status, isNew };
}
