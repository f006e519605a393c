import { Command, InvalidArgumentError, Option } from 'commander';
import { readFolders } from '../config/config.js';
import { readRules } from '../rules/domain/files/read-rules.js';
import { RandomChanges, type Tried } from '../rules/domain/strength/random-changes.js';
import { measureStrength } from '../rules/domain/strength/strength.js';
import { readFiles } from '../rules/read-files.js';
import { catalogueOf } from '../rules/domain/vocabulary-catalogue.js';
import { Random } from '../sample/domain/random.js';
import { loadVocabulary } from '../terminology/load-vocabulary.js';

/** `npm run rules:mutate -- --runs N`: how many changes to the rule files go unnoticed; exit 1 when any does. */
const command = new Command('rules:mutate')
  .description(
    'Changes limits, operators and units of the rule files, and counts what rules check does not notice.',
  )
  .addOption(new Option('--runs <n>', 'changes at random').default(1000).argParser(count))
  .option('--seed <text>', 'seed of the random changes', 'rules')
  .parse();
const { runs, seed } = command.opts<{ runs: number; seed: string }>();

const { rulesDir, vocabularyDir } = readFolders();
const catalogue = catalogueOf(loadVocabulary(vocabularyDir));
const files = await readFiles(rulesDir);

const { placed, lexiconFiles, faults } = await readRules(files, catalogue);
if (faults.length > 0) throw new Error(`the rules are refused: ${faults[0]?.path}: ${faults[0]?.message}`);
const { mutants, noticed, survivors } = await measureStrength(placed, lexiconFiles, catalogue, {
  operators: 'every',
});
for (const { path, subject, what } of survivors) console.error(`${path}: ${subject}: ${what.en}`);
console.log(`one after another: ${mutants} changes, ${noticed} noticed (${share(noticed, mutants)})`);

const outcomes: Record<Tried['outcome'], number> = { refused: 0, weak: 0, same: 0, missed: 0 };
const random = new Random('rules:mutate', seed);
const changes = await RandomChanges.of(files, catalogue);
for (let run = 0; run < runs; run++) {
  const { spot, by, outcome } = await changes.try((below) => random.integer(0, below - 1));
  outcomes[outcome]++;
  if (outcome === 'missed') {
    console.error(
      `${spot.file}:${spot.line}:${spot.column}: ${spot.rule}: ${spot.kind} ${spot.written} → ${by}: not noticed`,
    );
  }
}
const { refused, weak, same, missed } = outcomes;
const different = runs - same;
console.log(
  `at random in the text: ${runs} changes, ${same} of them none; of ${different} rules check refuses ${refused}, ` +
    `finds ${weak} too weakly held, misses ${missed} (${share(different - missed, different)})`,
);
process.exitCode = survivors.length + missed > 0 ? 1 : 0;

function share(part: number, whole: number): string {
  return `${Math.floor((10_000 * part) / Math.max(1, whole)) / 100} %`;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('a whole number from 1 is wanted');
  return value;
}
