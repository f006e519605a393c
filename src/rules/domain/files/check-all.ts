import { groupBy } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { checkExamples } from './check-examples.js';
import { checkLimits } from './check-limits.js';
import { checkHolding, checkMeeting } from './check-meeting.js';
import { type CheckedBefore } from './checked-before.js';
import { type SourceFile } from './parse-file.js';
import { type PlacedRule } from './read-rule-file.js';
import { type FaultList } from './source-node.js';

/** A rule with the faults of its file. */
export interface Checked {
  rule: PlacedRule;
  faults: FaultList;
}

export interface RulesChecking {
  catalogue: AnalyteCatalogue;
  /** The files that the rules stand in. */
  files: readonly SourceFile[];
  pause: () => Promise<void>;
  /** What need not be checked again. */
  before: CheckedBefore;
}

/** Limits, contradictions and examples of all rules. Gives the number of examples that failed. */
export async function checkAll(placed: readonly Checked[], checking: RulesChecking): Promise<number> {
  const { catalogue, before, pause } = checking;
  const texts = new Map(checking.files.map(({ path, text }) => [path, text]));
  const files = [...groupBy(placed, ({ rule }) => rule.rule.file)].map(([path, rules]) => ({
    rules,
    is: `file ${path}\n${texts.get(path) ?? ''}`,
  }));
  const textOf = new Map(files.flatMap(({ rules, is }) => rules.map((one) => [one, is] as const)));
  const packs = [...groupBy(placed, ({ rule }) => rule.rule.pack)].map(([pack, rules]) => ({
    rules,
    is: `pack ${pack}\n${[...new Set(rules.map((one) => textOf.get(one)))].join('\n')}`,
  }));
  const beyond = new Set<Checked>();
  let failed = 0;
  for (const { rules, is } of files) {
    await unlessSound(rules, is, before, async () => {
      for (const one of rules) {
        if (!checkLimits(one.rule, catalogue, one.faults) || !checkHolding(one.rule, catalogue, one.faults))
          beyond.add(one);
        failed += await checkExamples(one.rule, one.faults);
        await pause();
      }
    });
  }
  for (const { rules, is } of packs) {
    const inForce = rules.filter((one) => !one.rule.isOff && !beyond.has(one));
    // What some rule is left out of is no check of the pack.
    const remembering = rules.some((one) => beyond.has(one)) ? undefined : before;
    await unlessSound(rules, is, remembering, () => checkMeeting(inForce, catalogue));
    await pause();
  }
  return failed;
}

/** Checks rules, unless they were found sound before: then only the warnings are told again. */
async function unlessSound(
  rules: readonly Checked[],
  is: string,
  before: CheckedBefore | undefined,
  check: () => Promise<void> | void,
): Promise<void> {
  const lists = [...new Set(rules.map(({ faults }) => faults))];
  const known = before?.get(is);
  if (known) {
    for (const list of lists) list.warnAgain(known.filter(({ file }) => file === list.file));
    return;
  }
  const counts = lists.map(({ faults, warnings }) => [faults.length, warnings.length] as const);
  await check();
  if (lists.some(({ faults }, at) => faults.length > counts[at]![0])) return;
  before?.keep(
    is,
    lists.flatMap(({ warnings }, at) => warnings.slice(counts[at]![1])),
  );
}
