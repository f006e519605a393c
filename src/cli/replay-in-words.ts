import Table from 'cli-table3';
import {
  levelChange,
  type LevelStands,
  type PersonChanges,
  type Replay,
  type RuleTally,
} from '../replay/index.js';

/** What is printed in the end. */
export type Replayed = Replay & { inForce: string; draft: string; since: string | null };

export function personLine({ person, changes, level }: PersonChanges, isJson: boolean | undefined): string {
  if (isJson) return JSON.stringify({ person, changes, level });
  const words = changes.map(({ rule, from, to, observationId }) => {
    const what = from === null ? '+' : to === null ? '-' : `${from.kind} ${from.class} →`;
    return `${what} ${rule}${to ? ` (${to.kind} ${to.class})` : ''} ${observationId}`;
  });
  if (level) words.unshift(`等级 level ${levelInWords(level.from)} → ${levelInWords(level.to)}`);
  return `${person ?? '(受检者未知 person not known)'}: ${words.join('; ')}`;
}

export function replayInWords(replayed: Omit<Replayed, 'perDay'>): string {
  const { inForce, draft, people, waiting, rules, levels, past, publishing } = replayed;
  const touched = rules.filter(({ gained, lost, changed }) => gained + lost + changed > 0);
  return [
    `现行 in force ${inForce.slice(0, 12)}, 草案 draft ${draft.slice(0, 12)}${inForce === draft ? ' (相同 the same)' : ''}`,
    touched.length > 0 ? ruleTable(touched) : '没有人的阳性发现会改变 nobody would gain or lose a finding',
    ...(touched.length < rules.length
      ? [`其余 ${rules.length - touched.length} 条规则无变化 other rules stay as they are`]
      : []),
    `人 people ${people.examined}: 新增发现者 gaining ${people.gaining}, 失去发现者 losing ${people.losing}, 类别改变者 changing class ${people.changing}` +
      (waiting > 0 ? `; 等待受检者的结果 results without a person ${waiting}` : ''),
    '',
    ...levelLines(levels),
    '',
    `过去有结果的 ${past.days} 天(${past.from ?? '-'} 至 ${past.to ?? '-'}),若逐项实时到达 days with results, had every result come live:`,
    `  通知 calls    ${load(past.calls)}`,
    `  复核 reviews  ${load(past.reviews)}`,
    `  已停叫 silenced 发现 findings ${past.silenced.inForce} → ${past.silenced.draft}, 未计入通知 not counted as calls`,
    '',
    '发布后立即 upon publishing:',
    ...publishingLines(publishing),
  ].join('\n');
}

function ruleTable(rules: readonly RuleTally[]): string {
  const table = new Table({
    head: ['规则 rule', '现行 in force', '草案 draft', '增 gained', '减 lost', '改 class'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { rule, inForce, draft, gained, lost, changed } of rules)
    table.push([rule, counts(inForce), counts(draft), gained, lost, changed]);
  return `${table.toString()}\n(括号内为待医生判断者 in brackets: for a doctor to decide)`;
}

/** From → to, those who move; how many stay is said once. */
function levelLines({ changing, moves }: Replay['levels']): string[] {
  const people = moves.reduce((sum, move) => sum + move.people, 0);
  if (people === 0) return ['没有分层方案,无等级 no level plan, no levels'];
  const stay = `${people - changing} 人等级不变 people stay at their level`;
  if (changing === 0) return [`没有人的等级会改变 nobody would change level; ${stay}`];
  const table = new Table({
    head: ['等级 level', '草案 draft', '人 people'],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', 'right'],
  });
  for (const { from, to, people: count } of moves)
    if (levelChange(from, to)) table.push([levelInWords(from), levelInWords(to), count]);
  return [`等级改变者 changing level ${changing}; ${stay}`, table.toString()];
}

/** As it is kept: the level or its range; a range that nothing proves yet says so. */
function levelInWords(level: LevelStands | null): string {
  if (level === null) return '-';
  const isKnown = level.code !== 'unknown' || level.text === level.code;
  return isKnown ? level.text : `${level.text} (unknown)`;
}

function counts({ findings, reviews }: RuleTally['draft']): string {
  return reviews > 0 ? `${findings} (${reviews})` : String(findings);
}

function load({ inForce, draft }: Replay['past']['calls']): string {
  const difference = signed(draft.perDay - inForce.perDay);
  const busiest = `${inForce.busiest?.tasks ?? 0} → ${draft.busiest?.tasks ?? 0}`;
  return `每日 a day ${inForce.perDay} → ${draft.perDay} (${difference}), 共 in all ${inForce.total} → ${draft.total}, 最忙一日 busiest day ${busiest}`;
}

function publishingLines({ findings, tasks, lateFindings, silenced }: Replay['publishing']): string[] {
  const { notify, review, correction } = tasks;
  return [
    `  发现 findings   新增 made ${findings.made}, 改变 changed ${findings.changed}, 撤回 retracted ${findings.retracted}`,
    `  通知 calls      新开 opened ${notify.opened}, 取消 withdrawn ${notify.closed}`,
    `  复核 reviews    新开 opened ${review.opened}, 取消 withdrawn ${review.closed}; 其中过期而严重的发现 late and grave ${lateFindings}`,
    `  已停叫 silenced 发现 findings ${silenced.findings}, 因此不开的通知 calls not opened for it ${silenced.calls}`,
    `  更正 corrections 新开 opened ${correction.opened}, 取消 withdrawn ${correction.closed}`,
  ];
}

function signed(difference: number): string {
  const rounded = Number(difference.toFixed(2));
  return rounded > 0 ? `+${rounded}` : String(rounded);
}
