import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config } from '../config/index.js';
import { AppError } from '../kernel/index.js';
import { POLICY_PATH } from '../policy/index.js';
import { type VocabularyFile } from '../terminology/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { readFiles } from './read-files.js';

/** Where rule files lie. */
export type RuleFolders = Pick<Config, 'rulesDir' | 'shippedRulesDir'>;

/** The files of the vocabulary stand beside the rules under this name, in what is kept of a version. */
const VOCABULARY = 'vocabulary/';

/**
 * Every file of a version: the rules, the notification policy (the shipped one for a folder without its own), and the
 * vocabulary that the rules are written with.
 * @throws AppError `rules-refused` when a folder or a file cannot be read
 */
export async function gatherFiles(
  { rulesDir, shippedRulesDir }: RuleFolders,
  vocabulary: readonly VocabularyFile[],
): Promise<SourceFile[]> {
  const files = await readFiles(rulesDir, 'RULES_DIR');
  refuseReserved(files);
  return [
    ...(await withPolicy(files, shippedRulesDir)),
    ...vocabulary.map(({ path, text }) => ({ path: VOCABULARY + path, text })),
  ];
}

/** The files, with the shipped notification policy where they have none of their own. */
export async function withPolicy(files: readonly SourceFile[], shippedRulesDir: string): Promise<SourceFile[]> {
  if (files.some(({ path }) => path === POLICY_PATH)) return [...files];
  const text = await readFile(join(shippedRulesDir, POLICY_PATH), 'utf8');
  return [...files, { path: POLICY_PATH, text }];
}

/** The files of the rules, and those of the vocabulary. */
export function partFiles(files: readonly SourceFile[]): { rules: SourceFile[]; vocabulary: VocabularyFile[] } {
  const vocabulary = files.filter(({ path }) => path.startsWith(VOCABULARY));
  return {
    rules: files.filter(({ path }) => !path.startsWith(VOCABULARY)),
    vocabulary: vocabulary.map(({ path, text }) => ({ path: path.slice(VOCABULARY.length), text })),
  };
}

function refuseReserved(files: readonly SourceFile[]): void {
  const taken = files.find(({ path }) => path.startsWith(VOCABULARY));
  if (taken) {
    throw new AppError('rules-refused', `the folder name ${VOCABULARY} is taken: give the pack another`, `${taken.path}:1:1`);
  }
}

/**
 * What the files look like from outside, without reading them: another text as soon as one of them was written, moved,
 * added or removed. Never throws: a folder that is not there looks like one.
 */
export async function signatureOf({ rulesDir, shippedRulesDir }: RuleFolders): Promise<string> {
  const own = await signatureOfFolder(rulesDir);
  if (rulesDir === shippedRulesDir) return own;
  return `${own}\n${await signatureOfFile(join(shippedRulesDir, POLICY_PATH))}`;
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
