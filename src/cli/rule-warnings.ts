import { type FileNotice } from '../kernel/index.js';

/** Of one kind in one file, more than these are only counted. */
const SHOWN = 3;

/** Warnings apart from faults, one a line; of many alike in one file the first few and the number of the others. */
export function warningsInWords(warnings: readonly FileNotice[]): string {
  if (warnings.length === 0) return '';
  const alike = new Map<string, FileNotice[]>();
  for (const warning of warnings) {
    const key = `${warning.kind} ${warning.file}`;
    alike.set(key, [...(alike.get(key) ?? []), warning]);
  }
  const lines = [...alike.values()].flatMap((group) => {
    const shown = group.slice(0, SHOWN).map(({ path, message }) => `${path}: ${message}`);
    const rest = group.length - shown.length;
    return rest > 0 ? [...shown, `${group[0]?.file}: 另有 ${rest} 处 and ${rest} more like this`] : shown;
  });
  return `${warnings.length} 条提醒 warnings:\n${lines.join('\n')}\n`;
}
