import { type Message } from '../../../kernel/index.js';

/** What keeps files from being read, before anything in them is looked at. */
export const DISK_MESSAGES = {
  'folder-unreadable': {
    zh: '文件夹读不了({cause})',
    en: 'The folder cannot be read ({cause})',
    mend: {
      zh: '检查 RULES_DIR、RULES_OVERLAY_DIR 指向的文件夹、权限,以及共享盘是否挂载。',
      en: 'Check the folder that RULES_DIR or RULES_OVERLAY_DIR names, its permissions, and whether its share is mounted.',
    },
  },
  'empty-overlay': {
    zh: '本院改动的文件夹里没有文件，多半是没有挂载好',
    en: "The folder of the centre's own files holds none: most likely it is not mounted",
    mend: {
      zh: '挂载好；没有改动的中心不设 RULES_OVERLAY_DIR。',
      en: 'Mount it; a centre that changes nothing leaves RULES_OVERLAY_DIR away.',
    },
  },
  'reserved-folder': {
    zh: '文件夹名 {found} 另有用处，不能作规则包的名字',
    en: 'The folder name {found} is taken: no pack can have it',
    mend: { zh: '给规则包换个名字。', en: 'Give the pack another name.' },
  },
  'file-unreadable': {
    zh: '文件读不了({cause})',
    en: 'The file cannot be read ({cause})',
    mend: { zh: '检查权限，以及链接指向的文件是否存在。', en: 'Check its permissions, and where a link leads.' },
  },
  'file-too-large': {
    zh: '文件太大，不是人写的规则',
    en: 'The file is larger than any file of rules',
    mend: { zh: '移走；规则按主题分成几个文件。', en: 'Move it away; keep one topic in a file.' },
  },
  'link-to-folder': {
    zh: '指向文件夹的链接不会读',
    en: 'A link to a folder is not followed',
    mend: {
      zh: '链接其中的文件，或让 RULES_DIR 本身是链接。',
      en: 'Link the files in it, or let RULES_DIR itself be the link.',
    },
  },
  'not-a-file': {
    zh: '名字像规则文件，却不是文件',
    en: 'It has the name of a rule file and is none',
    mend: {
      zh: '若是文件夹，改掉名字里的 .yaml、.yml、.json；否则移走，放回文件。',
      en: 'Rename a folder without .yaml, .yml or .json; move anything else away and put the file back.',
    },
  },
  'renamed-file': {
    zh: '规则文件的名字后面多了一截，这样不会被读到',
    en: 'A rule file with something behind its name, by which it would not be read',
    mend: {
      zh: '改回 .yaml 结尾(记事本会加上 .txt)；备份请放到文件夹外。',
      en: 'Let the name end in .yaml again (Notepad adds .txt); keep backups outside the folder.',
    },
  },
  'cut-off': {
    zh: '文件在一行中间断了，以前不是这样：可能没有保存或复制完整',
    en: 'The file ends in the middle of a line, which it did not before: it may have been cut off',
    mend: {
      zh: '重新保存或复制；如果确实完整，在末尾加一个换行。',
      en: 'Save or copy it again; if it is whole, end it with a line break.',
    },
  },
  'no-policy': {
    zh: '没有通知时限的文件',
    en: 'The notification policy is missing',
    mend: { zh: '放回 notification/policy.yaml。', en: 'Put notification/policy.yaml back.' },
  },
} as const satisfies Record<string, Message>;
