import { type Message } from '../../kernel/index.js';

/** Every message that refuses a file of the folder of messages. */
export const MESSAGE_FILE_MESSAGES = {
  'messages-not-yaml': {
    zh: '文件不合 YAML 的写法(缩进、括号、引号或冒号)',
    en: 'The file is not readable as YAML: {problem}',
    mend: {
      zh: '对照上下行；常常错在上一行。',
      en: 'Compare with the lines around; the mistake is often one line above.',
    },
  },
  'messages-missing': {
    zh: '{member}缺少 {key}',
    en: '{member} has no {key}',
    mend: { zh: '补上这一项。', en: 'Add it.' },
  },
  'messages-unknown-key': {
    zh: '{member}里没有 {found} 这一项',
    en: 'Unknown key {found} in {member}',
    mend: { zh: '改正拼写，或删去。', en: 'Mend the spelling, or delete it.' },
  },
  'messages-wrong': {
    zh: '{member}的内容不对',
    en: '{member} is not what it should be',
    mend: { zh: '按提示改。', en: 'Write what the message says.' },
  },
  'messages-unknown-placeholder': {
    zh: '没有 {found} 这个占位符',
    en: 'There is no placeholder {found}',
    mend: { zh: '改成列出的占位符之一。', en: 'Use one of those listed.' },
  },
  'messages-forbidden-placeholder': {
    zh: '{channel} 发给{audience}的模板不能用 {found}',
    en: 'A template by {channel} to {audience} cannot use {found}',
    mend: {
      zh: '结果和诊断不经短信、邮件发送：改成请对方回电。',
      en: 'Results and diagnoses do not pass by SMS or e-mail: ask to be rung back.',
    },
  },
  'messages-tells-result': {
    zh: '短信、邮件不得写出结果或诊断：{found}',
    en: 'SMS and e-mail tell no result and no diagnosis: {found}',
    mend: { zh: '只请对方回电或登录查看。', en: 'Ask to ring back, or to look into the workbench.' },
  },
  'messages-doubled': {
    zh: '另一个文件已经用了这个 id：{found}',
    en: 'Another file has this id already: {found}',
    mend: { zh: '换一个 id。', en: 'Choose another id.' },
  },
  'messages-not-there': {
    zh: '缺少 {found}',
    en: '{found} is missing',
    mend: { zh: '补上文件，或核对 MESSAGES_DIR。', en: 'Add the file, or check MESSAGES_DIR.' },
  },
} as const satisfies Record<string, Message>;

export type MessageFileFault = keyof typeof MESSAGE_FILE_MESSAGES;
