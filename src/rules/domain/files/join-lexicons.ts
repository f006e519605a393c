import { oneOf, Remembered } from '../../../kernel/index.js';
import { compileLexicon, GRAMMAR, type Lexicon, type LexiconSource, PHRASE_LISTS, type PhraseList, WORD_LISTS, type WordList } from '../text/lexicon.js';
import { readConclusion } from '../text/read-conclusion.js';
import { type LexiconFile } from './read-lexicon.js';
import { asWritten } from './source-node.js';

const EVERY_LIST = [...Object.keys(PHRASE_LISTS), ...Object.keys(WORD_LISTS)] as (PhraseList | WordList)[];

/** Lexicons whose examples are read as they say, by all that they are made of: compiling and reading take their time. */
const sound = new Remembered<Lexicon>(5_000_000);

/** Joins lexicons with those that they extend or take their grammar from, compiles them and runs their examples. */
export function joinLexicons(files: readonly LexiconFile[]): { lexicons: Map<string, Lexicon>; examples: number; failed: number } {
  const byId = new Map<string, LexiconFile>();
  for (const file of files) {
    const { id } = file.source;
    const known = byId.get(id);
    if (known) file.faults.add(file.node.members.get('id')?.value ?? file.node, 'doubled-lexicon', { found: id, first: known.faults.file });
    else byId.set(id, file);
  }
  const lexicons = new Map<string, Lexicon>();
  let examples = 0;
  let failed = 0;
  for (const [id, file] of byId) {
    const source = joined(file, byId);
    examples += file.examples.length;
    const is = JSON.stringify([source, file.examples.map(({ text, expect }) => [text, expect])]);
    const known = sound.get(is);
    const lexicon = known ?? compileLexicon(source);
    lexicons.set(id, lexicon);
    if (known) continue;
    const failedBefore = failed;
    for (const { at, text, expect } of file.examples) {
      const reading = readConclusion(text, lexicon);
      if (reading === expect) continue;
      failed++;
      file.faults.add(at, 'reads-otherwise', { found: text, reading, expected: expect });
    }
    if (failed === failedBefore) sound.keep(is, lexicon);
  }
  return { lexicons, examples, failed };
}

/** Whether some example of a lexicon is read otherwise than it says; of files that are sound. */
export function failsAnExample(file: LexiconFile, byId: ReadonlyMap<string, LexiconFile>): boolean {
  const lexicon = compileLexicon(joined(file, byId));
  return file.examples.some(({ text, expect }) => readConclusion(text, lexicon) !== expect);
}

/** The lexicon, if any, that a file extends or takes its grammar from: its id. */
export function baseOf(file: LexiconFile): string | null {
  const taken = file.extends ?? file.grammar;
  return taken && String(taken.value);
}

function joined(file: LexiconFile, byId: ReadonlyMap<string, LexiconFile>): LexiconSource {
  const taken = file.extends ?? file.grammar;
  if (!taken) return file.source;
  const base = byId.get(String(taken.value));
  if (!base || base === file || base.extends || base.grammar) {
    const known = [...byId.values()].filter((each) => !each.extends && !each.grammar).map((each) => each.source.id);
    file.faults.add(taken, 'unknown-lexicon', oneOf(asWritten(taken), known));
    return file.source;
  }
  const result = { ...file.source };
  const lists = file.extends ? EVERY_LIST : GRAMMAR;
  for (const list of lists) result[list] = [...base.source[list], ...file.source[list]];
  if (file.grammar) return result;
  result.measured = [...base.source.measured, ...file.source.measured];
  result.codes = [...base.source.codes, ...file.source.codes];
  return { ...result, grades: file.source.grades ?? base.source.grades };
}
