import { type Bilingual } from '../../../rules/index.js';

/** What a level means, and when to come back. */
interface LevelWords {
  name: Bilingual;
  meaning: Bilingual;
  next: Bilingual;
}

/**
 * By level. Meanings follow the published frame of the five levels; the times of `next` are a proposal of this project
 * (domain notes 05 §3) that waits for a doctor, and the page says so.
 */
export const LEVELS: Readonly<Record<string, LevelWords>> = {
  1: {
    name: { zh: '1 级', en: 'Level 1' },
    meaning: {
      zh: '有结果需要专科医生尽快看清楚。很多情况早看早处理，结果会好得多。',
      en: 'Something needs a specialist to look at it soon. Looked at early, many such things turn out well.',
    },
    next: {
      zh: '请今天就与体检中心或专科联系；之后 1 周、1 个月、3 个月复查。',
      en: 'Contact the checkup centre or a specialist today; come back after 1 week, 1 month and 3 months.',
    },
  },
  2: {
    name: { zh: '2 级', en: 'Level 2' },
    meaning: {
      zh: '有结果需要就诊。按医生的安排治疗或进一步检查，多数可以控制好。',
      en: "Something needs a doctor's visit. With treatment or a further test most of it can be brought under control.",
    },
    next: {
      zh: '请在 3 个工作日内约好专科；之后 1 个月、3 个月、6 个月复查。',
      en: 'Arrange a visit within 3 working days; come back after 1, 3 and 6 months.',
    },
  },
  3: {
    name: { zh: '3 级', en: 'Level 3' },
    meaning: {
      zh: '有轻度的、或新发现的问题，现在处理正合适。',
      en: 'There is something mild, or newly found: now is a good time to deal with it.',
    },
    next: {
      zh: '请在一周内咨询医生；3 个月后复查，指标还没控制好的 2 周后复查。',
      en: 'Talk to a doctor within a week; come back after 3 months, or after 2 weeks while it is not under control.',
    },
  },
  4: {
    name: { zh: '4 级', en: 'Level 4' },
    meaning: {
      zh: '没有发现疾病；有些因素会增加以后患病的机会，大多可以改善。',
      en: 'No illness was found. Some things make illness more likely later; most of them can be improved.',
    },
    next: {
      zh: '从生活方式做起，坚持 3 个月；半年后复查。',
      en: 'Begin with your way of living, for 3 months; come back after half a year.',
    },
  },
  5: {
    name: { zh: '5 级', en: 'Level 5' },
    meaning: {
      zh: '查过的项目都在理想范围，请继续保持。',
      en: 'Everything that was looked at is where it should be. Keep it up.',
    },
    next: { zh: '一年后再来体检。', en: 'Come back for a checkup in a year.' },
  },
  unknown: {
    name: { zh: '待定', en: 'Not settled yet' },
    meaning: {
      zh: '查过的项目没有发现问题；还有几项没有结论，下面写着怎样可以定下来。',
      en: 'Nothing was found in what was looked at. Some things are still open; how to settle them is listed below.',
    },
    next: { zh: '请按下面列出的去做。', en: 'Please do what is listed below.' },
  },
};

