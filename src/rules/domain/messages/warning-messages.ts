import { type Message } from '../../../kernel/index.js';

/** What refuses nothing, but somebody must see. */
export const WARNING_MESSAGES = {
  'review-overdue': {
    zh: '复审日期 {found} 已过，请 {owner} 再看一遍',
    en: 'The review-by date {found} has passed; {owner} should look at this again',
    mend: { zh: '核对内容后改写 review-by。', en: 'Look it through, then move `review-by`.' },
  },
  'review-pending': {
    zh: '规则 "{rule}" 的界值待医生确认(依据：{status})',
    en: 'The limits of "{rule}" wait for a doctor to confirm them (status: {status})',
    mend: {
      zh: '对照原文核实后，删去 review: pending，把 status 改为 found。',
      en: 'Check them against the source, then delete `review: pending` and make the status `found`.',
    },
  },
  'repeated-rule': {
    zh: '规则 "{rule}" 与 "{other}"({place})条件、处理都相同：复制后忘了改？',
    en: '"{rule}" says the same as "{other}" ({place}): copied, and not changed yet?',
    mend: { zh: '改正条件，或删去一条。', en: 'Change its conditions, or delete one of them.' },
  },
} as const satisfies Record<string, Message>;
