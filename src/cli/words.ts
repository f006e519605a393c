import { DateTime } from 'luxon';
import { type PersonShown, type QueueItem } from '../workbench/index.js';

/** Shapes beside the class, so that nobody depends on colours. */
export const CLASS_WORDS: Record<QueueItem['class'], string> = {
  A: '◆ A',
  important: '▲ 重要',
  B: '● B',
  C: '○ C',
};

export const CODE_WORDS: Record<QueueItem['code'], string> = {
  notify: '通知 notify',
  review: '复核 review',
  correction: '更正 correction',
};

const SEX_WORDS = { male: '男 M', female: '女 F' } as const;

export function personInWords(person: PersonShown | null): string {
  if (!person) return '受检者未知\nperson not known';
  const age = person.ageYears === null ? '' : ` ${person.ageYears} 岁`;
  return `${person.name ?? '无姓名 no name'}\n${person.sex ? SEX_WORDS[person.sex] : ''}${age}`.trimEnd();
}

/** `03-02 17:30` in the centre's zone, and how long that is from now. */
export function dueInWords(due: Date, now: Date, zone: string): string {
  const at = DateTime.fromJSDate(due, { zone }).toFormat('MM-dd HH:mm');
  const minutes = Math.round((due.getTime() - now.getTime()) / 60_000);
  const span = spanInWords(Math.abs(minutes));
  return minutes < 0 ? `${at}\n已超时 ${span} overdue` : `${at}\n${span} 内 left`;
}

function spanInWords(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / (24 * 60))} 天 d`;
}

/** Why something could not be judged: the words of `GET /api/data-quality`. */
export const REASON_WORDS: Record<string, string> = {
  'unknown-code': '项目未识别',
  'unknown-unit': '单位未识别',
  implausible: '数值不可信',
  unreadable: '无法读取',
  'no-person': '受检者未知',
  'no-time': '没有时间',
  'fasting-unknown': '空腹与否不明',
  'no-limit': '没有参考上限',
};
