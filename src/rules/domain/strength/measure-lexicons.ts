import { joinLexicons, type LexiconFile } from '../files/read-lexicon.js';
import { FaultList, type SourceNode } from '../files/source-node.js';
import { PHRASE_LISTS, type PhraseList } from '../text/lexicon.js';
import { type Strength, type Survivor } from './measure-rule.js';

/**
 * Drops every phrase, and moves the class that grades count from by one: an example of some lexicon must then be read
 * otherwise. Lists of plain words are left out: a missing word sends a text to the doctor, it loses none. Codes too: no
 * example can say one.
 */
export function measureLexicons(files: readonly LexiconFile[]): Strength {
  let noticed = 0;
  const survivors: Survivor[] = [];
  for (const file of files) {
    for (const change of changesOf(file)) {
      const changed = files.map((each) => ({ ...each, ...(each === file && { source: change.source }), faults: new FaultList('') }));
      if (joinLexicons(changed).failed > 0) noticed++;
      else survivors.push(survivorOf(file, change));
    }
  }
  return { mutants: noticed + survivors.length, noticed, survivors, equal: [] };
}

interface LexiconChange {
  place: SourceNode;
  what: Survivor['what'];
  source: LexiconFile['source'];
}

function changesOf(file: LexiconFile): LexiconChange[] {
  const lists = Object.keys(PHRASE_LISTS) as PhraseList[];
  return [...lists.flatMap((list) => withoutEachPhrase(file, list)), ...withOtherGrades(file)];
}

function withoutEachPhrase({ node, source }: LexiconFile, list: PhraseList): LexiconChange[] {
  const items = node.members.get(list)?.value.items ?? [];
  return items.map((place, at) => {
    const phrase = String(place.members.get('phrase')?.value.value);
    return {
      place,
      what: { zh: `去掉短语 ${list}“${phrase}”`, en: `${list} phrase “${phrase}” dropped` },
      source: { ...source, [list]: source[list].filter((_, index) => index !== at) },
    };
  });
}

function withOtherGrades({ node, source }: LexiconFile): LexiconChange[] {
  const place = node.members.get('grades')?.value.members.get('from')?.value;
  const { gradesFrom } = source;
  if (!place || gradesFrom === null) return [];
  return [gradesFrom - 1, gradesFrom + 1].map((from) => {
    const arrow = `${gradesFrom} → ${from}`;
    return { place, what: { zh: `起始分类 ${arrow}`, en: `class counted from ${arrow}` }, source: { ...source, gradesFrom: from } };
  });
}

function survivorOf({ source, faults }: LexiconFile, { place, what }: LexiconChange): Survivor {
  return { path: faults.placeOf(place), subject: source.id, title: source.title, what, example: null };
}
