import { AppError } from '../../kernel/index.js';
import { type SourceFile } from '../../rules/index.js';

/**
 * `editing` → `in-review` → `approved` (its files are being written) → `in-force`. A reviewer gives it back to `editing`;
 * its author takes it away as `withdrawn`, which is an end like `in-force`.
 */
export type DraftState = 'editing' | 'in-review' | 'approved' | 'in-force' | 'withdrawn';

/** One file as the draft has it. */
export interface FileChange {
  /** Among the files of a version; those of the centre's overlay begin with `overlay/`. */
  path: string;
  /** What lay on the disk when the draft took it up; null where there was no such file. */
  before: string | null;
  /** Null: the file goes. */
  text: string | null;
}

/** What was done to a draft, as its history names it. */
export type DraftAct =
  | 'made'
  | 'saved'
  | 'sent'
  | 'diff-seen'
  | 'replay-seen'
  | 'returned'
  | 'code-wrong'
  | 'approved'
  | 'in-force'
  | 'failed'
  | 'withdrawn';

export const MOST_FILES = 40;
export const LONGEST_FILE = 512 * 1024;

const PATH = /^(?:[a-z0-9][a-z0-9-]{0,63}\/){0,4}[a-z0-9][a-z0-9.-]{0,63}\.yaml$/;

/** @throws AppError `invalid-request`: never a path that leaves its folder, or a name that no rule file has */
export function checkPath(path: string): void {
  if (PATH.test(path) && !path.includes('..')) return;
  throw new AppError(
    'invalid-request',
    'A rule file is named in small Latin letters, digits and hyphens and ends in .yaml, as in own-pack/blood-count.yaml.',
    'path',
  );
}

/** The files of a version with those of a draft in their place. */
export function withChanges(files: readonly SourceFile[], changes: readonly FileChange[]): SourceFile[] {
  const changed = new Map(changes.map(({ path, text }) => [path, text]));
  const kept = files.filter(({ path }) => !changed.has(path));
  const own = changes.flatMap(({ path, text }) => (text === null ? [] : { path, text }));
  return [...kept, ...own].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** The changes of a draft after one file was saved; a file that is again what lies on the disk is no change. */
export function saved(changes: readonly FileChange[], next: FileChange): FileChange[] {
  const others = changes.filter(({ path }) => path !== next.path);
  return next.text === next.before ? others : [...others, next].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What makes files what they were in an earlier version, of those that may be edited. */
export function changesBack(now: readonly SourceFile[], then: readonly SourceFile[]): FileChange[] {
  const texts = new Map(then.map(({ path, text }) => [path, text]));
  const known = new Map(now.map(({ path, text }) => [path, text]));
  const paths = [...new Set([...known.keys(), ...texts.keys()])].sort();
  return paths.flatMap((path) => {
    const [before, text] = [known.get(path) ?? null, texts.get(path) ?? null];
    return before === text ? [] : { path, before, text };
  });
}

interface Done {
  action: string;
  revision: number;
  actor: string;
}

/** What keeps a reviewer from approving, the first of it; null when nothing does. */
export function whatIsMissing(
  { author, revision }: { author: string; revision: number },
  events: readonly Done[],
  reviewer: string,
): 'second-person' | 'diff' | 'replay' | null {
  // Whoever wrote any of it is no second pair of eyes.
  const wrote = new Set([
    author,
    ...events.filter(({ action }) => action === 'saved').map(({ actor }) => actor),
  ]);
  if (wrote.has(reviewer)) return 'second-person';
  const hasSeen = (action: DraftAct): boolean =>
    events.some((one) => one.action === action && one.revision === revision && one.actor === reviewer);
  if (!hasSeen('diff-seen')) return 'diff';
  return hasSeen('replay-seen') ? null : 'replay';
}
