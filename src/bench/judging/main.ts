import Table from 'cli-table3';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Engine } from 'json-rules-engine';
import { readFolders } from '../../config/config.js';
import { judge } from '../../rules/domain/judge.js';
import { buildRuleSet, mayMatter, type RuleSet } from '../../rules/domain/rule-set.js';
import { loadVocabulary } from '../../terminology/load-vocabulary.js';
import { median } from '../statistics.js';
import { factsAround, type Measured, measuredPeople } from './people.js';
import { plainEngine, plainFacts } from './plain-engine.js';
import { askedOf, limitsOf, strangers, toRule } from './rules.js';

/**
 * `npm run bench:judging`: what judging a person costs with 150, 500 and 1,500 rules, beside json-rules-engine with one
 * engine on the same rules and people in the same run. 150 rules look at the analytes of the workload; what comes on top
 * looks at others.
 */
const command = new Command('bench:judging')
  .addOption(new Option('--people <n>', 'people a round').default(280).argParser(count))
  .addOption(new Option('--rounds <n>', 'rounds; the median counts').default(9).argParser(count))
  .option('--seed <text>', 'seed of the workload', 'bench')
  .option('--gate', 'exit 1 when a budget is missed', false)
  .parse();
const options = command.opts<{ people: number; rounds: number; seed: string; gate: boolean }>();

const SIZES = [150, 500, 1500] as const;
const RULES_A_STRANGER = 3;
const AT_LEAST_FASTER = 20;
const AT_MOST_DEARER = 1.5;

interface Contest {
  rules: number;
  ruleSet: RuleSet;
  engine: Engine;
  ours: number[];
  plain: number[];
}

const people = measuredPeople(options.people, options.seed, loadVocabulary(readFolders().vocabularyDir));
const plainPeople = people.map(plainFacts);
const measured = limitsOf(people);
const contests = SIZES.map((rules): Contest => {
  const more = rules - SIZES[0];
  const asked = [
    ...askedOf(measured, SIZES[0], 'measured'),
    ...(more > 0 ? askedOf(strangers(Math.ceil(more / RULES_A_STRANGER)), more, 'stranger') : []),
  ];
  const ruleSet = buildRuleSet('bench', asked.map(toRule));
  return { rules, ruleSet, engine: plainEngine(asked), ours: [], plain: [] };
});

let findings = 0;
for (const contest of contests) findings = await agree(contest);
for (let round = -1; round < options.rounds; round++) {
  for (const contest of contests) {
    const ours = await timed(() => judgeAll(contest.ruleSet));
    const plain = await timed(() => runAll(contest.engine));
    // The first round is for V8.
    if (round < 0) continue;
    contest.ours.push(ours);
    contest.plain.push(plain);
  }
}

const table = new Table({
  style: { head: [], border: [], compact: true },
  head: ['rules', 'Firstcall, a person', 'json-rules-engine, a person', 'times faster', 'cost to 150 rules'],
  colAligns: ['right', 'right', 'right', 'right', 'right'],
});
const [least, , most] = contests.map(figures) as [Figures, Figures, Figures];
for (const [i, contest] of contests.entries()) {
  const { ours, plain, faster } = figures(contest);
  table.push([
    SIZES[i],
    `${ours.toFixed(1)} µs`,
    `${plain.toFixed(0)} µs`,
    faster.toFixed(1),
    `${(ours / least.ours).toFixed(2)} ×`,
  ]);
}
console.log(
  `${options.people} people, ${Math.round(sum(people.map(({ facts }) => facts.length)) / people.length)} measurements each, ` +
    `${measured.length} analytes under rules, ${findings} findings (the same by both), ${options.rounds} rounds`,
);
console.log(table.toString());
const isFast = least.faster >= AT_LEAST_FASTER;
const isFlat = most.ours / least.ours <= AT_MOST_DEARER;
console.log(`${isFast ? 'ok    ' : 'MISSED'} ${least.faster.toFixed(1)} times faster at ${SIZES[0]} rules (at least ${AT_LEAST_FASTER})`); // prettier-ignore
console.log(`${isFlat ? 'ok    ' : 'MISSED'} ${(most.ours / least.ours).toFixed(2)} × the cost at ${SIZES[2]} rules (at most ${AT_MOST_DEARER})`); // prettier-ignore
process.exitCode = options.gate && !(isFast && isFlat) ? 1 : 0;

interface Figures {
  ours: number;
  plain: number;
  faster: number;
}

/** Medians in microseconds a person; the ratio is that of the rounds, so that drift of the machine cancels. */
function figures({ ours, plain }: Contest): Figures {
  const each = (list: readonly number[]): number => (median(list) / options.people) * 1000;
  return { ours: each(ours), plain: each(plain), faster: median(plain.map((one, i) => one / ours[i]!)) };
}

/** Both must find the same of everybody, or their times say nothing. @returns how many findings there are */
async function agree({ ruleSet, engine, rules }: Contest): Promise<number> {
  let found = 0;
  for (const [i, person] of people.entries()) {
    const ours = new Set(await firing(ruleSet, person));
    const { events } = await engine.run(plainPeople[i]);
    const theirs = new Set(events.map(({ type }) => type));
    if (ours.size !== theirs.size || [...ours].some((id) => !theirs.has(id)))
      throw new Error(`${rules} rules, person ${i}: ${[...ours].join()} but plainly ${[...theirs].join()}`);
    found += ours.size;
  }
  return found;
}

async function firing(ruleSet: RuleSet, person: Measured): Promise<string[]> {
  const ids: string[] = [];
  for (const anchor of person.facts) {
    if (!mayMatter(ruleSet, anchor.measurement)) continue;
    const judging = judge(ruleSet, factsAround(anchor, person, ruleSet));
    const outcomes = judging instanceof Promise ? await judging : judging;
    for (const { rule, truth } of outcomes) if (truth === 'fires') ids.push(rule.id);
  }
  return ids;
}

async function judgeAll(ruleSet: RuleSet): Promise<void> {
  for (const person of people) await firing(ruleSet, person);
}

async function runAll(engine: Engine): Promise<void> {
  for (const facts of plainPeople) await engine.run(facts);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('a whole number from 1 is wanted');
  return value;
}
