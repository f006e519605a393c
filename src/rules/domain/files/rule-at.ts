import { type Fault } from '../../../kernel/index.js';
import { OVERLAY } from '../overlay/apply-overlay.js';
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

/**
 * Full name of the rule that a line of the file belongs to: the last id up to it, or the last rule that an overlay
 * names. Null above the rules.
 */
function ruleAt({ path, text }: SourceFile, line: number): string | null {
  const until = text.split('\n').slice(0, line).join('\n');
  const list = /^(?:\s*\{)?\s*["']?(rules|changes)["']?\s*:/m.exec(until);
  if (!list) return null;
  const [key, name] = list[1] === 'rules' ? ['id', NAME] : ['rule', `${NAME}/${NAME}`];
  const named = new RegExp(`(?<![\\w-])["']?${key}["']?\\s*:\\s*["']?(${name})`, 'g');
  const id = [...until.slice(list.index).matchAll(named)].at(-1)?.[1];
  if (id === undefined || key === 'rule') return id ?? null;
  const [pack] = (path.startsWith(OVERLAY) ? path.slice(OVERLAY.length) : path).split('/');
  return `${pack}/${id}`;
}

const NAME = '[a-z0-9]+(?:-[a-z0-9]+)*';
