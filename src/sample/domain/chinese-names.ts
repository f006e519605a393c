import { type Random } from './random.js';

export type Sex = 'male' | 'female';

export interface ChineseName {
  text: string;
  family: string;
  given: string;
}

/** The commonest surnames with their rough share in percent of the population (order as in the public name reports). */
const SURNAMES: readonly (readonly [string, number])[] = [
  ...shares(
    '王7.2李7.0张6.6刘5.2陈4.5杨3.1黄2.2赵2.2吴2.0周1.9徐1.5孙1.4马1.3朱1.2胡1.2郭1.1何1.1林1.1高1.0罗0.9',
  ),
  ...shares(
    '郑0.9梁0.8谢0.8宋0.7唐0.7许0.7邓0.6冯0.6韩0.6曹0.6曾0.6彭0.6肖0.5蔡0.5潘0.5田0.5董0.5袁0.5于0.5余0.5',
  ),
  ...shares(
    '叶0.5蒋0.5杜0.5苏0.4魏0.4程0.4吕0.4丁0.4沈0.4任0.4姚0.4卢0.4傅0.4钟0.4姜0.4崔0.4谭0.4廖0.3范0.3汪0.3',
  ),
  ...shares(
    '陆0.3金0.3石0.3戴0.3贾0.3韦0.3夏0.3邱0.3方0.3侯0.3邹0.3熊0.3孟0.3秦0.3白0.3江0.3阎0.3薛0.3尹0.3段0.3',
  ),
];

const COMPOUND_SURNAMES = ['欧阳', '上官', '司马', '诸葛', '皇甫', '尉迟', '令狐', '慕容', '司徒', '东方'];

/** Given names by the time of birth: before 1970, 1970–1989, from 1990. */
const GIVEN: Record<Sex, readonly (readonly string[])[]> = {
  male: [
    words(
      '建国 国强 志强 建军 永福 德明 金生 树林 文革 卫东 国庆 长江 大勇 福生 援朝 玉山 宝珍 振华 新民 广义',
    ),
    words('伟 强 磊 军 勇 涛 超 鹏 志刚 海波 晓东 建华 文斌 俊杰 立新 明 刚 斌 峰 春雷 少华 永辉'),
    words('浩然 子轩 宇航 俊熙 博文 天佑 一鸣 嘉豪 泽宇 思远 家乐 文昊 睿 晨 梓豪 昊天 皓宇 承恩'),
  ],
  female: [
    words('秀英 桂兰 玉兰 淑珍 凤英 桂芳 玉珍 秀兰 素芬 月娥 淑华 翠花 惠芳 爱华 美玲 春梅 桂荣 秀珍'),
    words('丽 芳 娜 敏 静 艳 娟 霞 燕 玲 婷 丹 晓燕 海燕 红梅 丽娟 雪梅 春燕 志红 慧敏 亚男 小红'),
    words('欣怡 梓涵 诗涵 雨桐 佳琪 思颖 梦洁 雅婷 可馨 语嫣 若曦 晓彤 子墨 一诺 婉清 芷若 悦 琳'),
  ],
};

/** Uyghur names as they are written in Chinese papers: own name · father's name. */
const MINORITY_OWN: Record<Sex, readonly string[]> = {
  male: words('艾合买提 买买提 阿不都热合曼 吐尔逊 艾尼瓦尔 玉素甫 库尔班'),
  female: words('阿依古丽 古丽娜尔 迪丽努尔 帕提古丽 热依汗 阿依努尔 米热古丽'),
};
const MINORITY_FATHER = words('艾力 买买提 吐尔逊 阿不都拉 卡德尔 依明 热合曼 赛买提');

/** A name such as people of that sex and year of birth bear; about one in a hundred compound, one in a hundred with ·. */
export function chineseName(random: Random, sex: Sex, birthYear: number): ChineseName {
  const kind = random.next();
  if (kind < 0.012) {
    const given = random.pick(MINORITY_OWN[sex]);
    const family = random.pick(MINORITY_FATHER);
    return { text: `${given}·${family}`, family, given };
  }
  const family = kind < 0.024 ? random.pick(COMPOUND_SURNAMES) : random.weighted(SURNAMES);
  const cohort = birthYear < 1970 ? 0 : birthYear < 1990 ? 1 : 2;
  const given = random.pick(GIVEN[sex][cohort] ?? []);
  return { text: family + given, family, given };
}

function words(list: string): string[] {
  return list.split(' ');
}

function shares(list: string): (readonly [string, number])[] {
  return [...list.matchAll(/(\p{Script=Han})(\d\.\d)/gu)].map(
    (hit) => [hit[1] ?? '', Number(hit[2])] as const,
  );
}
