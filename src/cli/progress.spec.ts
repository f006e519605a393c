import { PassThrough } from 'node:stream';
import { Clock } from '../kernel/index.js';
import { createProgress, progressLine } from './progress.js';

class TestClock extends Clock {
  constructor(public instant = 0) {
    super();
  }
  now(): Date {
    return new Date(this.instant);
  }
}

function collecting(isTTY: boolean): {
  stream: NodeJS.WritableStream & { isTTY?: boolean };
  text: () => string;
} {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 120 });
  let text = '';
  stream.on('data', (part: Buffer) => (text += part.toString()));
  return { stream, text: () => text };
}

describe('the progress of a reading', () => {
  afterEach(() => jest.useRealTimers());

  it('is a line every five seconds where nobody sees a bar', () => {
    jest.useFakeTimers();
    const { stream, text } = collecting(false);
    const clock = new TestClock();
    const progress = createProgress({ total: 10_000_000, kind: 'bytes', clock, quiet: false, stream });
    progress.advance(4_000_000);
    clock.instant = 5000;
    jest.advanceTimersByTime(5000);
    progress.stop();
    jest.advanceTimersByTime(60_000);
    jest.useRealTimers();
    expect(text()).toBe('读取 read 40% (4.0/10.0 MB), 0.8 MB/s, 剩余 about 8 s left\n');
  });

  it('is a bar on a terminal', () => {
    const { stream, text } = collecting(true);
    const progress = createProgress({
      total: 2_000_000,
      kind: 'bytes',
      clock: new TestClock(),
      quiet: false,
      stream,
    });
    progress.advance(2_000_000);
    progress.stop();
    expect(text()).toContain('100% · 2.0/2.0 MB');
  });

  it('is silent when asked to', () => {
    const { stream, text } = collecting(true);
    const progress = createProgress({
      total: 10,
      kind: 'bytes',
      clock: new TestClock(),
      quiet: true,
      stream,
    });
    progress.advance(10);
    progress.stop();
    expect(text()).toBe('');
  });

  it('counts people where people are judged', () => {
    expect(progressLine(400, 1000, 2, 'people')).toBe(
      '判定 judged 40% (400/1000 人 people), 200 人 people/s, 剩余 about 3 s left',
    );
  });

  it('never divides by nothing', () => {
    expect(progressLine(0, 0, 0)).toBe('读取 read 100% (0.0/0.0 MB), 0.0 MB/s');
  });
});
