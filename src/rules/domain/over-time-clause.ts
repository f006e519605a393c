import { type AnalyteCatalogue, type Bilingual } from './catalogue.js';
import { comparison, type Compared, type Language, nameOf, valueOf } from './leaf-in-words.js';
import { type OverEvidence } from './over.js';
import { type LeafEvidence, type LookedAt } from './rule.js';

/** What the clauses are put together from. */
interface Said {
  leaf: LeafEvidence;
  over: OverEvidence;
  name: string;
  language: Language;
  value: (of: LookedAt) => string;
}

/** A condition over time in words: `血红蛋白 80 g/L，30天前为120 g/L，下降 40，达到或超过 20`. */
export function overTimeClause(
  leaf: LeafEvidence,
  over: OverEvidence,
  catalogue: AnalyteCatalogue,
  language: Language,
): string {
  const said: Said = {
    leaf,
    over,
    language,
    name: nameOf(leaf, catalogue, language),
    value: (of) => valueOf({ ...of, operator: leaf.operator }, catalogue, language, [leaf.threshold]),
  };
  switch (over.kind) {
    case 'latest':
      return latest(said);
    case 'previous':
      return previous(said);
    case 'change':
    case 'rise':
    case 'fall':
    case 'rate':
      return moved(said);
    case 'count':
      return counted(said);
    case 'confirmed':
      return confirmed(said);
    case 'ever-before':
      return everBefore(said);
  }
}

/** As a plain condition; when it is not of the same instant, how long before. */
function latest({ leaf, over, name, language, value }: Said): string {
  const [found] = ofAnalyte(leaf);
  if (!found) return `${name} ${comparison(leaf, language)}`;
  const isNow = found.source.at === over.from;
  const when = isNow ? '' : { zh: `（${ago(over, found, 'zh')}）`, en: ` (${ago(over, found, 'en')})` }[language];
  const colon = language === 'zh' ? '：' : ': ';
  if (leaf.operator === 'cannotExclude') return `${name}${when}${colon}${value(found)}`;
  return `${name} ${value(found)}${when}${language === 'zh' ? '，' : ', '}${comparison(leaf, language)}`;
}

function previous({ leaf, over, name, language, value }: Said): string {
  const [last] = ofAnalyte(leaf);
  const compared = comparison(leaf, language);
  if (!last) return `${name} ${compared}`;
  const when = ago(over, last, language);
  return language === 'zh'
    ? `${name}上次为${value(last)}（${when}），${compared}`
    : `${name} last time ${value(last)} (${when}), ${compared}`;
}

function moved({ leaf, over, name, language, value }: Said): string {
  const [now, ...earlier] = ofAnalyte(leaf);
  const isExtreme = over.kind === 'rise' || over.kind === 'fall';
  const then = isExtreme ? extreme(over.kind === 'rise' ? 1 : -1, earlier) : earlier[0];
  const zh = language === 'zh';
  const compared = comparison({ ...leaf, threshold: withUnit(leaf, over) }, language);
  const parts = [`${name} ${now ? value(now) : ''}`.trim()];
  if (then) {
    const when = ago(over, then, language);
    const lowest = over.kind === 'rise' ? { zh: '最低', en: 'lowest' } : { zh: '最高', en: 'highest' };
    if (isExtreme) {
      const span = windowInWords(over.within ?? '', language);
      parts.push(zh ? `${span}内${lowest.zh}为${value(then)}（${when}）` : `${lowest.en} within ${span} ${value(then)} (${when})`);
    } else parts.push(zh ? `${when}为${value(then)}` : `${value(then)} ${when}`);
  }
  parts.push(movement(leaf, over, language), compared);
  return parts.join(zh ? '，' : ', ');
}

/** `下降 40`, `上升 33.3%`, `平均每天上升 1.5`; a change that is not one number is given as it is. */
function movement({ converted }: LeafEvidence, over: OverEvidence, language: Language): string {
  const text = converted ?? '?';
  const percent = over.relative ? '%' : '';
  const number = /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
  const per = over.kind === 'rate' ? PER[over.per ?? ''] : undefined;
  if (Number.isNaN(number)) return { zh: `变化 ${text}${percent}`, en: `a change of ${text}${percent}` }[language];
  const isDown = over.kind === 'fall' ? number > 0 : number < 0;
  const size = `${text.replace('-', '')}${percent}`;
  const zh = `${per ? `平均每${per.zh}` : ''}${isDown ? '下降' : '上升'} ${size}`;
  return { zh, en: `${isDown ? 'down' : 'up'} ${size}${per ? ` per ${per.en}` : ''}` }[language];
}

