import { type Finding } from '../../assessment/domain/finding.js';

/** As long as a message's finding may be. */
const LONGEST = 400;
const CONFIDENTIAL = {
  zh: '保密结果，请登录工作台查看',
  en: 'a confidential result: open the workbench',
} as const;

/** What a message to a doctor says of findings, and which of them it tells. */
export interface SaidFindings {
  text: string;
  told: { id: string; value: string }[];
}

/**
 * The sentences of findings, gravest first, as many as there is room for: what is left out is not told by it.
 * @param covered milder forms that are not spoken of, each with the graver one that is
 */
export function sayFindings(
  findings: readonly Finding[],
  isConfidential: (finding: Finding) => boolean,
  language: 'zh' | 'en',
  covered: ReadonlyMap<string, string> = new Map(),
): SaidFindings {
  const said: SaidFindings = { text: '', told: [] };
  const sentences: string[] = [];
  for (const finding of findings) {
    if (covered.has(finding.id)) continue;
    const isHidden = isConfidential(finding);
    const sentence = isHidden ? CONFIDENTIAL[language] : plain(finding.evidence.sentence[language]);
    if (!sentences.includes(sentence)) sentences.push(sentence);
    const text = sentences.join(language === 'zh' ? '；' : '; ');
    if (text.length > LONGEST) break;
    said.text = text;
    if (!isHidden) said.told.push({ id: finding.id, value: finding.toldValue });
  }
  // Who hears of the graver form has heard of the milder ones.
  const heard = new Set(said.told.map(({ id }) => id));
  for (const { id, toldValue } of findings)
    if (heard.has(covered.get(id) ?? '')) said.told.push({ id, value: toldValue });
  return said;
}

function plain(sentence: string): string {
  return sentence.replace(/\p{Cc}+/gu, ' ').trim();
}
