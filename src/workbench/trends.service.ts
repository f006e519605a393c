import { Inject, Injectable } from '@nestjs/common';
import { Reader } from '../database/index.js';
import { LatestObservations } from '../people/index.js';
import { TerminologyService } from '../terminology/index.js';
import { pointsOf } from './domain/series.js';
import { type FindingShown, type LeafShown, type TrendShown } from './task.dto.js';

const MOST_ANALYTES = 8;
const MOST_POINTS = 6;
/** Later results may have come since what was judged. */
const MOST_READ = 24;

/** What a value was before: a nurse who says 6.8 is asked whether it was always so. */
@Injectable()
export class TrendsService {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(LatestObservations) private readonly observations: LatestObservations,
    @Inject(TerminologyService) private readonly terminology: TerminologyService,
  ) {}

  /** @param findings as they are shown: of what is hidden there are no conditions */
  async of(personId: string, findings: readonly FindingShown[]): Promise<TrendShown[]> {
    const judged = new Map<string, string>();
    for (const { fact, source } of findings.flatMap(({ leaves }) => leaves.filter(isTold))) {
      const known = judged.get(fact);
      if (known === undefined || known < source!.at) judged.set(fact, source!.at);
    }
    const trends: TrendShown[] = [];
    for (const [fact, until] of [...judged].slice(0, MOST_ANALYTES)) {
      if (this.terminology.vocabulary.get(fact)?.nature !== 'number') continue;
      const results = await this.observations.of(this.reader.manager, personId, fact, MOST_READ);
      const points = pointsOf(results, fact)
        .filter(({ at }) => at <= until)
        .slice(-MOST_POINTS)
        .map(({ at, value, asSent, observationId }) => ({ at, value, asSent, observationId }));
      if (points.length > 1) trends.push({ fact, points });
    }
    return trends;
  }
}

function isTold({ truth, asSent, source }: LeafShown): boolean {
  return truth !== 'silent' && asSent !== null && source !== null;
}
