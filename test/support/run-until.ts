import { type RejudgeService, type RunEnd } from '../../src/rejudge/index.js';

/** Works on the job until so many persons are done, then does something; the job is stopped after it. */
export async function runUntil(
  service: RejudgeService,
  persons: number,
  what: () => Promise<unknown> = () => Promise.resolve(),
): Promise<RunEnd> {
  const stopping = new AbortController();
  let done = 0;
  let happened: Promise<unknown> = Promise.resolve();
  const end = await service.run({
    atOnce: 1,
    signal: stopping.signal,
    progress: () => {
      if (++done !== persons) return;
      stopping.abort();
      happened = what();
    },
  });
  await happened;
  return end;
}
