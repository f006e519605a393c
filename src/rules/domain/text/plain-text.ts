/** Traditional characters of report language with their simplified form, in pairs. */
const PAIRS =
  '惡恶腫肿佔占見见徵征轉转癥症慮虑診诊斷断請请議议結结節节現现發发細细無无與与後后術术復复複复級级變变異异區区' +
  '質质邊边組组織织該该須须進进檢检陰阴陽阳顯显擬拟傾倾懷怀確确鑑鉴鑒鉴別别難难證证據据為为類类門门還还個个們们' +
  '當当應应長长過过動动場场膽胆腎肾臟脏腦脑頭头頸颈縱纵膚肤顱颅氣气淺浅實实約约顆颗點点線线較较觀观狀状' +
  '態态層层體体鱗鳞狀状樣样團团塊块內内訪访隨随專专驗验讀读報报臨临經经療疗癒愈擴扩瀰弥廣广雙双側侧條条縮缩飽饱' +
  '盡尽從从來来會会對对開开關关間间時时將将減减濃浓釋释並并於于疊叠幾几屬属極极標标誌志準准' +
  '係系繫系維维纖纤網网膠胶韌韧帶带軟软質质損损傷伤壓压導导脈脉環环靜静聲声強强彌弥濾滤攝摄護护啟启暫暂腸肠鈣钙遠远況况總总穩稳亞亚嚴严';

const SIMPLIFIED = new Map<string, string>();
for (let at = 0; at < PAIRS.length; at += 2) SIMPLIFIED.set(PAIRS.charAt(at), PAIRS.charAt(at + 1));
const TRADITIONAL = new RegExp(`[${[...SIMPLIFIED.keys()].join('')}]`, 'g');

/**
 * One spelling of a text: half-width letters, digits and marks, simplified characters, no invisible characters,
 * no markup, and no spaces beside Chinese characters (line ends stay, they end a sentence).
 */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/<\/?[a-z][^<>]*>/gi, '\n')
    .replace(/&nbsp;/gi, ' ')
    .replace(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(TRADITIONAL, (character) => SIMPLIFIED.get(character) ?? character)
    .replace(/[ \t\u3000]+/g, ' ')
    .replace(/(?<=[\u3400-\u9FFF]) | (?=[\u3400-\u9FFF])/g, '');
}

/** A full stop inside a number ends nothing. */
const SENTENCE_END = /[。;!\n]|\.(?!\d)/;
/** Where negation ends: a comma, or a word that turns the thought. */
const CLAUSE_END = /,|(?=但|然而|不过|可是|另[外见]|\bbut\b|\bhowever\b|\balthough\b|\bthough\b)/i;

/** The clauses of all sentences, in order; empty ones are left out. */
export function clauses(plain: string): string[] {
  return plain
    .split(SENTENCE_END)
    .flatMap((sentence) => sentence.split(CLAUSE_END))
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}
