import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config } from '../config/index.js';
import { AppError } from '../kernel/index.js';
import { POLICY_PATH } from '../policy/index.js';
import { type VocabularyFile } from '../terminology/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { noticeOf } from './domain/files/source-node.js';
import { OVERLAY } from './domain/overlay/apply-overlay.js';
import { readFiles } from './read-files.js';

/** Where rule files lie. */
export type RuleFolders = Pick<Config, 'rulesDir' | 'shippedRulesDir' | 'overlayDir'>;

/** The files of the vocabulary stand beside the rules under this name, in what is kept of a version. */
const VOCABULARY = 'vocabulary/';
const RESERVED = [OVERLAY, VOCABULARY];

/**
 * Every file of a version: the rules, the centre's overlay, the notification policy (the shipped one for a folder
 * without its own), and the vocabulary that the rules are written with.
 * @throws AppError `rules-refused` when a folder or a file cannot be read
 */
export async function gatherFiles(
  { rulesDir, shippedRulesDir, overlayDir }: RuleFolders,
  vocabulary: readonly VocabularyFile[],
): Promise<SourceFile[]> {
  const files = await readFiles(rulesDir, 'RULES_DIR');
  refuseReserved(files);
  return [
    ...(await withPolicy(files, shippedRulesDir)),
    ...(overlayDir === null ? [] : await readOverlay(overlayDir)),
    ...vocabulary.map(({ path, text }) => ({ path: VOCABULARY + path, text })),
  ];
}

/** An empty folder is one that was not mounted, more likely than a centre's wish. */
async function readOverlay(dir: string): Promise<SourceFile[]> {
  const files = await readFiles(dir, 'RULES_OVERLAY_DIR');
  if (files.length === 0) {
    throw new AppError([{ code: 'rules-refused', ...noticeOf('RULES_OVERLAY_DIR', null, 'empty-overlay') }]);
  }
  return files.map(({ path, text }) => ({ path: OVERLAY + path, text }));
}

/** The files, with the shipped notification policy where they have none of their own. */
export async function withPolicy(files: readonly SourceFile[], shippedRulesDir: string): Promise<SourceFile[]> {
  if (files.some(({ path }) => path === POLICY_PATH)) return [...files];
  const text = await readFile(join(shippedRulesDir, POLICY_PATH), 'utf8');
  return [...files, { path: POLICY_PATH, text }];
}

export function isVocabulary(path: string): boolean {
  return path.startsWith(VOCABULARY);
}

/** The files of the rules, and those of the vocabulary. */
export function partFiles(files: readonly SourceFile[]): { rules: SourceFile[]; vocabulary: VocabularyFile[] } {
  const vocabulary = files.filter(({ path }) => isVocabulary(path));
  return {
    rules: files.filter(({ path }) => !isVocabulary(path)),
    vocabulary: vocabulary.map(({ path, text }) => ({ path: path.slice(VOCABULARY.length), text })),
  };
}

function refuseReserved(files: readonly SourceFile[]): void {
  const taken = files.find(({ path }) => RESERVED.some((name) => path.startsWith(name)));
  if (!taken) return;
  const [found] = taken.path.split('/');
  const notice = noticeOf(taken.path, { line: 1, column: 1 }, 'reserved-folder', { found });
  throw new AppError([{ code: 'rules-refused', ...notice }]);
}

/**
 * What the files look like from outside, without reading them: another text as soon as one of them was written, moved,
 * added or removed. Never throws: a folder that is not there looks like one.
 */
export async function signatureOf({ rulesDir, shippedRulesDir, overlayDir }: RuleFolders): Promise<string> {
  const parts = [
    signatureOfFolder(rulesDir),
    overlayDir === null ? Promise.resolve('') : signatureOfFolder(overlayDir),
    rulesDir === shippedRulesDir ? Promise.resolve('') : signatureOfFile(join(shippedRulesDir, POLICY_PATH)),
  ];
  return (await Promise.all(parts)).join('\n');
}

async function signatureOfFolder(folder: string): Promise<string> {
  try {
    const names = await readdir(folder, { recursive: true });
    const lines = await Promise.all(names.sort().map((name) => signatureOfFile(join(folder, name))));
    return [await signatureOfFile(folder), ...lines].join('\n');
  } catch (error) {
    return `${folder} ${(error as NodeJS.ErrnoException).code}`;
  }
}

/** The change time cannot be set by whoever copies a file with its dates; nanoseconds, because editors are quick. */
async function signatureOfFile(path: string): Promise<string> {
  try {
    const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true });
    return `${path} ${size} ${mtimeNs} ${ctimeNs} ${ino}`;
  } catch (error) {
    return `${path} ${(error as NodeJS.ErrnoException).code}`;
  }
}
