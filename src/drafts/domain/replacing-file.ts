import { type Excerpt, type SourceFile } from '../../rules/index.js';

/**
 * A file of the centre's overlay that replaces one shipped rule, which stands in it as shipped: the head of the shipped
 * file, said to replace, and the rule.
 * @param ruleId `pack/rule`
 * @returns null where the rule stands in no list of rules, as in a file of JSON
 */
export function replacingFile(
  files: readonly SourceFile[],
  { file, text }: Excerpt,
  ruleId: string,
): SourceFile | null {
  const whole = files.find(({ path }) => path === file)?.text;
  const head = whole && /^[^]*?^(?=rules:)/m.exec(whole)?.[0];
  if (!head || !/^kind: /m.test(head)) return null;
  const own = head.replace(/^kind: .*$/m, '$&\noverlay: replaces').replace(/^# yaml-language-server.*\n/, '');
  return { path: `overlay/${ruleId}.yaml`, text: `${own}rules:\n${text}\n` };
}
