import { useOwn } from '../words';

const WORDS = {
  zh: { unknown: '待定', none: '未评估', level: (text: string) => `${text} 级` },
  en: { unknown: 'undecided', none: 'not assessed', level: (text: string) => `level ${text}` },
};
const PIPS = [1, 2, 3, 4, 5];

/** The level by digit and by pips: 1, the gravest, fills all five; a range fills what is proven and outlines what could be. */
export function Pips({ level }: { level: string | null }) {
  const words = useOwn(WORDS);
  if (level === null) return <span className="hint">{words.none}</span>;
  const [gravest, proven] = (level.includes('–') ? level.split('–') : [level, level]).map(Number);
  if (!gravest || !proven) return <span className="pips">{words.unknown}</span>;
  return (
    <span className="pips">
      {words.level(level)}
      <svg viewBox="0 0 66 14" aria-hidden="true">
        {PIPS.map((pip) => (
          <rect
            key={pip}
            x={1 + (pip - 1) * 13}
            y={1}
            width={10}
            height={12}
            rx={2}
            fill={pip <= 6 - proven ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeDasharray={pip > 6 - proven && pip <= 6 - gravest ? '2 2' : undefined}
            opacity={pip <= 6 - gravest ? 1 : 0.3}
          />
        ))}
      </svg>
    </span>
  );
}
