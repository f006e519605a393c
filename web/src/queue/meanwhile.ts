import { useRef, useState } from 'react';
import { type Finding, Refusal, type TaskDetail } from '../api/client';
import { inLanguage, type Language, useLanguage, type Words } from '../words';

/** What is read again after an act; undefined where it cannot be read. */
export type ReadAgain = () => Promise<TaskDetail | undefined>;

/** What somebody acted on a task for that is there no longer, in words; empty where its findings are as they were read. */
export function useMeanwhile(task: TaskDetail, readAgain: ReadAgain) {
  const { language, words } = useLanguage();
  const sent = useRef(task);
  const [pair, setPair] = useState<[TaskDetail, TaskDetail] | null>(null);
  return {
    meanwhile: pair === null ? '' : differences(...pair, language, words),
    /** Before an act: what it is of. */
    acts: () => {
      sent.current = task;
      setPair(null);
    },
    /** After an act that failed. */
    failed: async (error: Error) => {
      const now = await readAgain();
      if (now && error instanceof Refusal && error.status === 409) setPair([sent.current, now]);
    },
  };
}

function differences(before: TaskDetail, now: TaskDetail, language: Language, words: Words): string {
  const { added, became, gone, between } = words.meanwhile;
  const earlier = new Map(before.findings.map((finding) => [finding.id, finding]));
  const later = new Set(now.findings.map(({ id }) => id));
  const said = (finding: Finding) => briefly(finding, language, words);
  return [
    ...now.findings.filter(({ id }) => !earlier.has(id)).map((finding) => added(said(finding))),
    ...now.findings
      .filter((finding) => earlier.has(finding.id) && said(earlier.get(finding.id)!) !== said(finding))
      .map((finding) => became(said(finding))),
    ...before.findings.filter(({ id }) => !later.has(id)).map((finding) => gone(said(finding))),
  ].join(between);
}

/** The finding without its advice. */
function briefly(finding: Finding, language: Language, words: Words): string {
  if (finding.isConfidential && finding.leaves.length === 0) return words.queue.confidential;
  const [sentence, advice] = [inLanguage(finding.sentence, language), inLanguage(finding.advice, language)];
  return advice !== '' && sentence.endsWith(advice)
    ? sentence.slice(0, -advice.length).replace(/[：:]\s*$/, '')
    : sentence;
}
