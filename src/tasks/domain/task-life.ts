import { type TaskStatus } from './task-state.js';

/** What may be done with a task, besides what its findings do to it. */
export const ACTIONS = [
  'claim', 'keep', 'release', 'snooze', 'reassign', 'hand-over', 'accept', 'decline', 'confirm', 'on-site', 'expire', 'attempt', 'tell',
] as const; // prettier-ignore
export type Action = (typeof ACTIONS)[number];

/** What the history of a task says: what people did, what its results did to it, and what time and messages brought. */
export const TASK_ACTS = [
  ...ACTIONS, 'opened', 'followed', 'retracted', 'silenced', 'told', 'decided', 'escalated', 'routed', 'answered', 'heard',
] as const; // prettier-ignore
export type TaskAct = (typeof TASK_ACTS)[number];

/** Laboratory or doctor on the result, beside the clock: it never stops it. */
export const CONFIRMATIONS = ['confirmed', 'doubtful', 'redraw', 'rejected'] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];
export const SPECIMEN_NOTES = ['haemolysis', 'lipaemia', 'clotting'] as const;
export type SpecimenNote = (typeof SPECIMEN_NOTES)[number];

/** The part of a task that people move. Its class, findings and due time are not theirs: they follow the results. */
export interface TaskLife {
  status: TaskStatus;
  owner: string | null;
  claimedAt: Date | null;
  /** When the claim ends by itself; null with an owner: held until given up. */
  leaseUntil: Date | null;
  handoverTo: string | null;
  /** Nobody rings before: promised to the person, or set by the policy after a call that failed. */
  promisedAt: Date | null;
  attempts: number;
  lastAttemptAt: Date | null;
  confirmation: Confirmation | null;
  /** `haemolysis,clotting`; empty when nothing was noted. */
  specimen: string;
  isOnSite: boolean;
}

export interface Doing {
  actor: string;
  now: Date;
  /** How long a claim lasts (policy). */
  leaseMs: number;
  /** To whom it goes: of `reassign` and `hand-over`. */
  to?: string;
  /** Of `snooze`; of an attempt that failed, when the next one may be made. */
  until?: Date;
  confirmation?: Confirmation;
  specimen?: readonly SpecimenNote[];
  isOnSite?: boolean;
  /** Of an attempt: whether somebody of this call is still being spoken to. */
  isReached?: boolean;
}

/** Why not; the words are the API's. */
export type Refusal =
  'closed' | 'held' | 'not-yours' | 'not-offered' | 'not-claimed' | 'not-expired' | 'same-person';

interface Transition {
  from: readonly TaskStatus[];
  /**
   * Who may: `anyone`; `free`: nobody else holds it; `holder`: whoever holds it now; `offered`: to whom it was handed
   * over; `clock`: only when the claim is over.
   */
  who: 'anyone' | 'free' | 'holder' | 'offered' | 'clock';
  then: (life: TaskLife, doing: Doing) => Partial<TaskLife>;
}

const OPEN: readonly TaskStatus[] = ['requested', 'accepted', 'in-progress', 'on-hold'];
const TAKEN: readonly TaskStatus[] = ['accepted', 'in-progress'];
const NOBODY = { owner: null, claimedAt: null, leaseUntil: null, handoverTo: null } as const;

const held = (owner: string, { now, leaseMs }: Doing): Partial<TaskLife> => ({
  status: 'accepted',
  owner,
  claimedAt: now,
  leaseUntil: new Date(now.getTime() + leaseMs),
  handoverTo: null,
  promisedAt: null,
});

/** The life of a task: what may be done in which state, by whom, and what it is then. */
export const LIFE: Readonly<Record<Action, Transition>> = {
  claim: { from: OPEN, who: 'free', then: (_, doing) => held(doing.actor, doing) },
  keep: {
    from: TAKEN,
    who: 'holder',
    then: (_, { now, leaseMs }) => ({ leaseUntil: new Date(now.getTime() + leaseMs) }),
  },
  release: { from: TAKEN, who: 'holder', then: () => ({ ...NOBODY, status: 'requested' }) },
  snooze: {
    from: OPEN,
    who: 'free',
    then: (_, { until }) => ({ ...NOBODY, status: 'on-hold', promisedAt: until ?? null }),
  },
  reassign: { from: OPEN, who: 'anyone', then: (_, doing) => held(doing.to ?? doing.actor, doing) },
  'hand-over': { from: TAKEN, who: 'holder', then: (_, { to }) => ({ handoverTo: to ?? null }) },
  accept: { from: TAKEN, who: 'offered', then: (_, doing) => held(doing.actor, doing) },
  decline: { from: TAKEN, who: 'offered', then: () => ({ handoverTo: null }) },
  confirm: {
    from: OPEN,
    who: 'anyone',
    then: (life, { confirmation, specimen }) => ({
      confirmation: confirmation ?? life.confirmation,
      specimen: specimen?.join(',') ?? life.specimen,
    }),
  },
  'on-site': { from: OPEN, who: 'anyone', then: (_, { isOnSite }) => ({ isOnSite: isOnSite ?? true }) },
  expire: { from: TAKEN, who: 'clock', then: () => ({ ...NOBODY, status: 'requested' }) },
  attempt: {
    from: TAKEN,
    who: 'holder',
    then: (life, { now, leaseMs, isReached, until }) => ({
      attempts: life.attempts + 1,
      lastAttemptAt: now,
      ...(isReached
        ? { status: 'in-progress' as const, leaseUntil: new Date(now.getTime() + leaseMs) }
        : { ...NOBODY, status: 'on-hold' as const, promisedAt: until ?? null }),
    }),
  },
  // Closing itself is the queue's: it has to tell the findings too.
  tell: {
    from: TAKEN,
    who: 'holder',
    then: (life, { now }) => ({ attempts: life.attempts + 1, lastAttemptAt: now }),
  },
};

/** Who holds a task now; nobody once the lease is over. */
export function holderOf({ status, owner, leaseUntil }: TaskLife, now: Date): string | null {
  if (!TAKEN.includes(status)) return null;
  return leaseUntil !== null && leaseUntil <= now ? null : owner;
}

/** What the task becomes, or why it may not. */
export function act(life: TaskLife, action: Action, doing: Doing): { next: TaskLife } | { refused: Refusal } {
  const { from, who, then } = LIFE[action];
  if (!OPEN.includes(life.status)) return { refused: 'closed' };
  const holder = holderOf(life, doing.now);
  const refused = refusalOf(who, life, holder, doing);
  if (refused) return { refused };
  if (!from.includes(life.status)) return { refused: 'not-claimed' };
  if ((action === 'hand-over' || action === 'reassign') && doing.to === holder)
    return { refused: 'same-person' };
  return { next: { ...life, ...then(life, doing) } };
}

function refusalOf(
  who: Transition['who'],
  { status, handoverTo }: TaskLife,
  holder: string | null,
  { actor }: Doing,
): Refusal | null {
  switch (who) {
    case 'anyone':
      return null;
    case 'free':
      return holder === null || holder === actor ? null : 'held';
    case 'holder':
      if (holder === null) return 'not-claimed';
      return holder === actor ? null : 'not-yours';
    case 'offered':
      return holder !== null && handoverTo === actor ? null : 'not-offered';
    case 'clock':
      return TAKEN.includes(status) && holder === null ? null : 'not-expired';
  }
}
