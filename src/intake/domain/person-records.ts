import { type CareSetting, localDay } from '../../kernel/index.js';
import { type Answer, answersOn } from './answers.js';
import { fixedSetting } from './encounter-name.js';

/** An analyte that was ordered. */
export interface OrderedAnalyte {
  analyte: string;
  /** The day when it was ordered, in the centre's zone; null where nobody says. */
  on: string | null;
}

/** What a person's records say to the rules. */
export class PersonRecords {
  constructor(
    private readonly answers: readonly Answer[],
    private readonly settings: ReadonlyMap<string, CareSetting>,
    private readonly zone: string,
    /** What was ordered and is still open: analytes, and the day of the order. */
    readonly orders: readonly OrderedAnalyte[] = [],
  ) {}

  /** History, family and medication as known on the day of an instant. */
  answersAt(at: Date): ReadonlyMap<string, boolean> {
    return answersOn(localDay(at.toISOString(), this.zone), this.answers);
  }

  /** The same as known now: on the day of the latest value, or of what was recorded since. */
  latestAnswers(asOf: Date): ReadonlyMap<string, boolean> {
    const days = this.answers.flatMap(({ from }) => from ?? []);
    const day = [...days, localDay(asOf.toISOString(), this.zone)].sort().at(-1)!;
    return answersOn(day, this.answers);
  }

  /** @param encounter what a result calls its encounter */
  settingOf(encounter: string | undefined): CareSetting | null {
    if (encounter === undefined) return null;
    return this.settings.get(encounter) ?? fixedSetting(encounter);
  }
}
