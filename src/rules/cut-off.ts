import { type Fault } from '../kernel/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { type RulesVersion } from './rules-version.js';

/**
 * The beginning of a file of rules is a file of rules: one that was cut off while it was being saved or copied may be
 * sound, and its last rules would be gone without a word. A file that lost rules and ends in the middle of a line is
 * therefore taken for cut off.
 */
export function cutOffFiles(
  before: RulesVersion,
  after: RulesVersion,
  files: readonly SourceFile[],
): Fault[] {
  const left = new Set(after.rules.map(({ id }) => id));
  const lost = before.rules.filter(({ id }) => !left.has(id));
  return files.flatMap(({ path, text }): Fault[] => {
    const missing = lost.filter(({ file }) => file === path).map(({ id }) => id);
    if (missing.length === 0 || text.endsWith('\n')) return [];
    const lines = text.split('\n');
    return [
      {
        code: 'rules-refused',
        message: `the file ends in the middle of a line, and rules in force are missing from it (${missing.join(', ')}): was it cut off? If they are to go, end the file with a line break`,
        path: `${path}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`,
      },
    ];
  });
}
