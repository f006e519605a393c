import { DateTime } from 'luxon';
import { type Urgency } from '../../policy/domain/urgency.js';

/** In which capacity somebody is asked, in words. */
const CAPACITIES = {
  nurse: { zh: '护士', en: 'nurse' },
  'head-nurse': { zh: '护士长', en: 'head nurse' },
  'duty-doctor': { zh: '值班医生', en: 'duty doctor' },
  'attending-doctor': { zh: '主管医生', en: 'attending doctor' },
  manager: { zh: '主任', en: 'manager' },
  administrator: { zh: '管理员', en: 'administrator' },
} as const;
export type Capacity = keyof typeof CAPACITIES;

export function inWords(capacity: Capacity, language: 'zh' | 'en'): string {
  return CAPACITIES[capacity][language];
}

export function classInWords(urgency: Urgency, language: 'zh' | 'en'): string {
  return urgency === 'important' && language === 'zh' ? '重要' : urgency;
}

/** `2026-03-02 12:00`, in the centre's time. */
export function clockTime(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm');
}

/** A task as messages and people name it: the end of its id, which differs where its beginning is the time. */
export function taskRef(id: string): string {
  return id.slice(-8);
}
