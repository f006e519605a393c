import type { Schemas } from '../api/client';
import { useOwn } from '../words';
import { scaleOf } from './scale';
import { PEOPLE } from './words';

export interface ChartEvent {
  at: string;
  what: string;
}

interface Given {
  series: Schemas['Series'];
  name: string;
  events: readonly ChartEvent[];
  dayOf: (at: string) => string;
}

const WIDTH = 760;
const HEIGHT = 280;
const LEFT = 52;
/** Half a date beside the last value. */
const RIGHT = 28;
const TOP = 22;
const BOTTOM = 30;
const MOST_DAYS = 7;

/** The course of one analyte: its values, the reference interval as a band, findings and calls as marks. */
export function Chart({ series, name, events, dayOf }: Given) {
  const { chart: words } = useOwn(PEOPLE);
  const { points, band } = series;
  const low = band?.low == null ? null : Number(band.low);
  const high = band?.high == null ? null : Number(band.high);
  const numbers = points.map(({ value }) => Number(value));
  const y = scaleOf([...numbers, ...[low, high].filter((one) => one !== null)], HEIGHT - BOTTOM, TOP);
  const times = points.map(({ at }) => Date.parse(at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const x = (at: number) =>
    first === last
      ? (LEFT + WIDTH - RIGHT) / 2
      : LEFT + 12 + ((at - first) / (last - first)) * (WIDTH - RIGHT - LEFT - 24);
  const isBeyond = (value: number) => (low !== null && value < low) || (high !== null && value > high);
  const [bandTop, bandBottom] = [
    high === null ? TOP : y.at(high),
    low === null ? HEIGHT - BOTTOM : y.at(low),
  ];
  const line = points.map(
    ({ at, value }) => `${x(Date.parse(at)).toFixed(1)},${y.at(Number(value)).toFixed(1)}`,
  );
  const seen = events.filter(({ at }) => Date.parse(at) >= first && Date.parse(at) <= last + 1);
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={words.label(name, points.length)}
    >
      {(low !== null || high !== null) && (
        <rect
          className="band"
          x={LEFT}
          y={bandTop}
          width={WIDTH - LEFT - RIGHT}
          height={Math.max(0, bandBottom - bandTop)}
        />
      )}
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line className="axis" x1={LEFT} x2={WIDTH - RIGHT} y1={y.at(tick)} y2={y.at(tick)} />
          <text x={LEFT - 8} y={y.at(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {seen.map(({ at, what }, i) => (
        <g key={`${at} ${i}`}>
          <line
            className="event"
            x1={x(Date.parse(at))}
            x2={x(Date.parse(at))}
            y1={TOP}
            y2={HEIGHT - BOTTOM}
          />
          <path className="event-mark" d={`M${x(Date.parse(at)) - 5} ${TOP - 12}h10l-5 9z`}>
            <title>{`${dayOf(at)} ${what}`}</title>
          </path>
        </g>
      ))}
      <polyline className="line" points={line.join(' ')} />
      {points.map((point, i) => (
        <circle
          key={`${point.observationId} ${i}`}
          className={isBeyond(numbers[i]!) ? 'dot beyond' : 'dot'}
          cx={x(Date.parse(point.at))}
          cy={y.at(numbers[i]!)}
          r={4.5}
        >
          <title>{`${dayOf(point.at)} ${point.asSent}`}</title>
        </circle>
      ))}
      {daysOf(times).map((at) => (
        <text key={at} x={x(at)} y={HEIGHT - 8} textAnchor="middle">
          {dayOf(new Date(at).toISOString())}
        </text>
      ))}
    </svg>
  );
}

/** Times to write below, so many at most, far enough apart to be read. */
function daysOf(times: readonly number[]): number[] {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  const apart = (last - first) / MOST_DAYS;
  const shown: number[] = [];
  for (const at of sorted) if (shown.length === 0 || at - shown.at(-1)! >= apart) shown.push(at);
  return shown;
}
