import { Presets, SingleBar } from 'cli-progress';
import { type Clock } from '../kernel/index.js';

/** How far something long has come, told to whoever waits. */
export interface Progress {
  /** @param amount done since the last call: bytes read and taken in, or people judged */
  advance(amount: number): void;
  /** Ends the display. To be called in any case. */
  stop(): void;
}

/** What is counted, and how it is said. */
const KINDS = {
  bytes: { verb: '读取 read', shown: megabytes, unit: 'MB' },
  people: { verb: '判定 judged', shown: (people: number) => String(Math.round(people)), unit: '人 people' },
  rows: { verb: '重新加密 sealed anew', shown: (rows: number) => String(rows), unit: '条 rows' },
};
export type ProgressKind = keyof typeof KINDS;

export interface ProgressOptions {
  total: number;
  kind: ProgressKind;
  clock: Clock;
  /** With `--json` nothing is shown. */
  quiet: boolean;
  stream?: NodeJS.WritableStream & { isTTY?: boolean };
}

const LINE_EVERY_MS = 5000;
const SILENT: Progress = { advance: () => undefined, stop: () => undefined };

/** A bar on a terminal, a line every five seconds elsewhere, nothing when quiet; always on stderr by default. */
export function createProgress({
  total,
  kind,
  clock,
  quiet,
  stream = process.stderr,
}: ProgressOptions): Progress {
  if (quiet) return SILENT;
  return stream.isTTY ? barOn(stream, total, kind) : linesOn(stream, total, kind, clock);
}

function barOn(stream: NodeJS.WritableStream, total: number, kind: ProgressKind): Progress {
  const { verb, shown, unit } = KINDS[kind];
  const bar = new SingleBar(
    {
      stream,
      format: `${verb} {bar} {percentage}% · {done}/{all} ${unit} · 剩余 {eta_formatted}`,
      hideCursor: true,
      etaBuffer: 200,
    },
    Presets.shades_classic,
  );
  let done = 0;
  bar.start(total, 0, { done: shown(0), all: shown(total) });
  return {
    advance: (amount) => {
      done += amount;
      bar.update(done, { done: shown(done) });
    },
    stop: () => bar.stop(),
  };
}

function linesOn(stream: NodeJS.WritableStream, total: number, kind: ProgressKind, clock: Clock): Progress {
  const start = clock.now().getTime();
  let done = 0;
  const tell = (): void => {
    const seconds = (clock.now().getTime() - start) / 1000;
    stream.write(`${progressLine(done, total, seconds, kind)}\n`);
  };
  const timer = setInterval(tell, LINE_EVERY_MS).unref();
  return {
    advance: (amount) => void (done += amount),
    stop: () => clearInterval(timer),
  };
}

/** `读取 read 40% (4.0/10.0 MB), 2.0 MB/s, 剩余 about 3 s left`. */
export function progressLine(
  done: number,
  total: number,
  seconds: number,
  kind: ProgressKind = 'bytes',
): string {
  const { verb, shown, unit } = KINDS[kind];
  const percent = total > 0 ? Math.floor((done / total) * 100) : 100;
  const speed = seconds > 0 ? done / seconds : 0;
  const left = speed > 0 ? `, 剩余 about ${Math.max(0, Math.ceil((total - done) / speed))} s left` : '';
  return `${verb} ${percent}% (${shown(done)}/${shown(total)} ${unit}), ${shown(speed)} ${unit}/s${left}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
