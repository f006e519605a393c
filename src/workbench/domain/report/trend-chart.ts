import { html, type Html } from './html.js';
import { type TrendPoint } from './report.js';

const WIDTH = 300;
const HEIGHT = 86;
const LEFT = 24;
const RIGHT = 52;
const TOP = 22;
const BOTTOM = 24;

/** A person's results visit by visit, each with its value and month, and the value to aim at as a dashed line. */
export function trendChart(points: readonly TrendPoint[], target: string | null, label: string): Html {
  const aim = target === null ? null : Number(target);
  const values = [...points.map(({ value }) => value), ...(aim === null ? [] : [aim])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  const y = (value: number): number => round(TOP + ((high - value) / span) * (HEIGHT - TOP - BOTTOM));
  const step = (WIDTH - LEFT - RIGHT) / Math.max(points.length - 1, 1);
  const x = (i: number): number => round(LEFT + i * step);
  const end = WIDTH - RIGHT + 14;
  const days = daysOf(points);
  return html`<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
    ${
      aim === null
        ? ''
        : html`<line class="aim" x1="${LEFT - 14}" x2="${end}" y1="${y(aim)}" y2="${y(aim)}" /><text
              class="aim-text"
              x="${end + 4}"
              y="${y(aim) + 4}"
              >${target ?? ''}</text
            >`
    }
    <polyline class="line" points="${points.map(({ value }, i) => `${x(i)},${y(value)}`).join(' ')}" />
    ${points.map(({ value, text }, i) => {
      const isLast = i === points.length - 1;
      return html`<circle class="dot" cx="${x(i)}" cy="${y(value)}" r="${isLast ? 4 : 2.6}" /><text
          class="${isLast ? 'now' : 'then'}"
          text-anchor="middle"
          x="${x(i)}"
          y="${y(value) - 8}"
          >${text}</text
        ><text text-anchor="middle" x="${x(i)}" y="${HEIGHT - 4}">${days[i]!}</text>`;
    })}
  </svg>`;
}

/** `2025-03`; days where several are of one month. */
function daysOf(points: readonly TrendPoint[]): string[] {
  const months = points.map(({ day }) => day.slice(0, 7));
  return new Set(months).size === months.length ? months : points.map(({ day }) => day.slice(5));
}

const round = (value: number): number => Math.round(value * 10) / 10;
