import { type Message } from '../../../kernel/index.js';

/** Formulas: values that are computed from others, and the units that they are in. */
export const FORMULA_MESSAGES = {
  'no-list-of-formulas': {
    zh: '文件里没有 formulas(公式列表)',
    en: 'The list of formulas is missing',
    mend: { zh: '写 formulas:，下面每个公式以 "- id:" 开头。', en: 'Write `formulas:`, each formula below it beginning with "- id:".' },
  },
  'doubled-formula': {
    zh: '公式编号 {found} 已经用过',
    en: 'The formula id {found} is already used',
    mend: { zh: '换一个编号。', en: 'Give it an id of its own.' },
  },
  'formula-no-unit': {
    zh: '公式没有写明结果的单位',
    en: 'The unit of the result is missing',
    mend: { zh: "写 unit:；没有单位的比值写 unit: '1'。", en: "Write `unit:`; of a plain ratio `unit: '1'`." },
  },
  'formula-bad-unit': {
    zh: '{found} 不是能计算的单位',
    en: '{found} is no unit that can be calculated with',
    mend: { zh: '写 UCUM 单位；温度、pH 不能参加公式。', en: 'Write a UCUM unit; temperatures and pH have no place in formulas.' },
  },
  'formula-decimals': {
    zh: '须写明结果报告到几位小数(decimals)，0 到 {most}',
    en: 'The decimals of the result must be a whole number, 0 to {most}',
    mend: { zh: '写 decimals: 1；比较前按它四舍五入。', en: 'Write `decimals: 1`; the result is rounded to them before it is compared.' },
  },
  'formula-no-inputs': {
    zh: '没有写明用哪些项目计算(from)',
    en: 'What the formula is computed from is missing (from)',
    mend: { zh: '写 from: { 名称: 项目编号 }。', en: 'Write `from: { name: analyte }`.' },
  },
  'formula-bad-name': {
    zh: '{found} 不能作公式里的名称',
    en: '{found} cannot be a name in a formula',
    mend: {
      zh: '以小写字母开头，只用字母、数字和下划线；不能是 min、max、ln、exp、sqrt。',
      en: 'Begin with a small letter; letters, digits and underscores only; not min, max, ln, exp or sqrt.',
    },
  },
  'formula-input-no-number': {
    zh: '"{fact}" 不是数值，不能计算',
    en: '"{fact}" is no number and cannot be calculated with',
    mend: { zh: '换成数值项目。', en: 'Name an analyte that is a number.' },
  },
  'formula-input-confidential': {
    zh: '"{fact}" 是保密项目，不能用来计算',
    en: '"{fact}" is confidential and cannot be calculated with',
    mend: { zh: '算出的值会说出保密的值；换一个项目。', en: 'The result would tell the confidential value; name another analyte.' },
  },
  'formula-input-scale': {
    zh: '"{fact}" 的单位 {unit} 不能参加计算',
    en: '"{fact}" is in {unit}, which cannot be calculated with',
    mend: { zh: '温度、pH 各有自己的刻度；换一个项目。', en: 'Temperatures and pH are on scales of their own; name another analyte.' },
  },
  'formula-idle-input': {
    zh: '{found} 没有用在公式里',
    en: '{found} is not used in the formula',
    mend: { zh: '用上它，或从 from 里删去。', en: 'Use it, or delete it from `from`.' },
  },
  'formula-of-formula': {
    zh: '{found} 自己也是算出来的，不能再用来计算',
    en: '{found} is itself computed and cannot be computed with',
    mend: { zh: '用它的来源项目直接计算。', en: 'Compute from what it is computed from.' },
  },
  'formula-is-group': {
    zh: '{found} 是项目组的名称',
    en: '{found} is the name of a group',
    mend: { zh: '换一个编号。', en: 'Give the formula another id.' },
  },
  'formula-unlike-analyte': {
    zh: '词表里的 "{fact}" 单位是 {unit}、{decimals} 位小数，公式须与它相同',
    en: '"{fact}" of the vocabulary is in {unit} with {decimals} decimals; the formula must give the same',
    mend: { zh: '改成相同的单位和小数位，或换一个编号。', en: 'Write that unit and those decimals, or give the formula another id.' },
  },
  'formula-missing': {
    zh: '没有写公式',
    en: 'The formula itself is missing',
    mend: { zh: '写 formula: f / t。', en: 'Write `formula: f / t`.' },
  },
  'formula-empty': {
    zh: '公式是空的',
    en: 'The formula is empty',
    mend: { zh: '写上算式，例如 f / t。', en: 'Write a formula, e.g. f / t.' },
  },
  'formula-unreadable': {
    zh: '公式从这里起读不懂',
    en: 'The formula cannot be read from here: {problem}',
    mend: {
      zh: '只能用数、from 里的名称、+ - * / ^、括号、min max ln exp sqrt。',
      en: 'Numbers, names of `from`, + - * / ^, parentheses, min, max, ln, exp and sqrt are all there is.',
    },
  },
  'formula-character': {
    zh: '公式里不能有 {found}',
    en: '{found} has no place in a formula',
    mend: { zh: '删去它；只用圆括号。', en: 'Delete it; use round brackets only.' },
  },
  'formula-lacks-operator': {
    zh: '这里缺一个运算符',
    en: 'An operator is missing here',
    mend: { zh: '写明是 + - * / 还是 ^；乘号不能省。', en: 'Write + - * / or ^; a product needs its sign.' },
  },
  'formula-no-arithmetic': {
    zh: '这里不是算式',
    en: 'This is no arithmetic',
    mend: { zh: '只能用数、from 里的名称和运算。', en: 'Only numbers, names of `from` and operations.' },
  },
  'formula-no-input': {
    zh: 'from 里没有 {found}',
    en: '{found} is not among the names of from',
    mend: { zh: '改正拼写，或在 from 里写明它是哪个项目。', en: 'Mend the spelling, or name its analyte in `from`.' },
  },
  'formula-no-function': {
    zh: '没有 {found} 这个函数',
    en: 'There is no function {found}',
    mend: { zh: '只有 min、max、ln、exp、sqrt。', en: 'There are min, max, ln, exp and sqrt.' },
  },
  'formula-arguments': {
    zh: '{name} 要{wanted}，写了 {count} 个',
    en: '{name} takes {wanted}, found {count}',
    mend: { zh: '补上或删去。', en: 'Add or delete values.' },
  },
  'formula-minus-power': {
    zh: '负号和 ^ 在一起有两种读法',
    en: 'A minus before a power can be read in two ways',
    mend: { zh: '写成 -(a ^ 2) 或 (0 - a) ^ 2。', en: 'Write -(a ^ 2) or (0 - a) ^ 2.' },
  },
  'formula-exponent': {
    zh: '^ 后面须是一个数',
    en: 'The exponent must be a number',
    mend: { zh: '写成 ^ 2、^ 0.5。', en: 'Write ^ 2 or ^ 0.5.' },
  },
  'formula-power-unit': {
    zh: '有单位({unit})的量只能取整数次方，写的是 {found}',
    en: 'A quantity in {unit} has whole powers only, found {found}',
    mend: { zh: '先除以同单位的量，使它没有单位。', en: 'Divide it by a quantity of the same unit first.' },
  },
  'formula-plain-number': {
    zh: '{name} 只能用于没有单位的数，这里的单位是 {unit}',
    en: '{name} takes a number without unit, and this is in {unit}',
    mend: { zh: '先除以同单位的量。', en: 'Divide by a quantity of the same unit first.' },
  },
  'formula-units-differ': {
    zh: '单位不能相加减或相比：左边 {left}，右边 {right}',
    en: 'These units cannot be added or compared: {left} and {right}',
    mend: { zh: '核对项目；数本身没有单位。', en: 'Look at the analytes; a bare number has no unit.' },
  },
  'formula-result-unit': {
    zh: '公式算出的单位是 {result}，与写明的 {unit} 不符',
    en: 'The formula gives {result}, which is no {unit}',
    mend: { zh: '核对公式，或改 unit。', en: 'Look at the formula, or change `unit`.' },
  },
  'formula-no-examples': {
    zh: '公式没有例子',
    en: 'The formula has no examples',
    mend: { zh: '写 examples: [{ facts: { … }, expect: 值 }]。', en: 'Write `examples: [{ facts: { … }, expect: value }]`.' },
  },
  'formula-example-lacks': {
    zh: '公式的例子须有 facts 和 expect',
    en: 'An example of a formula has facts and expect',
    mend: { zh: '写 { facts: { … }, expect: 值 }；算不出的写 unknown。', en: 'Write `{ facts: { … }, expect: value }`, or `unknown` where there is none.' },
  },
  'formula-example-value': {
    zh: '{found} 不是 "{fact}" 的值',
    en: '{found} is no value of "{fact}"',
    mend: { zh: '写数值、区间(5-10、<5)或 unknown。', en: 'Write a number, a span (5-10, <5) or unknown.' },
  },
  'formula-example-fails': {
    zh: '公式 "{fact}" 的例子得出 {found}，例子说应当是 {expected}',
    en: 'The example of "{fact}" comes to {found}, but says {expected}',
    mend: { zh: '核对公式和例子，改其中一个。', en: 'Look at both, and mend one.' },
  },
} as const satisfies Record<string, Message>;
