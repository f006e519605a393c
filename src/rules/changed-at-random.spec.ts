import fc from 'fast-check';
import { loadVocabulary } from '../terminology/index.js';
import { RandomChanges, type Tried } from './domain/strength/random-changes.js';
import { readFiles } from './read-files.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));

/** A sample: `npm run rules:mutate`, which CI runs too, changes every place. */
const RUNS = Number(process.env.FIRSTCALL_MUTATION_RUNS ?? 40);

it('any limit, operator or unit of a shipped rule changed at random: rules check fails, and names file and rule', async () => {
  const changes = await RandomChanges.of(await readFiles('rules'), catalogue);
  const outcomes: Record<Tried['outcome'], number> = { refused: 0, weak: 0, same: 0, missed: 0 };
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), async (numbers) => {
      let at = 0;
      const tried = await changes.try((below) => numbers[at++ % numbers.length]! % below);
      outcomes[tried.outcome]++;
      kinds.add(tried.spot.kind);
      expect(tried).not.toMatchObject({ outcome: 'missed' });
    }),
    { numRuns: RUNS },
  );
  // Nearly all made a difference, or the test would prove little.
  expect(outcomes.refused + outcomes.weak).toBeGreaterThan(RUNS * 0.9);
  // Grades are few among them: a sample may miss them.
  for (const kind of ['limit', 'operator', 'unit']) expect(kinds).toContain(kind);
}, 120_000);
