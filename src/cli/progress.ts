import { Presets, SingleBar } from 'cli-progress';
import { type Clock } from '../kernel/index.js';

/** How far a long reading has come, told to whoever waits. */
export interface Progress {
  /** @param bytes read and taken in since the last call */
  advance(bytes: number): void;
  /** Ends the display. To be called in any case. */
  stop(): void;
}

export interface ProgressOptions {
  totalBytes: number;
  clock: Clock;
  /** With `--json` nothing is shown. */
  quiet: boolean;
  stream?: NodeJS.WritableStream & { isTTY?: boolean };
}

const LINE_EVERY_MS = 5000;
const SILENT: Progress = { advance: () => undefined, stop: () => undefined };

/** A bar on a terminal, a line every five seconds elsewhere, nothing when quiet; always on stderr by default. */
export function createProgress({
  totalBytes,
  clock,
  quiet,
  stream = process.stderr,
}: ProgressOptions): Progress {
  if (quiet) return SILENT;
  return stream.isTTY ? barOn(stream, totalBytes) : linesOn(stream, totalBytes, clock);
}

function barOn(stream: NodeJS.WritableStream, totalBytes: number): Progress {
  const bar = new SingleBar(
    {
      stream,
      format: '读取 {bar} {percentage}% · {done}/{all} MB · 剩余 {eta_formatted}',
      hideCursor: true,
      etaBuffer: 200,
    },
    Presets.shades_classic,
  );
  let done = 0;
  bar.start(totalBytes, 0, { done: megabytes(0), all: megabytes(totalBytes) });
  return {
    advance: (bytes) => {
      done += bytes;
      bar.update(done, { done: megabytes(done) });
    },
    stop: () => bar.stop(),
  };
}

function linesOn(stream: NodeJS.WritableStream, totalBytes: number, clock: Clock): Progress {
  const start = clock.now().getTime();
  let done = 0;
  const tell = (): void => {
    const seconds = (clock.now().getTime() - start) / 1000;
    stream.write(`${progressLine(done, totalBytes, seconds)}\n`);
  };
  const timer = setInterval(tell, LINE_EVERY_MS).unref();
  return {
    advance: (bytes) => void (done += bytes),
    stop: () => clearInterval(timer),
  };
}

/** `读取 read 40% (4.0/10.0 MB), 2.0 MB/s, 剩余 about 3 s left`. */
export function progressLine(done: number, totalBytes: number, seconds: number): string {
  const percent = totalBytes > 0 ? Math.floor((done / totalBytes) * 100) : 100;
  const speed = seconds > 0 ? done / seconds : 0;
  const left = speed > 0 ? `, 剩余 about ${Math.ceil((totalBytes - done) / speed)} s left` : '';
  return `读取 read ${percent}% (${megabytes(done)}/${megabytes(totalBytes)} MB), ${megabytes(speed)} MB/s${left}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
