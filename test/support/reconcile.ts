import { LazyModuleLoader } from '@nestjs/core';
import { type Difference, ReconcileModule, ReconcileService } from '../../src/reconcile/index.js';
import { type TestApp } from './app.js';

/** What the second witness finds on the running service; it finds nothing where all is well. */
export async function reconcile(app: TestApp): Promise<{ examined: number; differences: Difference[] }> {
  const loaded = await app.nest.get(LazyModuleLoader).load(() => ReconcileModule);
  const differences: Difference[] = [];
  const done = await loaded.get(ReconcileService).run({ difference: (one) => differences.push(one) });
  return { examined: done.results, differences };
}
