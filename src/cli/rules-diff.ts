import Table from 'cli-table3';
import { type OverlayDifference } from '../rules/domain/overlay/apply-overlay.js';

const WHAT_WORDS: Record<OverlayDifference['what'], string> = {
  changed: '已改 changed',
  replaced: '整条替换 replaced',
  added: '新增 added',
  off: '停用 switched off',
};
const WIDTHS = [34, 32, 32];

/** What a centre has otherwise than the shipped packs, side by side, for people to read. */
export function differencesInWords(differences: readonly OverlayDifference[]): string {
  if (differences.length === 0) return '与随附规则没有差异 no differences to the shipped packs';
  const counts = Object.entries(WHAT_WORDS).flatMap(([what, words]) => {
    const count = differences.filter((one) => one.what === what).length;
    return count > 0 ? `${count} ${words}` : [];
  });
  return [...differences.map(inWords), counts.join(', ')].join('\n\n');
}

/** Where a rule stands otherwise than as shipped, for the list of rules. */
export function markOf(id: string, differences: readonly OverlayDifference[]): string {
  const found = differences.find(({ about }) => about === id);
  return found ? ` (本院${WHAT_WORDS[found.what]})` : '';
}

/** What the list of rules does not hold any more. */
export function offInWords(differences: readonly OverlayDifference[]): string {
  const off = differences.filter(({ what }) => what === 'off').map(({ about }) => about);
  return off.length > 0 ? `本院停用 switched off by this centre: ${off.join(', ')}\n` : '';
}

function inWords({ about, what, file, line, reason, owner, reviewBy, fields }: OverlayDifference): string {
  const said = [
    reason === null ? [] : `理由 reason: ${reason}`,
    owner === null ? [] : `负责 owner: ${owner}`,
    reviewBy === null ? [] : `复核期限 review by: ${reviewBy}`,
  ].flat();
  return [
    `${about}  ${WHAT_WORDS[what]}  ${file}:${line}`,
    ...said.map((text) => `  ${text}`),
    ...sideBySide(fields),
  ].join('\n');
}

function sideBySide(fields: OverlayDifference['fields']): string[] {
  if (fields.length === 0) return [];
  const table = new Table({
    head: ['项 field', '随附 shipped', '本院 this centre'],
    colWidths: WIDTHS,
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
  for (const { field, shipped, centre } of fields) table.push([field, shipped ?? '—', centre ?? '—']);
  return [table.toString()];
}
