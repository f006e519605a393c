import { Inject, Injectable } from '@nestjs/common';
import {
  assessLevel,
  BehindReasons,
  type FindingBehindLevel,
  type LevelAssessment,
  LevelOverridesService,
  repeatsInWords,
} from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { Reader } from '../database/index.js';
import {
  levelInput,
  type LevelSources,
  personAt,
  type Prospect,
  Prospects,
  targetOf,
  Timeline,
} from '../intake/index.js';
import { AppError, Clock, localDay, type MeasuredFact } from '../kernel/index.js';
import { ageInYears, type KnownPerson, LatestObservations } from '../people/index.js';
import { CHANGE_NAMES } from '../risk-models/index.js';
import { type Bilingual, isOfOtherSex, readable, RulesService } from '../rules/index.js';
import { TerminologyService } from '../terminology/index.js';
import { cardOf, cardSeeds, type CardSeed, type Printing, type ReasonSeen } from './domain/report/cards.js';
import { type PersonReport, type ReportCard, type TrendPoint } from './domain/report/report.js';
import { PersonFinder } from './person-finder.js';

/** A chart has so many days at most, of so many results. */
const MOST_DAYS = 6;
const MOST_RESULTS = 60;
/** Of what has no decimals of its own. */
const READ_DECIMALS = 2;
const RISK_SHOWN = 'china-par';
/** What nobody settles with a test: it is not asked for on the page. */
const NOT_ASKED: ReadonlySet<string> = new Set(['imaging-conclusion']);

