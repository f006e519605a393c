import { catalogue } from '../../test/support/explaining.js';
import { readRules } from './domain/files/read-rules.js';
import { type Lexicon } from './domain/text/lexicon.js';
import { quotesIn } from './domain/text/quotes.js';
import { readConclusion } from './domain/text/read-conclusion.js';
import { readFiles } from './read-files.js';

let lexicons: Map<string, Lexicon>;
let phrases: { id: string; text: string }[];
beforeAll(async () => {
  const { placed, lexiconFiles } = await readRules(await readFiles('rules'), catalogue);
  const used = placed.flatMap(({ rule }) => rule.leaves.map(({ threshold }) => threshold));
  lexicons = new Map(used.flatMap((one) => (one.kind === 'text' ? [[one.lexicon.id, one.lexicon]] : [])));
  phrases = lexiconFiles.flatMap(({ source: { id }, examples }) => examples.map(({ text }) => ({ id, text })));
});

it('every phrase that suspects or leaves open is told by the words that did', () => {
  let asked = 0;
  const wrong: string[] = [];
  for (const { id, text } of phrases) {
    const lexicon = lexicons.get(id);
    if (!lexicon) continue;
    const reading = readConclusion(text, lexicon);
    if (reading !== 'suspected' && reading !== 'unclear') continue;
    asked++;
    const quotes = quotesIn(text, lexicon);
    if (!quotes.some((quote) => quote.reading === reading)) wrong.push(`${id} ${reading}: ${text} ${JSON.stringify(quotes)}`);
    for (const { phrase, start } of quotes) {
      if (start !== null) expect(text.slice(start, start + phrase.length)).toBe(phrase);
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(100);
});

it('where a clause before was read in another spelling, no place is told that could be a wrong one', () => {
  const lexicon = lexicons.get('malignancy')!;
  const quotes = quotesIn('ＣＴ：右肺癌可能。右肺癌可能。', lexicon);
  expect(quotes.map(({ start }) => start)).toEqual([null, null]);
});
