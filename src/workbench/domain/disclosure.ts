import { isConfidential, type IsSensitive } from '../../assessment/domain/confidential.js';
import { type FindingEvidence } from '../../assessment/index.js';
import { type Bilingual, type LeafEvidence } from '../../rules/index.js';

export { isConfidential, type IsSensitive };

/** What stands in the place of a result that only named staff may see. */
export const CONFIDENTIAL: Bilingual = { zh: '保密结果', en: 'confidential result' };

/** A condition as it is shown; nothing of the value where the result is confidential. */
export type ShownLeaf = Pick<
  LeafEvidence,
  'fact' | 'operator' | 'threshold' | 'unit' | 'negated' | 'truth' | 'asSent' | 'converted' | 'source'
>;

/** What may be shown of a finding's evidence. */
export interface ShownEvidence {
  isConfidential: boolean;
  title: Bilingual;
  sentence: Bilingual;
  advice: Partial<Bilingual>;
  source: string | null;
  isToBeConfirmed: boolean;
  undecided: string | null;
  at: string;
  implicated: FindingEvidence['implicated'];
  leaves: ShownLeaf[];
  /** Who reported it by hand; null of what a rule found. */
  reported: NonNullable<FindingEvidence['reported']> | null;
}

/**
 * Evidence for the screen. Of a confidential result not even the rule's title or advice is shown: they name the test.
 * Revealed, its sentence is put together from the values, because the stored one hides them.
 */
export function disclose(
  evidence: FindingEvidence,
  isSensitive: IsSensitive,
  isRevealed: boolean,
): ShownEvidence {
  const confidential = isConfidential(evidence, isSensitive);
  const { at, undecided } = evidence;
  if (confidential && !isRevealed) {
    return {
      isConfidential: true,
      title: CONFIDENTIAL,
      sentence: CONFIDENTIAL,
      advice: {},
      source: null,
      isToBeConfirmed: false,
      undecided,
      at,
      implicated: [],
      leaves: [],
      reported: null,
    };
  }
  const { title, advice, source, implicated } = evidence;
  return {
    isConfidential: confidential,
    title,
    sentence: confidential ? revealed(evidence) : evidence.sentence,
    advice,
    source,
    isToBeConfirmed: evidence.review === 'pending',
    undecided,
    at,
    implicated,
    // That somebody is pregnant is confidential, though the result that it bears on is not.
    leaves: evidence.leaves.filter(({ fact }) => fact !== 'pregnant' || isRevealed).map(shownLeaf),
    reported: evidence.reported ?? null,
  };
}

function revealed({ title, leaves }: FindingEvidence): Bilingual {
  const values = leaves
    .flatMap((leaf) => (isOfPerson(leaf) ? [] : (leaf.asSent ?? leaf.converted ?? [])))
    .join('; ');
  return { zh: `${title.zh}：${values}`, en: `${title.en}: ${values}` };
}

function shownLeaf(leaf: LeafEvidence): ShownLeaf {
  const { fact, operator, threshold, unit, negated, truth, converted, source } = leaf;
  // No laboratory sent who somebody is: the sentence says it in words, and nobody repeats it as a value.
  const asSent = isOfPerson(leaf) ? null : leaf.asSent;
  return { fact, operator, threshold, unit, negated, truth, asSent, converted, source };
}

/** Sex, age, what they have had: of these there is no result. */
function isOfPerson({ analyte }: LeafEvidence): boolean {
  return analyte === null;
}
