import { type Config } from '../config/index.js';
import { POLICY_PATH } from '../policy/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { readFiles } from './read-files.js';

/** Where rule files lie. */
export type RuleFolders = Pick<Config, 'rulesDir' | 'shippedRulesDir'>;

/** Every file of a version. A folder without a notification policy of its own has the shipped one. */
export async function gatherFiles({ rulesDir, shippedRulesDir }: RuleFolders): Promise<SourceFile[]> {
  const files = await readFiles(rulesDir);
  if (files.some(({ path }) => path === POLICY_PATH)) return files;
  const shipped = await readFiles(shippedRulesDir);
  return [...files, ...shipped.filter(({ path }) => path === POLICY_PATH)];
}
