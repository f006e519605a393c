import { Inject, Injectable } from '@nestjs/common';
import { Reader } from '../database/index.js';
import { AppError } from '../kernel/index.js';
import { LatestObservations, MessageStore, type StoredResult } from '../people/index.js';
import { RulesService } from '../rules/index.js';
import { TerminologyService, toCanonical } from '../terminology/index.js';
import { pointsOf, rangeSent } from './domain/series.js';
import { type Series } from './people.dto.js';

const MOST_POINTS = 500;
/** Reports that are opened, the latest first, to find one that prints an interval. */
const MOST_OPENED = 3;

/** The values of one analyte of somebody over time, with the interval that their laboratory prints. */
@Injectable()
export class SeriesService {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(LatestObservations) private readonly observations: LatestObservations,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(TerminologyService) private readonly terminology: TerminologyService,
  ) {}

  /** @throws AppError `not-found` for what is no number, or confidential and not revealed */
  async of(personId: string, analyte: string, isRevealed: boolean): Promise<Series> {
    const { vocabulary } = this.terminology;
    const known = vocabulary.get(analyte);
    if (known?.nature !== 'number' || (vocabulary.isSensitive(analyte) && !isRevealed))
      throw new AppError('not-found', 'There are no such values.');
    const results = await this.observations.of(this.reader.manager, personId, analyte, MOST_POINTS);
    return {
      analyte,
      name: this.rules.current.nameOf(analyte),
      unit: known.printUnit,
      band: await this.#band(results, analyte),
      points: pointsOf(results, analyte),
    };
  }

  async #band(results: readonly StoredResult[], analyte: string): Promise<Series['band']> {
    const latest = results
      .filter(({ measurements }) =>
        measurements.some((one) => one.component === 0 && one.analyte === analyte),
      )
      .sort((a, b) => b.at.getTime() - a.at.getTime());
    for (const { messageId, entry } of latest.slice(0, MOST_OPENED)) {
      const sent = await this.messages.resourceAt(this.reader.manager, messageId, entry);
      const { referenceRange, valueQuantity } = (sent ?? {}) as Partial<fhir4.Observation>;
      const range = rangeSent(referenceRange);
      if (!range) continue;
      const unit = valueQuantity?.code ?? valueQuantity?.unit;
      const [low, high] = [range.low, range.high].map((end) => this.#inUnit(analyte, end, unit));
      if (low || high) return { low: low ?? null, high: high ?? null };
    }
    return null;
  }

  /** An end of the interval in the analyte's own unit; one that prints no unit takes the value's. */
  #inUnit(analyte: string, end: fhir4.Quantity | null, unit: string | undefined): string | null {
    if (end?.value === undefined) return null;
    const read = toCanonical(
      this.terminology.vocabulary,
      analyte,
      String(end.value),
      end.code ?? end.unit ?? unit,
    );
    return read?.kind === 'number' ? read.interval.low : null;
  }
}
