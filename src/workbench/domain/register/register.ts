import { type Bilingual } from '../../../rules/index.js';

/** One line of the register 登记本: a finding that somebody was, or is to be, told of. */
export interface RegisterLine {
  taskId: string;
  findingId: string;
  person: { name: string | null; sex: 'male' | 'female' | null; ageYears: number | null };
  /** 体检号 of the result; null where its encounter has none. */
  checkup: string | null;
  employer: string | null;
  /** Masked. */
  phones: string[];
  item: Bilingual;
  /** What a nurse said, with value, unit and limit; a confidential one is not shown. */
  said: Bilingual;
  class: 'A' | 'important' | 'B' | 'C';
  rule: string | null;
  ruleSetVersion: string;
  foundAt: string;
  due: string;
  confirmation: string | null;
  specimen: string[];
  /** When laboratory or doctor said so last, and who. */
  confirmedAt: string | null;
  confirmedBy: string | null;
  attempts: number;
  notifiedAt: string | null;
  notifiedBy: string | null;
  channel: string | null;
  answeredBy: string | null;
  /** `none`: told by a way that asks for none. */
  readBack: string | null;
  note: string | null;
  recheckAt: string | null;
  outcomeDue: string | null;
  /** Nobody is to be told any more: done, taken back or silenced. */
  isOver: boolean;
  state: string | null;
  outcome: string | null;
  /** Diagnosis, hospital, treatment, or why the person was lost. */
  words: Readonly<Record<string, string>>;
  closedAt: string | null;
  /** `results`: a later result did it by itself. */
  closedBy: string | null;
}

interface Column {
  heading: Bilingual;
  of: (line: RegisterLine, at: (instant: string | null) => string) => string;
}

const SEX: Readonly<Record<string, string>> = { male: '男', female: '女' };
const WORDS: Readonly<Record<string, string>> = {
  phone: '电话', message: '消息', 'in-person': '当面',
  self: '本人', guardian: '监护人', relative: '家属', other: '他人',
  matched: '一致', differs: '不一致', none: '未记录',
  confirmed: '已确认', doubtful: '可疑', redraw: '重抽', rejected: '不采用',
  haemolysis: '溶血', lipaemia: '脂血', clotting: '凝血',
  awaiting: '待复查', closed: '已闭环', reopened: '再次异常', lost: '失访',
  normal: '复查正常', persists: '复查仍异常', worse: '复查加重', withdrawn: '结果撤回',
  'ruled-out': '排除', treated: '已治疗', 'under-observation': '随访观察', declined: '本人拒绝',
}; // prettier-ignore
const said = (word: string | null): string => (word === null ? '' : (WORDS[word] ?? word));

/** The columns of the register, in their order; the same for the file and for the sheet. */
export const COLUMNS: readonly Column[] = [
  { heading: { zh: '姓名', en: 'name' }, of: ({ person }) => person.name ?? '未知' },
  { heading: { zh: '性别', en: 'sex' }, of: ({ person }) => SEX[person.sex ?? ''] ?? '未知' },
  { heading: { zh: '年龄', en: 'age' }, of: ({ person }) => (person.ageYears === null ? '未知' : String(person.ageYears)) },
  { heading: { zh: '体检号', en: 'checkup' }, of: ({ checkup }) => checkup ?? '' },
  { heading: { zh: '单位', en: 'employer' }, of: ({ employer }) => employer ?? '' },
  { heading: { zh: '电话', en: 'phones' }, of: ({ phones }) => phones.join(' ') },
  { heading: { zh: '项目', en: 'item' }, of: ({ item }) => item.zh },
  { heading: { zh: '结果', en: 'result' }, of: (line) => line.said.zh },
  { heading: { zh: '类别', en: 'class' }, of: (line) => (line.class === 'important' ? '重要' : line.class) },
  { heading: { zh: '规则', en: 'rule' }, of: ({ rule }) => rule ?? '' },
  { heading: { zh: '规则版本', en: 'version' }, of: (line) => line.ruleSetVersion.slice(0, 12) },
  { heading: { zh: '发现', en: 'found' }, of: ({ foundAt }, at) => at(foundAt) },
  { heading: { zh: '时限', en: 'due' }, of: ({ due }, at) => at(due) },
  { heading: { zh: '核实', en: 'confirmed' }, of: (line) => [said(line.confirmation), ...line.specimen.map(said)].filter(Boolean).join(' ') },
  { heading: { zh: '核实时间', en: 'confirmed at' }, of: ({ confirmedAt }, at) => at(confirmedAt) },
  { heading: { zh: '核实人', en: 'confirmed by' }, of: ({ confirmedBy }) => confirmedBy ?? '' },
  { heading: { zh: '联系次数', en: 'attempts' }, of: ({ attempts }) => String(attempts) },
  { heading: { zh: '告知', en: 'notified' }, of: ({ notifiedAt }, at) => at(notifiedAt) },
  { heading: { zh: '告知人', en: 'by' }, of: ({ notifiedBy }) => notifiedBy ?? '' },
  { heading: { zh: '方式', en: 'channel' }, of: ({ channel }) => said(channel) },
  { heading: { zh: '接听人', en: 'answered by' }, of: ({ answeredBy }) => said(answeredBy) },
  { heading: { zh: '复述', en: 'read back' }, of: ({ readBack }) => said(readBack) },
  { heading: { zh: '建议与答复', en: 'advice, answer' }, of: ({ note }) => note ?? '' },
  { heading: { zh: '复查', en: 'recheck' }, of: ({ recheckAt }, at) => at(recheckAt) },
  { heading: { zh: '闭环期限', en: 'outcome due' }, of: ({ outcomeDue }, at) => at(outcomeDue) },
  { heading: { zh: '状态', en: 'state' }, of: ({ state }) => said(state) },
  { heading: { zh: '结局', en: 'outcome' }, of: ({ outcome, words }) => [said(outcome), words['diagnosis'], words['hospital'], words['treatment'], words['note']].filter(Boolean).join('; ') },
  { heading: { zh: '闭环', en: 'closed' }, of: ({ closedAt }, at) => at(closedAt) },
  { heading: { zh: '闭环人', en: 'closed by' }, of: ({ closedBy }) => (closedBy === 'results' ? '复查结果' : (closedBy ?? '')) },
]; // prettier-ignore
