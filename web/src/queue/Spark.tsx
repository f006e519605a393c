const WIDTH = 56;
const HEIGHT = 16;
const EDGE = 3;

/** How a value went, the last one marked; what it says stands beside it in words. */
export function Spark({ values }: { values: readonly number[] }) {
  if (values.length < 2 || values.some((value) => !Number.isFinite(value))) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const at = (value: number, i: number): [number, number] => [
    EDGE + (i / (values.length - 1)) * (WIDTH - 2 * EDGE),
    high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE),
  ];
  const points = values.map(at);
  const [x, y] = points.at(-1)!;
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      <polyline
        points={points.map((one) => one.join(',')).join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
      <circle cx={x} cy={y} r="2.5" fill="currentColor" />
    </svg>
  );
}
