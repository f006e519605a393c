import { type Assessment, type LevelCause, repeatsInWords } from '../../assessment/index.js';
import { CONFIDENTIAL } from './disclosure.js';

/** What proves a level, as it is shown: what rests on a sensitive compartment names neither rule nor test. */
export function causeShown(cause: LevelCause) {
  const { level, ruleId, isConfidential, sentence, source, review, basis } = cause;
  const { isSuspected } = cause;
  return {
    level,
    rule: isConfidential ? null : ruleId,
    isConfidential,
    isSuspected,
    repeats: repeatsInWords(cause),
    sentence: isConfidential ? CONFIDENTIAL : sentence,
    source: isConfidential ? null : source,
    review,
    basis: isConfidential ? [] : basis.map(({ type, id }) => ({ type, id })),
  };
}

/** A computed level as it is shown. */
export function levelShown({ level, version, assessedAt, ruleSetVersion }: Assessment) {
  const { code, text, reasons, notes, missingBasic, predictions } = level;
  return {
    code,
    text,
    since: assessedAt.toISOString(),
    version,
    ruleSetVersion,
    reasons: reasons.map(causeShown),
    notes,
    missingBasic,
    predictions,
  };
}
