import type { Schemas } from '../api/client';

export type Line = Schemas['RegisterLineShown'];

export const FIGURES = ['found', 'toldA', 'told', 'missed', 'awaiting', 'settled'] as const;
export type Figure = (typeof FIGURES)[number];

const IS: Record<Figure, (line: Line, now: number) => boolean> = {
  found: () => true,
  told: ({ notifiedAt }) => notifiedAt !== null,
  toldA: ({ class: of, notifiedAt, due }) => of === 'A' && notifiedAt !== null && notifiedAt <= due,
  missed: ({ notifiedAt, due, isOver }, now) => !isOver && notifiedAt === null && Date.parse(due) < now,
  awaiting: ({ state }) => state === 'awaiting' || state === 'reopened',
  settled: ({ state }) => state === 'closed' || state === 'lost',
};
/** Lines of the register that make up a figure: whoever doubts it looks at them. */
export function linesOf(figure: Figure, lines: readonly Line[], now: number): Line[] {
  return lines.filter((line) => IS[figure](line, now));
}

type ClassFigures = Schemas['ClassFiguresShown'];

/** A figure over all classes, and of how many it is told; null of one that stands for itself. */
export function total(figure: Figure, classes: readonly ClassFigures[]): { of: number; all: number | null } {
  const sum = (count: (one: ClassFigures) => number): number =>
    classes.reduce((all, one) => all + count(one), 0);
  const ofA = classes.filter((one) => one.class === 'A');
  switch (figure) {
    case 'found':
      return { of: sum((one) => one.found), all: null };
    case 'toldA':
      // Of what is neither told nor due yet nobody can say whether it will be in time.
      return { of: ofA[0]?.inTime ?? 0, all: ofA[0]?.decided ?? 0 };
    case 'missed':
      return { of: sum((one) => one.missed), all: sum((one) => one.found) };
    case 'told':
      return { of: sum((one) => one.told), all: sum((one) => one.found) };
    default:
      return { of: sum((one) => one[figure]), all: sum((one) => one.told) };
  }
}

export function isFigure(text: string): text is Figure {
  return (FIGURES as readonly string[]).includes(text);
}
