import { type Caller, isAllowed } from '../access/index.js';
import {
  type Checked,
  type Draft,
  type DraftStrength,
  type DraftReplays,
  type ReplayResult,
} from '../drafts/index.js';
import { type Fault, type FileFault } from '../kernel/index.js';
import { type DraftReplayShown } from './draft-replay.dto.js';
import { type DraftChecked, type DraftStrengthShown, type DraftSummary } from './drafts.dto.js';

type Kept = Awaited<ReturnType<DraftReplays['of']>>;

/** The account behind an actor's name in records; null for a key. */
export function accountOf(actor: string): string | null {
  return /^user:(.+)$/.exec(actor)?.[1] ?? null;
}

export function summaryOf(draft: Draft, names: ReadonlyMap<string, string>, actor: string): DraftSummary {
  const { id, title, state, revision, author, changedAt, changes, rollsBackTo, version } = draft;
  return {
    ...{ id, title, state, revision, rollsBackTo, version },
    author: names.get(accountOf(author) ?? '') ?? null,
    isOwn: author === actor,
    changedAt: changedAt.toISOString(),
    changes: changes.map(({ path }) => path),
  };
}

export function checkedShown({ faults, version, difference }: Checked): DraftChecked {
  return { faults: faults.map(faultShown), version, rules: difference };
}

/** Whoever mends the first of them measures again. */
const MOST_SURVIVORS = 100;

export function strengthShown(strength: DraftStrength): DraftStrengthShown {
  const { hasFaults, mutants, noticed, survivors, unmeasured } = strength;
  return {
    ...{ hasFaults, tried: mutants, noticed, unmeasured },
    unnoticed: survivors.length,
    first: survivors.slice(0, MOST_SURVIVORS).map(({ path, subject, title, what, example }) => {
      const [, file, line] = /^(.*?):(\d+):\d+$/.exec(path) ?? [null, path, '1'];
      return { file: file, line: Number(line), subject, title, what, example };
    }),
  };
}

/** A fault of a folder as a whole stands at the beginning. */
function faultShown(fault: Fault | FileFault): DraftChecked['faults'][number] {
  if ('zh' in fault) {
    const { file, line, column, zh, en } = fault;
    return { file, line, column, zh, en };
  }
  return { file: fault.path ?? '', line: 1, column: 1, zh: fault.message, en: fault.message };
}

/** @param inForce the version in force now */
export function replayShown(kept: Kept, revision: number, inForce: string, caller: Caller): DraftReplayShown {
  if (!kept) return { state: 'none', revision, total: 0, done: 0, isCurrent: false };
  const { state, total, done, result } = kept;
  const shown = { state, revision, total, done, isCurrent: kept.inForce === inForce };
  if (state !== 'done' || result === null) return shown;
  const { people, rules, levels, past, publishing, touched } = JSON.parse(result) as ReplayResult;
  return {
    ...shown,
    ...{
      gaining: people.gaining,
      losing: people.losing,
      otherwise: people.changing,
      moving: levels.changing,
    },
    levels: levels.moves
      .map(({ from, to, people: moved }) => ({
        from: from?.text ?? null,
        to: to?.text ?? null,
        people: moved,
      }))
      .filter(({ from, to }) => from !== to),
    rules: rules
      .filter(({ gained, lost, changed }) => gained + lost + changed > 0)
      .map(({ rule, gained, lost, changed }) => ({ rule, gained, lost, otherwise: changed })),
    callsADay: { inForce: past.calls.inForce.perDay, draft: past.calls.draft.perDay },
    callsNow: publishing.tasks.notify.opened,
    // Replays of before looked at no silences.
    silencedNow: (publishing as Partial<typeof publishing>).silenced?.findings ?? 0,
    ...(isAllowed(caller, 'read-person') && {
      people: touched.flatMap(({ person, changes, level }) =>
        person === null
          ? []
          : {
              person,
              rules: [...new Set(changes.map(({ rule }) => rule))],
              level: level && { from: level.from?.text ?? null, to: level.to?.text ?? null },
            },
      ),
    }),
  };
}
