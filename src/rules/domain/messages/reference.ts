import { type Message } from '../../../kernel/index.js';
import { type Bilingual } from '../catalogue.js';
import { CASE_MESSAGES } from './case-messages.js';
import { CONDITION_MESSAGES } from './condition-messages.js';
import { DISK_MESSAGES } from './disk-messages.js';
import { EXAMPLE_MESSAGES } from './example-messages.js';
import { FILE_MESSAGES } from './file-messages.js';
import { FORMULA_MESSAGES } from './formula-messages.js';
import { LEVEL_MESSAGES } from './level-messages.js';
import { LEXICON_MESSAGES } from './lexicon-messages.js';
import { MEETING_MESSAGES } from './meeting-messages.js';
import { OVERLAY_MESSAGES } from './overlay-messages.js';
import { RULE_MESSAGES } from './rule-messages.js';
import { TIME_MESSAGES } from './time-messages.js';
import { WARNING_MESSAGES } from './warning-messages.js';

const CHAPTERS: readonly (readonly [Bilingual, Readonly<Record<string, Message>>])[] = [
  [{ zh: '文件夹与磁盘', en: 'Folders and the disk' }, DISK_MESSAGES],
  [{ zh: '文件', en: 'The file' }, FILE_MESSAGES],
  [{ zh: '文件开头与规则', en: 'Heads and rules' }, RULE_MESSAGES],
  [{ zh: '条件', en: 'Conditions' }, CONDITION_MESSAGES],
  [{ zh: '历次结果', en: 'Results over time' }, TIME_MESSAGES],
  [{ zh: '例子', en: 'Examples' }, EXAMPLE_MESSAGES],
  [{ zh: '永不成立、总是成立、互相矛盾', en: 'Never, always, contradictory' }, MEETING_MESSAGES],
  [{ zh: '词库', en: 'Lexicons' }, LEXICON_MESSAGES],
  [{ zh: '公式', en: 'Formulas' }, FORMULA_MESSAGES],
  [{ zh: '分层', en: 'Levels' }, LEVEL_MESSAGES],
  [{ zh: '本院的改动', en: "A centre's own values" }, OVERLAY_MESSAGES],
  [{ zh: '病例', en: 'Cases' }, CASE_MESSAGES],
  [{ zh: '提醒(不影响启用)', en: 'Warnings (they refuse nothing)' }, WARNING_MESSAGES],
];

/**
 * The page of all messages, in Markdown, as `docs/rules/messages.md` holds it.
 * @param policy the messages of the notification policy, which stands among the rules and is read elsewhere
 */
export function messageReference(policy: Readonly<Record<string, Message>>): string {
  const all = [...CHAPTERS, [{ zh: '通知时限', en: 'The notification policy' }, policy] as const];
  const chapters = all.map(([title, messages]) => {
    const rows = Object.entries(messages).map(([kind, message]) => rowOf(kind, message));
    const head = '| `kind` | 提示 message | 怎么改 how to mend |\n|---|---|---|';
    return `## ${title.zh} · ${title.en}\n\n${head}\n${rows.join('\n')}\n`;
  });
  return `${HEAD}\n${chapters.join('\n')}`;
}

const HEAD = `# 规则文件的全部提示 · Every message of rule files

每条提示前是 \`文件:行:列\`，后面是写的是什么、应当写什么、最像哪个名称；\`rules check --json\` 里各是一项，\`kind\` 说明是哪一条提示。本页由 \`npm run rules:reference\` 生成。
A message stands behind \`file:line:column\`, and goes on with what was found, what was expected and the nearest valid name; \`rules check --json\` has each as a member, \`kind\` tells which message it is. This page is made by \`npm run rules:reference\`.
`;

function rowOf(kind: string, { zh, en, mend }: Message): string {
  return `| \`${kind}\` | ${cell(zh)}<br>${cell(en)} | ${cell(mend.zh)}<br>${cell(mend.en)} |`;
}

/** What a message fills in is left open. */
function cell(text: string): string {
  return text.replace(/\{\w+\}/g, '…').replaceAll('|', '\\|');
}
