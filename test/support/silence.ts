import { UnitOfWork } from '../../src/database/index.js';
import { newId } from '../../src/kernel/index.js';
import { SilenceRepository } from '../../src/tasks/index.js';
import { type TestApp } from './app.js';

/** A doctor's silence of a rule for one person, of every class, that began now and lasts a day. */
export async function silence(app: TestApp, personId: string, ruleId: string): Promise<void> {
  const now = app.clock.now();
  const until = new Date(now.getTime() + 86_400_000);
  const made = { class: 'A' as const, reason: '已知', madeBy: 'user:li', madeAt: now, until };
  const over = { endedAt: null, endedBecause: null };
  await app.nest.get(UnitOfWork).run(async (manager) => {
    await new SilenceRepository().insert(manager, { id: newId(), personId, ruleId, ...made, ...over });
  });
}
