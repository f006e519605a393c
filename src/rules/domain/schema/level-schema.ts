import { type AnalyteCatalogue } from '../catalogue.js';
import {
  type BASIC_KEYS,
  type DOMAIN_KEYS,
  type FINDING_KEYS,
  type LEVEL_FILE_KEYS,
  type SWITCH_KEYS,
} from '../files/read-level-plan.js';
import { type OWN_RANGE_KEYS } from '../files/read-own-range.js';
import { type REPEAT_KEYS } from '../files/read-repeats.js';
import { CLASSES, LEVELS } from '../rule.js';
import { HEAD } from './rule-schema.js';
import { BILINGUAL, ID, listOf, mapOf, type Schema, TEXT, told } from './schema.js';


/** The plan that levels are put together by. */
export function levelSchemas(catalogue: AnalyteCatalogue): Record<string, Schema> {
  const { source, owner, note } = HEAD;
  const analytes = listOf({ enum: catalogue.names().filter((name) => catalogue.get(name)) });
  const title = { ...BILINGUAL, ...told('名称', 'Name') };
  const domain: Record<(typeof DOMAIN_KEYS)[number], Schema> = {
    id: ID,
    title,
    words: { ...listOf(TEXT), ...told('报告写到其中一个才算看过这个领域', 'A report counts for it only with one of these words') },
    sex: { enum: ['female', 'male'], ...told('只与一种性别有关', 'Of one sex alone') },
    note,
  };
  const item: Record<(typeof BASIC_KEYS)[number], Schema> = {
    id: ID,
    title,
    all: { ...analytes, ...told('都要有', 'All of these') },
    any: { ...analytes, ...told('有一项即可', 'Any of these') },
    note,
  };
  const finding: Record<(typeof FINDING_KEYS)[number], Schema> = {
    pack: { ...TEXT, ...told('规则包', 'Pack') },
    class: { enum: CLASSES, ...told('类别；不写就是各类', 'Class; any if absent') },
    level: { enum: LEVELS, ...told('等级', 'Level') },
    note,
  };
  const ownRange: Record<(typeof OWN_RANGE_KEYS)[number], Schema> = {
    level: { enum: LEVELS, ...told('等级', 'Level') },
    advice: { ...mapOf({ zh: TEXT, en: TEXT }, ['zh']), ...told('该做什么', 'What to do') },
    except: { ...analytes, ...told('超出也不说明什么的项目', 'Analytes of which it says nothing') },
    note,
  };
  const choice: Record<(typeof SWITCH_KEYS)[number], Schema> = {
    id: ID,
    title,
    on: { type: 'boolean', ...told('是否打开', 'Whether it is on') },
    source,
    note,
  };
  const repeat: Record<(typeof REPEAT_KEYS)[number], Schema> = {
    id: ID,
    title,
    days: { type: 'integer', minimum: 2, maximum: 10, ...told('要在几个不同日达到', 'On so many different days') },
    apart: { ...TEXT, ...told('首末相隔至少多久', 'The first and the last at least so far apart') },
    known: { ...listOf(TEXT), ...told('已有记录的不算首次发现', 'With one of these on record nothing is suspected') },
    advice: { ...mapOf({ zh: TEXT, en: TEXT }, ['zh']), ...told('复查证实后该做什么', 'What to do once it is repeated') },
    source,
    note,
  };
  const file: Record<(typeof LEVEL_FILE_KEYS)[number], Schema> = {
    kind: { const: 'levels' },
    title: { anyOf: [TEXT, BILINGUAL] },
    source,
    review: { const: 'pending' },
    owner,
    'review-by': HEAD['review-by'],
    note,
    domains: listOf(mapOf(domain, ['id', 'title']), told('领域，按显示的顺序', 'Domains, in the order shown')),
    'basic-set': listOf(
      mapOf(item, ['id', 'title'], { oneOf: [{ required: ['all'] }, { required: ['any'] }] }),
      told('基本项目：都有了才可能是 5 级', 'The basic set: nobody is level 5 without it'),
    ),
    rounded: { ...analytes, ...told('先四舍五入到通常的小数位', 'Rounded to their usual decimals first') },
    findings: listOf(
      mapOf(finding, ['pack', 'level']),
      told('阳性发现相当于几级', 'The level that findings prove'),
    ),
    'own-range': {
      ...mapOf(ownRange, ['level', 'advice']),
      ...told(
        '没有分层规则的项目超出报告自己的参考区间，算几级',
        'The level of a value outside its own report’s interval, where no rule looks at the analyte',
      ),
    },
    repeats: listOf(
      mapOf(repeat, ['id', 'title', 'days', 'advice']),
      told('达到诊断界值要在几个不同日才算证实', 'On how many days a value of diagnostic size confirms a disease'),
    ),
    switches: listOf(
      mapOf(choice, ['id', 'title', 'on']),
      told('指南之间不一致之处的开关', 'Switches where guidelines differ'),
    ),
  };
  return {
    'levels-file': mapOf(file, ['kind', 'source', 'owner', 'review-by', 'domains', 'basic-set', 'findings']),
  };
}
