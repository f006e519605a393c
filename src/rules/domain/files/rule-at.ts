import { type Fault } from '../../../kernel/index.js';
import { type SourceFile } from './parse-file.js';

/** The faults, each with the rule that it stands in; also those of a file that cannot be parsed. */
export function withRules<Found extends Fault>(files: readonly SourceFile[], faults: readonly Found[]): Found[] {
  return faults.map((fault) => {
    const [, path = '', line = ''] = /^(.+):(\d+):\d+$/.exec(fault.path ?? '') ?? [];
    const file = files.find((each) => each.path === path);
    const rule = file ? ruleAt(file, Number(line)) : null;
    return rule === null ? fault : { ...fault, rule };
  });
}

/** Full name of the rule that a line of the file belongs to: the last id up to it. Null above the rules. */
function ruleAt({ path, text }: SourceFile, line: number): string | null {
  const until = text.split('\n').slice(0, line).join('\n');
  const rules = /^(?:\s*\{)?\s*["']?rules["']?\s*:/m.exec(until);
  if (!rules) return null;
  const ids = [...until.slice(rules.index).matchAll(/(?<![\w-])["']?id["']?\s*:\s*["']?([a-z0-9]+(?:-[a-z0-9]+)*)/g)];
  const id = ids.at(-1)?.[1];
  return id === undefined ? null : `${path.split('/')[0]}/${id}`;
}
