import { type ClassFigures } from './figures.js';

/** How the day went, in a line of numbers: all classes, then class A. */
export function summaryInWords(classes: readonly ClassFigures[], language: 'zh' | 'en'): string {
  const sum = (of: keyof Pick<ClassFigures, 'found' | 'told' | 'inTime' | 'decided' | 'missed'>): number =>
    classes.reduce((all, one) => all + one[of], 0);
  const a = classes.find((one) => one.class === 'A');
  return language === 'zh'
    ? `通知 ${sum('found')}，已告知 ${sum('told')}，按时 ${sum('inTime')}/${sum('decided')}，超时未告知 ${sum('missed')}；A 类通知 ${a?.found ?? 0}，按时 ${a?.inTime ?? 0}/${a?.decided ?? 0}，超时 ${a?.missed ?? 0}`
    : `to tell ${sum('found')}, told ${sum('told')}, in time ${sum('inTime')} of ${sum('decided')}, late and not told ${sum('missed')}; class A ${a?.found ?? 0}, in time ${a?.inTime ?? 0} of ${a?.decided ?? 0}, late ${a?.missed ?? 0}`;
}