/** Everything else that the page says; `{…}` are filled. */
export const WORDS = {
  title: { zh: '健康风险分层报告', en: 'Health risk report' },
  male: { zh: '男', en: 'male' },
  female: { zh: '女', en: 'female' },
  years: { zh: '{n} 岁', en: '{n} years' },
  asOf: { zh: '最近一次结果：{day}', en: 'Latest result: {day}' },
  printedOn: { zh: '打印：{day}', en: 'Printed: {day}' },
  level: { zh: '您的等级', en: 'Your level' },
  scale: { zh: '1 级最需要重视，5 级最理想', en: 'Level 1 needs most attention, level 5 is best' },
  range: {
    zh: '目前确定的是 {level}。还有项目没有结果，补上之后才能最后确定。',
    en: 'What is certain so far is {level}. Some results are still missing; with them it can be settled.',
  },
  doctor: {
    zh: '{doctor} 已结合您的情况评定为 {level}，有效至 {until}。按检查结果计算为 {computed}。',
    en: '{doctor} has set {level} for you, knowing your case, until {until}. By the results alone it is {computed}.',
  },
  noLevel: { zh: '不分级', en: 'No level' },
  minor: {
    zh: '分层用于 18 岁及以上的成人，请按儿科医生的意见随访。',
    en: 'The levels are for adults from 18 on. Please follow the advice of the paediatrician.',
  },
  next: { zh: '接下来', en: 'What comes next' },
  reasons: { zh: '依据', en: 'What this rests on' },
  limit: { zh: '界值：{limit}', en: 'Limit: {limit}' },
  down: { zh: '目标：{value} 或以下', en: 'Aim: {value} or below' },
  up: { zh: '目标：{value} 或以上', en: 'Aim: {value} or above' },
  suspected: { zh: '还没有确诊，需复查确认', en: 'Not confirmed yet: to be repeated' },
  confidential: {
    zh: '另有 {n} 项结果不印在纸上，请与医生当面沟通。',
    en: '{n} more not printed here: please speak to the doctor in person.',
  },
  more: { zh: '其他：{items}', en: 'Others: {items}' },
  change: { zh: '做到哪一步，等级就会变好', en: 'What would improve the level' },
  changeTo: {
    zh: '{name} 从 {from} 到 {to}：{level}',
    en: '{name} from {from} to {to}: {level}',
  },
  changeToNone: {
    zh: '{name} 从 {from} 到 {to}：这一项就达标了',
    en: '{name} from {from} to {to}: this one is then on target',
  },
  severalHold: {
    zh: '有几项同时需要改善，一项一项来就好。',
    en: 'Several things need improving; take them one by one.',
  },
  risk: { zh: '心梗和中风的可能性', en: 'Heart attack and stroke' },
  riskNow: {
    zh: '与您情况相同的 100 人中，未来 10 年约有 {n} 人会发生。',
    en: 'Of 100 people like you about {n} will have one in the next 10 years.',
  },
  riskThen: { zh: '{name}：约 {n} 人', en: '{name}: about {n}' },
  below1: { zh: '不到 1', en: 'fewer than 1' },
  open: { zh: '还不能下结论的', en: 'What could not be judged' },
  missing: { zh: '还缺的基本项目：{items}', en: 'Basic tests still missing: {items}' },
  needs: { zh: '{domain}：需要{items}', en: '{domain}: needs {items}' },
  cannotBeJudged: { zh: '{domain}：{advice}', en: '{domain}: {advice}' },
  needsDoctor: {
    zh: '{domain}：请医生看过报告后再定',
    en: '{domain}: for a doctor to decide from the report',
  },
  inOrder: { zh: '查过、没有发现问题的：{items}', en: 'Looked at, with nothing found: {items}' },
  notExamined: { zh: '这次没有查：{items}', en: 'Not looked at this time: {items}' },
  trend: { zh: '{name}历次结果', en: 'Results of {name} over time' },
  pending: {
    zh: '* 这项界值和复查时间是拟定的，还在等医生确认。',
    en: '* This limit, and the times to come back, are proposals that wait for a doctor.',
  },
  nextPending: { zh: '复查时间为拟定，待医生确认', en: 'proposed times, to be confirmed by a doctor' },
  care: {
    zh: '本报告根据检查结果自动生成，供您和医生参考，不能代替诊断。身体不适请及时就医。',
    en: 'Made from your results, for you and your doctor. It is no diagnosis. If you feel unwell, see a doctor.',
  },
  comma: { zh: '、', en: ', ' },
  between: { zh: '{low} 至 {high} 之间', en: 'between {low} and {high}' },
} as const satisfies Record<string, Bilingual>;

export type Word = keyof typeof WORDS;
