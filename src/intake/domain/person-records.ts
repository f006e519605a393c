import { type CareSetting, localDay } from '../../kernel/index.js';
import { type Answer, answersOn } from './answers.js';
import { fixedSetting } from './encounter-name.js';

/** What a person's records say to the rules. */
export class PersonRecords {
  constructor(
    private readonly answers: readonly Answer[],
    private readonly settings: ReadonlyMap<string, CareSetting>,
    private readonly zone: string,
  ) {}

  /** History, family and medication as known on the day of an instant. */
  answersAt(at: Date): ReadonlyMap<string, boolean> {
    return answersOn(localDay(at.toISOString(), this.zone), this.answers);
  }

  /** @param encounter what a result calls its encounter */
  settingOf(encounter: string | undefined): CareSetting | null {
    if (encounter === undefined) return null;
    return this.settings.get(encounter) ?? fixedSetting(encounter);
  }
}
