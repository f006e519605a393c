import type { QueueItem } from '../api/client';
import { useWords } from '../words';

type Class = QueueItem['class'];

const SHAPES: Record<Class, { path: string; isSolid: boolean }> = {
  A: { path: 'M8 1l7 7-7 7-7-7z', isSolid: true },
  important: { path: 'M8 2l7 12H1z', isSolid: true },
  B: { path: 'M8 2.8l6.2 10.7H1.8z', isSolid: false },
  C: { path: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z', isSolid: true },
};

/** The class by colour, shape and letter: two of the three colours look alike to some. */
export function ClassBadge({ of }: { of: Class }) {
  const { queue } = useWords();
  const { path, isSolid } = SHAPES[of];
  return (
    <span className={`badge class-${of}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path
          d={path}
          fill={isSolid ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth={isSolid ? 0 : 1.8}
          strokeLinejoin="round"
        />
      </svg>
      {queue.class[of]}
    </span>
  );
}
