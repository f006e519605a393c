import { type Bilingual } from '../../rules/index.js';

/** What was found, without the advice at its end: enough for a line of the queue. */
export function briefly(sentence: Bilingual, advice: Partial<Bilingual>): Bilingual {
  const without = (text: string, mark: string, end: string | undefined): string =>
    end && text.endsWith(mark + end) ? text.slice(0, -(mark + end).length) : text;
  return {
    zh: without(sentence.zh, '：', advice.zh),
    en: without(sentence.en, ': ', advice.en ?? advice.zh),
  };
}
