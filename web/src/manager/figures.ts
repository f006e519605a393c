import type { Schemas } from '../api/client';

export type Line = Schemas['RegisterLineShown'];

export const FIGURES = ['found', 'toldA', 'told', 'missed', 'awaiting', 'settled'] as const;
export type Figure = (typeof FIGURES)[number];

const IS: Record<Figure, (line: Line, now: number) => boolean> = {
  found: () => true,
  told: ({ notifiedAt }) => notifiedAt !== null,
  toldA: ({ class: of, notifiedAt, due }) => of === 'A' && notifiedAt !== null && notifiedAt <= due,
  missed: ({ notifiedAt, due }, now) => notifiedAt === null && Date.parse(due) < now,
  awaiting: ({ state }) => state === 'awaiting' || state === 'reopened',
  settled: ({ state }) => state === 'closed' || state === 'lost',
};
/** Of how many a figure is told; `null`: of none. */
const OF: Record<Figure, ((line: Line, now: number) => boolean) | null> = {
  found: null,
  told: () => true,
  // Of what is neither told nor due yet nobody can say whether it will be in time.
  toldA: ({ class: of, notifiedAt, due }, now) =>
    of === 'A' && (notifiedAt !== null || Date.parse(due) < now),
  missed: () => true,
  awaiting: ({ notifiedAt }) => notifiedAt !== null,
  settled: ({ notifiedAt }) => notifiedAt !== null,
};

/** Lines of the register that make up a figure: whoever doubts it looks at them. */
export function linesOf(figure: Figure, lines: readonly Line[], now: number): Line[] {
  return lines.filter((line) => IS[figure](line, now));
}

/** Of how many lines a figure is told; null of one that stands for itself. */
export function allOf(figure: Figure, lines: readonly Line[], now: number): number | null {
  const of = OF[figure];
  return of && lines.filter((line) => of(line, now)).length;
}

export function isFigure(text: string): text is Figure {
  return (FIGURES as readonly string[]).includes(text);
}
