import { type Message } from '../../../kernel/index.js';

/** The file as a whole, and its shape: maps, lists, texts, words. */
export const FILE_MESSAGES = {
  'no-rules': {
    zh: '文件夹里没有一条规则',
    en: 'There is no rule in the folder',
    mend: { zh: '检查 RULES_DIR 指向的文件夹是否正确。', en: 'Check that RULES_DIR names the right folder.' },
  },
  'empty-rules': {
    zh: '文件里一条规则也没有',
    en: 'The file has not one rule',
    mend: {
      zh: '把规则写回来；不要的文件就删掉。',
      en: 'Put the rules back; delete a file that is not wanted.',
    },
  },
  'not-utf8': {
    zh: '文件不是 UTF-8 文字',
    en: 'The file is not UTF-8 text',
    mend: { zh: '用编辑器另存为 UTF-8(不是 GBK)。', en: 'Save the file as UTF-8 in your editor.' },
  },
  'empty-file': {
    zh: '文件是空的',
    en: 'The file is empty',
    mend: { zh: '写入规则，或删除此文件。', en: 'Write rules into it, or delete it.' },
  },
  'second-document': {
    zh: '一个文件只能有一份内容，这里又出现了 "---"',
    en: 'One document a file; here is a second "---"',
    mend: {
      zh: '删去这一行 "---"，或把后面的内容放进另一个文件。',
      en: 'Delete the "---", or move what follows into a file of its own.',
    },
  },
  'doubled-key': {
    zh: '同一处把 {found} 写了两遍，哪一个算数说不清',
    en: '{found} stands twice in one mapping; which one counts is not clear',
    mend: { zh: '删去其中一个。', en: 'Delete one of them.' },
  },
  'not-yaml': {
    zh: '这里不合 YAML 的写法(缩进、括号、引号或冒号)',
    en: 'Not readable as YAML: {problem}',
    mend: {
      zh: '对照上下行：缩进用空格不用 Tab，括号和引号成对，冒号后有空格。常常错在上一行。',
      en: 'Compare with the lines around: indent by spaces, close brackets and quotes, put a space behind a colon. The mistake is often one line above.',
    },
  },
  'odd-character': {
    zh: '这里的 {found} 是全角符号、特殊空格或控制字符，程序不认',
    en: 'The {found} here is a full-width sign, an unusual space or a control character, which is not understood',
    mend: {
      zh: '切换到英文输入法，把这个符号重新输入；只在说明文字里用全角标点。',
      en: 'Type the character again with an English keyboard; full-width signs belong into texts only.',
    },
  },
  'nested-without-end': {
    zh: '括号或缩进一层套一层，深得无法读下去',
    en: 'Brackets or lines are nested deeper than can be read',
    mend: { zh: '多半是粘贴时重复了括号；删去多余的层。', en: 'Most likely brackets were pasted again and again; delete them.' },
  },
  'text-too-long': {
    zh: '{what}超过 {longest} 个字',
    en: '{what} has more than {longest} characters',
    mend: { zh: '写短些；详细说明放到别的文件里。', en: 'Make it shorter; put what goes further into a document of its own.' },
  },
  alias: {
    zh: '规则文件不用锚点和别名(& 和 *)',
    en: 'Anchors and aliases (& and *) are not used in rule files',
    mend: {
      zh: '把内容完整写出来；以 * 或 & 开头的文字请加引号。',
      en: 'Write the content out; quote a text that begins with * or &.',
    },
  },
  tag: {
    zh: '规则文件不用类型标记 {found}',
    en: 'Type tags such as {found} are not used in rule files',
    mend: {
      zh: '删去标记；以 ! 开头的文字请加引号。',
      en: 'Delete the tag; quote a text that begins with !.',
    },
  },
  'old-yaml': {
    zh: '规则文件不写 YAML 版本和指令：旧版本把 010 读成 8',
    en: 'Rule files have no YAML version or directives: older versions read 010 as 8',
    mend: { zh: '删去以 % 开头的这一行和 "---"。', en: 'Delete the line that begins with %, and the "---".' },
  },
  'not-a-map': {
    zh: '{what}须是“名称: 内容”的形式',
    en: '{what} must be a mapping',
    mend: {
      zh: '写成下面各行“名称: 内容”，或写在大括号 { } 里。',
      en: 'Write lines of `name: content`, or braces { }.',
    },
  },
  'not-a-list': {
    zh: '{what}须是列表',
    en: '{what} must be a list',
    mend: {
      zh: '每项一行，以 "- " 开头，或写在方括号 [ ] 里。',
      en: 'One line an item, beginning with "- ", or brackets [ ].',
    },
  },
  'not-a-text': {
    zh: '{what}须是文字',
    en: '{what} must be a text',
    mend: { zh: '写上文字；像数字的文字请加引号。', en: 'Write a text; quote one that looks like a number.' },
  },
  'unknown-key': {
    zh: '{what}里没有 {found} 这一项',
    en: 'Unknown key {found} in {what}',
    mend: {
      zh: '改正拼写；说明文字写在 note 里，或用 # 注释。',
      en: 'Mend the spelling; explanations go into `note`, or behind #.',
    },
  },
  'unknown-word': {
    zh: '{what}不能写 {found}',
    en: '{what} cannot be {found}',
    mend: { zh: '改成列出的词之一。', en: 'Use one of the words listed.' },
  },
  missing: {
    zh: '缺少 {what}',
    en: '{what} is missing',
    mend: { zh: '补上这一项。', en: 'Add it.' },
  },
  'empty-list': {
    zh: '{what}是空的，永远不会成立',
    en: '{what} is empty: nothing could ever meet it',
    mend: { zh: '至少写一个值。', en: 'Write at least one value.' },
  },
} as const satisfies Record<string, Message>;
