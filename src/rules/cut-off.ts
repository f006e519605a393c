import { type Fault } from '../kernel/index.js';
import { type SourceFile } from './domain/files/parse-file.js';

/**
 * The beginning of a rule file is a rule file: one that was cut off while it was saved or copied may be sound, and its
 * last rules or phrases would be gone without a word. A file that ends in the middle of a line, and did not before, is
 * taken for cut off.
 */
export function cutOffFiles(before: readonly SourceFile[], after: readonly SourceFile[]): Fault[] {
  const endedWell = new Set(before.flatMap(({ path, text }) => (text.endsWith('\n') ? path : [])));
  return after
    .filter(({ path, text }) => endedWell.has(path) && !text.endsWith('\n'))
    .map(({ path, text }) => {
      const lines = text.split('\n');
      return {
        code: 'rules-refused',
        message:
          'the file ends in the middle of a line, which it did not before: was it cut off? If not, end it with a line break',
        path: `${path}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`,
      };
    });
}
