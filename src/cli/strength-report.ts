import { type Strength, type Survivor } from '../rules/domain/strength/measure-rule.js';

/** One line: where, which rule, what was changed without anybody noticing, and what would notice. */
export function inWords({ path, subject, title, what, example }: Survivor): string {
  const name = `规则 rule ${subject} ${title.zh} ${title.en}`;
  const add = example === null ? '请加一个例子 add an example' : `可加 add e.g. ${example}`;
  return `${path}: ${name}: ${what.zh} (${what.en})，没有例子发现 no example noticed; ${add}`;
}

/** The figures in one line. */
export function summary({ mutants, noticed, survivors }: Strength): string {
  const share = mutants === 0 ? 100 : Math.floor((1000 * noticed) / mutants) / 10;
  const left = survivors.length === 0 ? '' : `, ${survivors.length} 处没有例子发现 not noticed`;
  return `试改 changes tried: ${mutants}, 例子发现 noticed by examples: ${noticed} (${share} %)${left}`;
}
