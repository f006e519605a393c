import { Inject, Injectable } from '@nestjs/common';
import { askedOf, type LevelAssessment, predict, type Prediction } from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { Reader } from '../database/index.js';
import { PersonRepository } from '../people/index.js';
import { type WhatIf, whatIf } from '../risk-models/index.js';
import { type RuleSet, RulesService } from '../rules/index.js';
import { TerminologyService } from '../terminology/index.js';
import {
  assessedWith,
  type ChangingPerson,
  changesOfLevel,
  type LevelChange,
  type PrintedNumber,
  targetOf,
} from './domain/change-of-level.js';
import { levelInput } from './domain/level-input.js';
import { Levelling, type LevelSources } from './levelling.js';

/** What a person could win. */
export interface Prospect {
  level: Pick<LevelAssessment, 'code' | 'text'>;
  /** Single changes that lower the level, the smallest first. */
  changes: LevelChange[];
  /** Where LDL cholesterol would be on target; null where it is. */
  ldlTarget: LevelChange | null;
  /** What stopping to smoke, less pressure, less weight and LDL on target make of each risk. */
  risks: WhatIf[];
  /** What the risk models say as it is. */
  predictions: Prediction[];
}

const LDL = 'ldl-c';

/** What a change would make of a person's level and risks, by the rules in force and their latest values. */
@Injectable()
export class Prospects {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(PersonRepository) private readonly persons: PersonRepository,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(TerminologyService) private readonly terminology: TerminologyService,
    @Inject(Levelling) private readonly levelling: Levelling,
  ) {}

  /** Null where nobody has this id, or the rules give no levels. */
  async of(personId: string): Promise<Prospect | null> {
    const sources = await this.sources(personId);
    return sources && this.from(sources);
  }

  /** What a prospect is computed from: latest values, and all of those that rules look back on. */
  async sources(personId: string): Promise<LevelSources | null> {
    const { manager } = this.reader;
    const person = await this.persons.read(manager, personId);
    const rules = this.rules.current;
    if (!person || !rules.levels.plan) return null;
    return this.levelling.sources(manager, person, rules, {}, lookedBackOn(rules));
  }

  async from(sources: LevelSources): Promise<Prospect> {
    const rules = this.rules.current;
    const person = this.changing(sources);
    const { code, text, unknownBecause } = await assessedWith(person, null);
    if (unknownBecause !== null)
      return { level: { code, text }, changes: [], ldlTarget: null, risks: [], predictions: [] };
    const ldlTarget = await targetOf(person, LDL, 'down');
    const { input } = levelInput(rules.levels, person, person.zone);
    const asked = askedOf(input.latest, input.person);
    const changes = await changesOfLevel(person);
    return {
      level: { code, text },
      changes: changes.filter(({ analyte }) => this.terminology.vocabulary.get(analyte)?.sensitive == null),
      ldlTarget,
      predictions: predict(input.latest, input.person, input.rivals),
      risks: whatIf(asked, ldlTarget && { now: ldlTarget.from, target: ldlTarget.to }),
    };
  }

  /** The same, to be asked what would be. */
  changing(sources: LevelSources): ChangingPerson {
    const rules = this.rules.current;
    const { timeZone: zone } = this.config;
    return { ...sources, ruleSet: rules, zone, printed: (analyte) => this.#printed(analyte, rules) };
  }

  #printed(id: string, { formulas, levels }: RuleSet): PrintedNumber | undefined {
    const analyte = this.terminology.vocabulary.get(id);
    if (analyte) {
      const { nature, decimals, unit, plausible } = analyte;
      return nature === 'number' ? { decimals, unit, plausible } : undefined;
    }
    const formula = [...levels.formulas, ...levels.models, ...formulas].find((one) => one.id === id);
    return formula && { decimals: formula.decimals, unit: formula.unit, plausible: null };
  }
}

function lookedBackOn({ lookups, formulas }: RuleSet): string[] {
  const earlier = [...lookups.of.values()].flatMap((lookup) => [...lookup.earlier]);
  return [...earlier, ...formulas.flatMap(({ inputs }) => inputs.map(({ analyte }) => analyte))];
}
