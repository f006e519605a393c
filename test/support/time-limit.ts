import { addEventHandler } from 'jest-circus';

/** In milliseconds, for a test or hook that names no limit of its own. */
const LIMIT = 240_000;

type Body = () => unknown;

/** The runner waits for ever: here whatever hangs fails by its limit, named, and the next test has its turn. */
addEventHandler((event, state) => {
  if (event.name === 'add_test') {
    const test = state.currentDescribeBlock.children.at(-1);
    if (test?.type === 'test' && test.fn) test.fn = within(test.timeout ?? LIMIT, test.fn as Body, test.name);
  }
  if (event.name === 'add_hook') {
    const hook = state.currentDescribeBlock.hooks.at(-1)!;
    hook.fn = within(hook.timeout ?? LIMIT, hook.fn as Body, hook.type);
  }
});

/** Counted in ticks of the process itself: a machine that was put to sleep is no test that hangs. */
const TICKS = 20;

function within(limit: number, body: Body, name: string): () => Promise<unknown> {
  return async () => {
    let ticker: NodeJS.Timeout | undefined;
    const late = new Promise((_, reject) => {
      let left = TICKS;
      ticker = setInterval(() => {
        if (--left === 0) reject(new Error(`${name}: still running after ${limit} ms`));
      }, limit / TICKS);
    });
    try {
      return await Promise.race([Promise.resolve().then(body), late]);
    } finally {
      clearInterval(ticker);
    }
  };
}