/** Gathers what the person's page says, by the rules in force. Results of sensitive compartments are only counted. */
@Injectable()
export class PersonReports {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(PersonFinder) private readonly finder: PersonFinder,
    @Inject(LatestObservations) private readonly observations: LatestObservations,
    @Inject(TerminologyService) private readonly terminology: TerminologyService,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(Prospects) private readonly prospects: Prospects,
    @Inject(LevelOverridesService) private readonly overrides: LevelOverridesService,
  ) {}

  /** @throws AppError `not-found` where nobody has this id, or the rules give no levels */
  async of(personId: string): Promise<PersonReport> {
    const person = await this.finder.find(personId);
    const sources = await this.prospects.sources(personId);
    if (!person || !sources) throw new AppError('not-found', 'This person has no level yet.');
    const rules = this.rules.current;
    const { timeZone: zone } = this.config;
    const { input, standing, values } = levelInput(rules.levels, sources, zone);
    const assessed = assessLevel(input);
    const prospect = await this.prospects.from(sources);
    const reasons = reasonsOf(assessed, standing);
    const shown = reasons.filter(({ leaves }) => !leaves.some(({ analyte }) => this.#isSensitive(analyte)));
    const override = (await this.overrides.latest([personId])).get(personId);
    const now = this.clock.now();
    const { name, sex, birthDate } = person;
    const day = (at: Date): string => localDay(at.toISOString(), zone);
    const code = String(assessed.code);
    const [couldBe] = assessed.text.includes('–') ? assessed.text.split('–') : [null];
    return {
      person: { name, sex, ageYears: ageInYears(birthDate, now, zone) },
      asOf: values.asOf && day(values.asOf),
      printedOn: day(now),
      code,
      couldBe: couldBe ?? null,
      isMinor: assessed.unknownBecause === 'age',
      override:
        override?.state === 'in-force'
          ? {
              code: override.code,
              doctor: override.doctor,
              until: day(new Date(override.until.getTime() - 1)),
            }
          : null,
      cards: await this.#cards(sources, cardSeeds(shown, this.#printing().isConclusion)),
      confidential: new Set(reasons.filter((one) => !shown.includes(one)).map(({ ruleId }) => ruleId)).size,
      ...this.#open(assessed, sex),
      changes: prospect.changes.map(({ analyte, from, to, unit, level }) => ({
        analyte,
        name: rules.nameOf(analyte),
        from: readable(from, this.#printing().decimalsOf(analyte)),
        to,
        unit: this.#printing().unitOf(analyte) ?? unit,
        code: String(level.code),
      })),
      risk: riskOf(prospect),
      ruleSetVersion: rules.version,
    };
  }

  #isSensitive(analyte: string | null): boolean {
    return analyte !== null && this.terminology.vocabulary.isSensitive(analyte);
  }

  async #cards(sources: LevelSources, seeds: readonly CardSeed[]): Promise<ReportCard[]> {
    const printing = this.#printing();
    const changing = this.prospects.changing(sources);
    const cards: ReportCard[] = [];
    for (const seed of seeds) {
      const { analyte } = seed;
      const isNumber = analyte !== null && printing.unitOf(analyte) !== null;
      const target = isNumber ? await targetOf(changing, analyte) : null;
      const trend = isNumber ? await this.#trend(sources, analyte) : [];
      cards.push(cardOf(seed, printing, target, trend));
    }
    // What a doctor saw in an image stands before numbers; those with a chart stand side by side.
    const rank = ({ level, trend, limit }: ReportCard): number =>
      3 * level + (limit === null ? 0 : trend.length > 1 ? 1 : 2);
    return cards.sort((a, b) => rank(a) - rank(b));
  }

  /** The value of each of the last days on which it was measured, or could be computed. */
  async #trend({ person, records }: LevelSources, analyte: string): Promise<TrendPoint[]> {
    const { timeZone: zone } = this.config;
    const { formulas } = this.rules.current.levels;
    const inputs = formulas.filter(({ id }) => id === analyte).flatMap((formula) => formula.inputs);
    const results = [];
    for (const one of new Set([analyte, ...inputs.map((input) => input.analyte)]))
      results.push(...(await this.observations.of(this.reader.manager, person.id, one, MOST_RESULTS)));
    const distinct = [...new Map(results.map((one) => [one.id, one])).values()];
    const timeline = new Timeline(distinct, formulas, zone, personAt(person, records, zone));
    const byDay = new Map<string, TrendPoint>();
    for (const fact of timeline.all(analyte)) {
      const point = pointOf(fact, zone, this.#printing().decimalsOf(analyte));
      if (point && !byDay.has(point.day)) byDay.set(point.day, point);
      if (byDay.size === MOST_DAYS) break;
    }
    return [...byDay.values()].reverse();
  }

  #printing(): Printing {
    const { vocabulary } = this.terminology;
    const { nameOf, levels, formulas } = this.rules.current;
    return {
      nameOf,
      unitOf: (id) => {
        const analyte = vocabulary.get(id);
        if (analyte)
          return ['number', 'titre', 'microscopy'].includes(analyte.nature) ? analyte.printUnit : null;
        return [...levels.formulas, ...formulas].find((one) => one.id === id)?.unit ?? null;
      },
      decimalsOf: (id) =>
        vocabulary.get(id)?.decimals ??
        [...levels.formulas, ...formulas].find((one) => one.id === id)?.decimals ??
        READ_DECIMALS,
      isConclusion: (id) => vocabulary.get(id)?.nature === 'text',
      domainName: (id) => levels.plan?.domains.get(id) ?? null,
      categoryOf: (id, category) =>
        vocabulary.get(id)?.categories.find((one) => one.id === category)?.names ?? null,
    };
  }

  #open(
    { undecided, domains, missingBasic }: LevelAssessment,
    sex: KnownPerson['sex'],
  ): Pick<PersonReport, 'missing' | 'open' | 'inOrder' | 'notExamined'> {
    const { levels, nameOf } = this.rules.current;
    const plan = levels.plan!;
    const basic = plan.basicSet.filter(({ id }) => missingBasic.includes(id));
    const lacking = new Set(basic.flatMap(({ analytes }) => analytes));
    const isCovered = (fact: string): boolean =>
      lacking.has(fact) ||
      levels.formulas.some(
        ({ id, inputs }) => id === fact && inputs.some(({ analyte }) => lacking.has(analyte)),
      );
    const titleOf = (id: string): Bilingual => plan.domains.get(id) ?? { zh: id, en: id };
    const isOfOther = (id: string): boolean => isOfOtherSex(plan, id, sex);
    const open = new Set(undecided.map(({ domain }) => domain));
    const needs = undecided.flatMap(({ domain, missing }) => {
      const facts = missing
        .map(({ fact }) => fact)
        .filter((fact) => !this.#isSensitive(fact) && !NOT_ASKED.has(fact));
      // What the basic set lacks is said once, above.
      const more = facts.filter((fact) => !isCovered(fact));
      if (facts.length > 0 && more.length === 0) return [];
      return [{ domain: titleOf(domain), needs: more.map(nameOf) }];
    });
    const notJudged = domains.flatMap(({ domain, cannotBeJudged }) =>
      cannotBeJudged.map(({ title, leaves, event: { advice } }) => {
        const isTold = !leaves.some(({ analytes }) => [...analytes].some((one) => this.#isSensitive(one)));
        const told = advice ? { zh: advice.zh, en: advice.en ?? advice.zh } : title;
        return { domain: titleOf(domain), needs: [], advice: isTold ? told : null };
      }),
    );
    // Of what records alone tell nobody is examined.
    const isExamined = (id: string): boolean => levels.domains.get(id)?.needs.length !== 0;
    return {
      missing: basic.map(({ title }) => title),
      open: [...needs, ...notJudged],
      inOrder: domains
        .filter(({ domain, level }) => level === 5 && !open.has(domain) && !isOfOther(domain))
        .filter(({ domain }) => isExamined(domain))
        .map(({ domain }) => titleOf(domain)),
      notExamined: domains
        .filter(({ domain, level }) => level === null && !open.has(domain) && !isOfOther(domain))
        .filter(({ cannotBeJudged }) => cannotBeJudged.length === 0)
        .map(({ domain }) => titleOf(domain)),
    };
  }
}

function reasonsOf({ reasons }: LevelAssessment, standing: readonly FindingBehindLevel[]): ReasonSeen[] {
  const behind = new BehindReasons(standing);
  return reasons.flatMap((reason): ReasonSeen[] => {
    const { level, ruleId, suspected: isSuspected } = reason;
    if (reason.from === 'rule') {
      const { title, event, review } = reason.rule;
      const repeats = repeatsInWords({ isSuspected, seenOn: reason.seenOn });
      const told = {
        title,
        advice: event.advice,
        leaves: reason.evidence,
        isPending: review === 'pending',
        repeats,
      };
      const { domain } = reason;
      return [{ level, ruleId, from: 'rule', domain, isSuspected, ...told }];
    }
    const evidence = behind.of(reason)?.evidence;
    if (!evidence) return [];
    const { title, advice, leaves, review } = evidence;
    return [
      {
        level,
        ruleId,
        from: 'finding',
        domain: null,
        isSuspected,
        title,
        advice,
        leaves,
        isPending: review === 'pending',
        repeats: null,
      },
    ];
  });
}

function riskOf({ risks, predictions }: Prospect): PersonReport['risk'] {
  const value = predictions.find(({ model }) => model === RISK_SHOWN)?.value;
  if (value == null) return null;
  const lowered = risks.filter(({ model }) => model === RISK_SHOWN);
  return {
    percent: value,
    lowered: lowered.map(({ change, after }) => ({ name: CHANGE_NAMES[change], percent: after.value })),
  };
}

function pointOf({ measurement, source }: MeasuredFact, zone: string, decimals: number): TrendPoint | null {
  const { value } = measurement;
  if (value?.kind !== 'number') return null;
  const { low, high } = value.interval;
  if (low === null || low !== high) return null;
  return { day: localDay(source.at, zone), value: Number(low), text: readable(low, decimals) };
}
