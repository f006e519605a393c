import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, UsePipes } from '@nestjs/common';
import { ApiBadRequestResponse, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditTrail, type CallersRequest, Needs } from '../access/index.js';
import { IngestOutcomeReader, Rejudging } from '../intake/index.js';
import { newId } from '../kernel/index.js';
import { DataQualityRepository, nameInitials } from '../people/index.js';
import { type Analyte, TerminologyService } from '../terminology/index.js';
import { AnalyteList, AnalytesQuery, MappedShown, MapTerm, TermsPage } from './terms.dto.js';
import { VALIDATE } from './validation.js';

const MOST_UNMAPPED = 200;
const MOST_ANALYTES = 20;

/** Codes, names and units that nobody understands yet, and the centre's own mappings. */
@ApiTags('data quality')
@ApiBearerAuth()
@Needs('read-data-quality')
@UsePipes(VALIDATE)
@Controller('api')
export class TermsController {
  constructor(
    @Inject(DataQualityRepository) private readonly quality: DataQualityRepository,
    @Inject(TerminologyService) private readonly terminology: TerminologyService,
    @Inject(Rejudging) private readonly rejudging: Rejudging,
    @Inject(IngestOutcomeReader) private readonly outcomes: IngestOutcomeReader,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** What is not understood, with how often it was sent, and what was mapped. */
  @Get('terms')
  @ApiOkResponse({ type: TermsPage })
  async terms(): Promise<TermsPage> {
    const mappings = await this.terminology.mappings();
    return {
      unmapped: await this.quality.unmapped(MOST_UNMAPPED),
      mappings: mappings.reverse().map(({ kind, source, target, createdAt }) => ({
        kind,
        source,
        target,
        since: createdAt.toISOString(),
      })),
    };
  }

  /** Analytes of the vocabulary to choose from. */
  @Get('analytes')
  @ApiOkResponse({ type: AnalyteList })
  analytes(@Query() { q }: AnalytesQuery): AnalyteList {
    const wanted = q.normalize('NFKC').trim().toLowerCase();
    const found = this.terminology.vocabulary.analytes
      .map((analyte) => ({ analyte, rank: rankOf(analyte, wanted) }))
      .filter(({ rank }) => rank < Infinity)
      .sort((a, b) => a.rank - b.rank || (a.analyte.id < b.analyte.id ? -1 : 1))
      .slice(0, MOST_ANALYTES);
    return {
      items: found.map(({ analyte: { id, names, printUnit } }) => ({ id, name: names, unit: printUnit })),
    };
  }

  /** Says what a code, a name or a unit means, and judges again what waited for it. */
  @Post('terms')
  @Needs('map-terms')
  @HttpCode(200)
  @ApiOkResponse({ type: MappedShown })
  @ApiBadRequestResponse({
    description: 'not of the form of its kind, no such analyte, or a unit that does not fit',
  })
  async map(@Body() body: MapTerm, @Req() { caller }: CallersRequest): Promise<MappedShown> {
    const { kind, source, target, rejudge } = body;
    const firstId = newId();
    const witness = this.audit.witness(caller, { action: 'term mapped', detail: `${kind} → ${target}` });
    const { hasReplaced } = await this.terminology.add(kind, source, target, witness);
    const judged = rejudge === 'false' ? { results: 0, understood: 0 } : await this.rejudging.waiting();
    const { findings, reviews, tasks } = await this.outcomes.since(firstId);
    return {
      hasReplaced,
      ...judged,
      findings,
      reviews,
      tasks: tasks.notify + tasks.review + tasks.correction,
    };
  }
}

/** The nearer, the smaller: itself, how it begins, anywhere within; else infinite. */
function rankOf({ id, names, synonyms, loinc }: Analyte, wanted: string): number {
  const words = [id, names.zh, names.en, ...synonyms].map((word) => word.normalize('NFKC').toLowerCase());
  if (words.includes(wanted) || loinc.includes(wanted)) return 0;
  if (words.some((word) => word.startsWith(wanted))) return 1;
  if (nameInitials(names.zh).startsWith(wanted)) return 2;
  return words.some((word) => word.includes(wanted)) ? 3 : Infinity;
}
