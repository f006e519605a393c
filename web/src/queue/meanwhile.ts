import { useRef, useState } from 'react';
import { ask, type Finding, Refusal, type Schemas, serviceNow, type TaskDetail } from '../api/client';
import { inLanguage, type Language, useLanguage, useOwn, type Words } from '../words';
import { shortTimeToSecond } from '../words/times';
import { HISTORY, whoDid } from './history-words';

/** What is read again after an act; undefined where it cannot be read. */
export type ReadAgain = () => Promise<TaskDetail | undefined>;

type Step = Schemas['StepShown'];

interface Meanwhile {
  before: TaskDetail;
  now: TaskDetail;
  steps: readonly Step[];
}

/** Of results the findings tell. */
const BY_RESULTS: readonly Step['action'][] = ['opened', 'followed', 'retracted'];

/**
 * What somebody acted on a task for that is there no longer, and who did what with it meanwhile, in words; empty where it
 * is as it was read.
 * @param zone of the centre: times are its times
 */
export function useMeanwhile(task: TaskDetail, readAgain: ReadAgain, zone: string) {
  const { language, words } = useLanguage();
  const history = useOwn(HISTORY);
  const sent = useRef(task);
  const [found, setFound] = useState<Meanwhile | null>(null);
  const did = (step: Step) => {
    const at = shortTimeToSecond(Date.parse(step.at), serviceNow(), zone);
    return words.meanwhile.did(whoDid(step, history), at, history.acts[step.action]);
  };
  return {
    meanwhile:
      found === null
        ? ''
        : [...differences(found.before, found.now, language, words), ...found.steps.map(did)].join(
            words.meanwhile.between,
          ),
    /** Before an act: what it is of. */
    acts: () => {
      sent.current = task;
      setFound(null);
    },
    /** After an act that failed. */
    failed: async (error: Error) => {
      const before = sent.current;
      const isStale = error instanceof Refusal && error.status === 409;
      const [now, steps] = await Promise.all([readAgain(), isStale ? stepsSince(before) : []]);
      if (now && isStale) setFound({ before, now, steps });
    },
  };
}

async function stepsSince({ id, version }: TaskDetail): Promise<Step[]> {
  try {
    const { steps } = await ask<Schemas['TaskHistory']>(
      'GET',
      `/api/tasks/${encodeURIComponent(id)}/history`,
    );
    return steps.filter((step) => step.version > version && !BY_RESULTS.includes(step.action));
  } catch {
    return [];
  }
}

function differences(before: TaskDetail, now: TaskDetail, language: Language, words: Words): string[] {
  const { added, became, gone } = words.meanwhile;
  const earlier = new Map(before.findings.map((finding) => [finding.id, finding]));
  const later = new Set(now.findings.map(({ id }) => id));
  const said = (finding: Finding) => briefly(finding, language, words);
  return [
    ...now.findings.filter(({ id }) => !earlier.has(id)).map((finding) => added(said(finding))),
    ...now.findings
      .filter((finding) => earlier.has(finding.id) && said(earlier.get(finding.id)!) !== said(finding))
      .map((finding) => became(said(finding))),
    ...before.findings.filter(({ id }) => !later.has(id)).map((finding) => gone(said(finding))),
  ];
}

/** The finding without its advice. */
function briefly(finding: Finding, language: Language, words: Words): string {
  if (finding.isConfidential && finding.leaves.length === 0) return words.queue.confidential;
  const [sentence, advice] = [inLanguage(finding.sentence, language), inLanguage(finding.advice, language)];
  return advice !== '' && sentence.endsWith(advice)
    ? sentence.slice(0, -advice.length).replace(/[：:]\s*$/, '')
    : sentence;
}
