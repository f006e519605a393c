/**
 * Signs at which the first letter changes in the order of pinyin that ICU knows (CLDR, collation `zh-u-co-pinyin`): each is the
 * first of its letter. No syllable begins with i, u or v.
 */
const FIRST_OF_LETTER = '阿芭嚓哒妸发噶哈讥咔垃妈拏噢妑七呥撒它穵夕丫帀';
const LETTERS = 'abcdefghjklmnopqrstwxyz';
const PINYIN = new Intl.Collator('zh-u-co-pinyin');
const HAN = /\p{Script=Han}/u;

/** Surnames that are read otherwise than the same sign elsewhere, by their first letters (姓氏异读). */
const SURNAMES: Readonly<Record<string, string>> = {
  单: 's',
  曾: 'z',
  仇: 'q',
  解: 'x',
  查: 'z',
  区: 'o',
  乐: 'y',
  翟: 'z',
  覃: 'q',
  盖: 'g',
  朴: 'p',
  缪: 'm',
  冼: 'x',
  谌: 'c',
  员: 'y',
  种: 'c',
  繁: 'p',
  秘: 'b',
  召: 's',
  尉迟: 'yc',
  万俟: 'mq',
  长孙: 'zs',
  单于: 'cy',
  澹台: 'tt',
};
const LONGEST_SURNAME = 2;
const LONGEST = 31;

const known = new Map<string, string>();

/**
 * First letters of a name, as people type them to find somebody: `李建国` is `ljg`, `John Smith` is `js`. Where the surname is
 * read in its own way both readings stand, the surname's first: `单雄信` is `sxx dxx`.
 */
export function nameInitials(name: string | null): string {
  if (name === null) return '';
  const text = name.normalize('NFKC').toLowerCase();
  const plain = lettersOf(text);
  for (let length = LONGEST_SURNAME; length > 0; length--) {
    const signs = [...text];
    const read = SURNAMES[signs.slice(0, length).join('')];
    if (read === undefined) continue;
    const own = read + lettersOf(signs.slice(length).join(''));
    return own.slice(0, LONGEST) === plain.slice(0, LONGEST)
      ? plain.slice(0, LONGEST)
      : `${own.slice(0, LONGEST)} ${plain.slice(0, LONGEST)}`;
  }
  return plain.slice(0, LONGEST);
}

function lettersOf(text: string): string {
  let letters = '';
  let isInWord = false;
  for (const sign of text) {
    if (HAN.test(sign)) letters += letterOf(sign);
    else if (!isInWord && /\p{Script=Latin}/u.test(sign)) letters += sign.normalize('NFD')[0]!;
    isInWord = /[\p{Script=Latin}\p{M}'’]/u.test(sign);
  }
  return letters.replace(/[^a-z]/g, '');
}

function letterOf(sign: string): string {
  const before = known.get(sign);
  if (before !== undefined) return before;
  let letter = '';
  let i = 0;
  for (const first of FIRST_OF_LETTER) {
    if (PINYIN.compare(first, sign) > 0) break;
    letter = LETTERS[i++]!;
  }
  known.set(sign, letter);
  return letter;
}
