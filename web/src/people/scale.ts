/** Where something stands on an axis. */
export interface Scale {
  at: (value: number) => number;
  ticks: number[];
}

const STEPS = [1, 2, 2.5, 5, 10];

/** An axis over values with round ticks, a little wider than they are. */
export function scaleOf(values: readonly number[], from: number, to: number, ticks = 4): Scale {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  if (low === high) [low, high] = [low - Math.abs(low || 1) * 0.1, high + Math.abs(high || 1) * 0.1];
  const rough = (high - low) / ticks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * STEPS.find((one) => one * power >= rough)!;
  const [first, last] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  const digits = Math.max(0, -Math.floor(Math.log10(step)) + (step / power === 2.5 ? 1 : 0));
  const count = Math.round((last - first) / step) + 1;
  return {
    at: (value) => from + ((value - first) / (last - first)) * (to - from),
    ticks: Array.from({ length: count }, (_, i) => Number((first + i * step).toFixed(digits))),
  };
}