/** The limit of a change with its unit where that is not the analyte's own: percent, or a rate. */
function withUnit({ threshold, unit }: Compared, over: OverEvidence): string {
  if (over.relative) return `${threshold}%`;
  return over.kind === 'rate' ? `${threshold} ${unit ?? ''}` : threshold;
}

function counted({ leaf, over, name, language }: Said): string {
  const when = over.when;
  const asked = when ? { operator: when.operator, threshold: when.written, unit: when.unit, negated: false } : null;
  const held = asked ? comparison(asked, language) : '';
  const compared = comparison(leaf, language);
  return language === 'zh'
    ? `${name}最近${over.visits}次中有${leaf.converted}次${held}，${compared}次`
    : `${name} ${held} on ${leaf.converted} of the last ${over.visits} visits, ${compared}`;
}

function confirmed({ leaf, over, name, language, value }: Said): string {
  const [now, ...earlier] = ofAnalyte(leaf);
  const before = earlier.find(({ truth }) => truth === 'fires') ?? earlier[0];
  if (!now || !before) return `${name} ${comparison(leaf, language)}`;
  const compared = comparison({ ...leaf, negated: false }, language);
  const when = ago(over, before, language);
  const zh = `${name} ${value(now)}，${when}为${value(before)}，${leaf.negated ? '并非两次均' : '两次均'}${compared}`;
  const both = leaf.negated ? 'not both' : 'both';
  return { zh, en: `${name} ${value(now)}, ${value(before)} ${when}, ${both} ${compared}` }[language];
}

function everBefore({ leaf, over, name, language, value }: Said): string {
  const compared = comparison({ ...leaf, negated: false }, language);
  if (leaf.negated) {
    const gap = /[\d%]$/.test(compared) ? ' ' : '';
    return { zh: `首次：此前无${name}${compared}${gap}的记录`, en: `first time: no ${name} ${compared} on record before` }[language];
  }
  const held = ofAnalyte(leaf).find(({ truth }) => truth === 'fires') ?? ofAnalyte(leaf)[0];
  if (!held) return `${name} ${compared}`;
  const when = ago(over, held, language);
  return { zh: `${name}${when}曾为${value(held)}，${compared}`, en: `${name} was ${value(held)} ${when}, ${compared}` }[language];
}

/** What the condition itself looked at; what a derived value was computed from is left to the evidence. */
function ofAnalyte({ analyte, looked = [] }: LeafEvidence): LookedAt[] {
  return looked.filter((one) => analyte === null || one.analyte === analyte);
}

/** Of the earlier values the lowest (1) or highest (-1), as far as they are numbers. */
function extreme(sign: 1 | -1, earlier: readonly LookedAt[]): LookedAt | undefined {
  const size = ({ converted }: LookedAt) => sign * Number.parseFloat((converted ?? '').replace(/^[<>≤≥]/, ''));
  return earlier.reduce<LookedAt | undefined>((best, next) => (best && !(size(next) < size(best)) ? best : next), undefined);
}

const HOUR_MS = 3_600_000;
const PER: Record<string, Bilingual> = {
  s: { zh: '秒', en: 'second' },
  min: { zh: '分钟', en: 'minute' },
  h: { zh: '小时', en: 'hour' },
  d: { zh: '天', en: 'day' },
  wk: { zh: '周', en: 'week' },
  mo: { zh: '月', en: 'month' },
  a: { zh: '年', en: 'year' },
};

/** `90 d` → `90天`, `90 days`. */
export function windowInWords(written: string, language: Language): string {
  const [amount = '', unit = ''] = written.split(' ');
  const word = PER[unit];
  if (!word) return written;
  if (language === 'en') return `${amount} ${word.en}${amount === '1' ? '' : 's'}`;
  return `${amount}${unit === 'mo' ? '个月' : word.zh}`;
}

/** How long before the judged result: `30天前`; below two days in hours, `36小时前`. */
function ago({ from }: OverEvidence, { source }: LookedAt, language: Language): string {
  const ms = Date.parse(from) - Date.parse(source.at);
  const hours = ms / HOUR_MS;
  const amount = hours >= 48 ? `${Math.round(hours / 24)} d` : hours >= 1 ? `${Math.round(hours)} h` : `${Math.round(hours * 60)} min`;
  const text = windowInWords(amount, language);
  return language === 'zh' ? `${text}前` : `${text} ago`;
}
