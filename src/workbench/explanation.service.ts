import { Inject, Injectable } from '@nestjs/common';
import { type EarlierFinding, type Finding, FindingRepository } from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { Reader } from '../database/index.js';
import { HandReports, type Withdrawal } from '../intake/index.js';
import { AppError } from '../kernel/index.js';
import {
  type Excerpt,
  type Explanation,
  ruleExcerpts,
  RuleSetRepository,
  RulesService,
  type RulesVersion,
} from '../rules/index.js';
import { discloseExplanation } from './domain/disclose-explanation.js';
import { disclose, type ShownEvidence } from './domain/disclosure.js';
import { QueueService } from './queue.service.js';

/** The rule as it stood in the version that made the finding. */
export interface RuleAsItStood {
  version: string;
  /** When that version first came into force. */
  inForceSince: Date | null;
  source: string;
  /** Null where this release can't read that version any more. */
  owner: string | null;
  reviewBy: string | null;
  status: string | null;
  review: 'pending' | null;
  /** The text of the rule in the files of that version. */
  excerpts: Excerpt[];
}

/** A finding with everything that explains it. */
export interface ExplainedFinding {
  finding: Finding;
  /** What it was before, latest first; empty of what was asked for by a version. */
  earlier: EarlierFinding[];
  shown: ShownEvidence;
  /** Null while the result is confidential. */
  rule: RuleAsItStood | null;
  /** Null while the result is confidential, and where this release can't read the rule as it stood. */
  explanation: Explanation | null;
  /** Of a report by hand that was taken back: why. */
  withdrawn: Withdrawal | null;
}

export interface ExplanationAsked {
  /** The version of the rules whose decision is asked for, or its beginning; what stands now where it is left out. */
  by?: string;
  /** What only named staff may see is shown. */
  isRevealed: boolean;
}

/** Why a finding was made, by the rules of then: nothing that changed since makes a difference. */
@Injectable()
export class ExplanationService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(FindingRepository) private readonly findings: FindingRepository,
    @Inject(RuleSetRepository) private readonly sets: RuleSetRepository,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(QueueService) private readonly queue: QueueService,
    @Inject(HandReports) private readonly reports: HandReports,
  ) {}

  /**
   * @throws AppError `not-found` when there is no such finding, or that version never decided it
   */
  async explain(id: string, { by, isRevealed }: ExplanationAsked): Promise<ExplainedFinding> {
    const { finding, earlier } = await this.#decision(id, by);
    const shown = disclose(finding.evidence, this.queue.isSensitive, isRevealed);
    if (shown.isConfidential && !isRevealed)
      return { finding, earlier, shown, rule: null, explanation: null, withdrawn: null };
    const version = await this.#versionOf(finding);
    const { ruleId, evidence } = finding;
    const explanation = version?.explain(ruleId, evidence.leaves, this.config.timeZone) ?? null;
    return {
      finding,
      earlier,
      shown,
      rule: await this.#asItStood(finding, version),
      explanation: explanation && discloseExplanation(explanation, isRevealed),
      withdrawn: shown.reported && (await this.reports.withdrawal(finding)),
    };
  }

  async #decision(
    id: string,
    by: string | undefined,
  ): Promise<Pick<ExplainedFinding, 'finding' | 'earlier'>> {
    const { manager } = this.reader;
    const [now] = await this.findings.byIds(manager, [id]);
    if (!now) throw new AppError('not-found', '没有此阳性发现 there is no such finding');
    const earlier = await this.findings.earlier(manager, id);
    if (by === undefined) return { finding: now, earlier };
    const decisions = [...earlier.map(({ finding }) => finding), now];
    const finding = decisions.find(({ ruleSetVersion }) => ruleSetVersion.startsWith(by));
    if (!finding) {
      throw new AppError('not-found', '没有按此版本的判定 the finding was never decided by this version');
    }
    return { finding, earlier: [] };
  }

  /** Null when it is not kept, or this release can't read it any more: what was kept of the finding is told all the same. */
  async #versionOf({ ruleSetVersion }: Finding): Promise<RulesVersion | null> {
    try {
      return await this.rules.version(ruleSetVersion);
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  async #asItStood(finding: Finding, version: RulesVersion | null): Promise<RuleAsItStood> {
    const { ruleId, ruleSetVersion, evidence } = finding;
    const rule = version?.rules.find(({ id }) => id === ruleId);
    const { source, review } = evidence;
    return {
      version: ruleSetVersion,
      inForceSince: await this.sets.firstInForce(ruleSetVersion),
      source,
      owner: rule?.owner ?? null,
      reviewBy: rule?.reviewBy ?? null,
      status: rule?.status ?? null,
      review,
      excerpts: ruleExcerpts((await this.sets.files(ruleSetVersion)) ?? [], ruleId),
    };
  }
}
