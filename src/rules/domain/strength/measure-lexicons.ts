import { baseOf, failsAnExample } from '../files/join-lexicons.js';
import { type LexiconFile } from '../files/read-lexicon.js';
import { FaultList } from '../files/source-node.js';
import { type LexiconChange, lexiconChanges } from './lexicon-changes.js';
import { type Measuring, type Strength, type Survivor } from './measure-rule.js';

/** Makes every change to every lexicon: an example of it, or of one that builds on it, must then be read otherwise. */
export async function measureLexicons(
  files: readonly LexiconFile[],
  { of = files, most = Infinity, pause }: Measuring & { of?: readonly LexiconFile[] } = {},
): Promise<Strength> {
  let noticed = 0;
  const survivors: Survivor[] = [];
  const unmeasured: string[] = [];
  for (const file of of) {
    const building = files.filter((each) => baseOf(each) === file.source.id);
    for (const change of lexiconChanges(file)) {
      if (noticed + survivors.length >= most) {
        unmeasured.push(file.source.id);
        break;
      }
      await pause?.();
      if (isNoticed(file, change, building, files)) noticed++;
      else survivors.push(survivorOf(file, change));
    }
  }
  return { mutants: noticed + survivors.length, noticed, survivors, equal: [], unmeasured };
}

/** Its own examples are asked first: they are the ones that most likely notice. */
function isNoticed(
  file: LexiconFile,
  { source }: LexiconChange,
  building: readonly LexiconFile[],
  files: readonly LexiconFile[],
): boolean {
  const changed = { ...file, source, faults: new FaultList('') };
  const byId = new Map(files.map((each) => [each.source.id, each === file ? changed : each]));
  return [changed, ...building].some((each) => failsAnExample(each, byId));
}

function survivorOf({ source, faults }: LexiconFile, { place, what }: LexiconChange): Survivor {
  return { path: faults.placeOf(place), subject: source.id, title: source.title, what, example: null };
}
