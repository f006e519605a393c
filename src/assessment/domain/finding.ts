import { type Urgency } from '../../policy/index.js';
import { type LeafEvidence } from '../../rules/index.js';
import { type Disposition } from './dispose.js';

/** Everything that explains a finding, kept with it: the nurse's sentence, and each condition with what it saw. */
export interface FindingEvidence {
  title: { zh: string; en: string };
  /** What a nurse can say. */
  sentence: { zh: string; en: string };
  advice: { zh?: string; en?: string };
  source: string;
  ruleClass: 'A' | 'B' | 'C' | null;
  /** A limit that no doctor has confirmed yet. */
  review: 'pending' | null;
  leaves: readonly LeafEvidence[];
  missing: readonly string[];
  /** The results that made it. */
  implicated: { type: 'Observation' | 'DiagnosticReport'; id: string; version: number }[];
  /** Why it waits for a doctor, when it does. */
  undecided: string | null;
  isGrave: boolean;
  freshFrom: string;
  isHistory: boolean;
  ageYears: number | null;
  /** When the result speaks of. */
  at: string;
  /** Of what a department reported by hand: who found it, and who wrote it down (`user:ID`). No rule decided it. */
  reported?: { department: string; by: string; recordedBy: string };
  /** Said by whoever reported it; of results, their analytes tell. */
  isConfidential?: boolean;
}

/** What judging says should stand for one measurement and rule. */
export interface FindingDraft {
  ruleId: string;
  component: number;
  kind: 'finding' | 'review';
  status: 'final' | 'preliminary';
  urgency: Urgency;
  evidence: FindingEvidence;
  /** Hash of what would be told. */
  toldValue: string;
}

/** A finding as it stands. */
export interface Finding extends Omit<FindingDraft, 'status'>, Disposition {
  id: string;
  personId: string | null;
  observationId: string;
  ruleSetVersion: string;
  status: 'final' | 'preliminary' | 'retracted';
  identifiedAt: Date;
  updatedAt: Date;
  toldAt: Date | null;
  toldAs: Told | null;
  correction: 'none' | 'due' | 'done';
  decidedAt: Date | null;
}

/** What the person was told; the correction call reads it back. */
export interface Told {
  value: string;
  sentence: { zh: string; en: string };
}

/** What a level asks of a finding; a draft has it as well. */
export type FindingBehindLevel = Pick<
  Finding,
  'ruleId' | 'observationId' | 'component' | 'kind' | 'status' | 'evidence'
>;
