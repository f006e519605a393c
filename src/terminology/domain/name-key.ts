/** Marks that reports put before a name: certified, starred, numbered. */
const LEADING_MARKS = /^[*★☆▲△#※◆●]+|^\d{1,2}[.、)]\s*/g;
const PUNCTUATION = /[\s\-–—_·.,;:、，。：；*'"“”~～/\\|]+/g;
const SPECIMEN = /^(血清|血浆|血漿|静脉血(?!糖)|静脉|serum|plasma)/;
const METHOD = /(测定|測定|检测|檢測|检查|定量|定性|水平|浓度|濃度|含量)$/;

/** The form in which names are compared: width, case, spaces and punctuation don't count. */
export function nameKey(name: string): string {
  return fold(name)
    .replace(/[()[\]【】〔〕{}<>《》]/g, '')
    .replace(PUNCTUATION, '');
}

/** Names are short; what is longer is no name, and not worth the time. */
const MAX_LENGTH = 200;

function fold(name: string): string {
  return name
    .slice(0, MAX_LENGTH)
    .normalize('NFKC')
    .replace(/\u200b/g, '')
    .toLowerCase()
    .replace(/α|ａ/g, 'a')
    .replace(/β/g, 'b')
    .replace(/γ/g, 'g')
    .replace(LEADING_MARKS, '')
    .trim();
}

/**
 * The keys to look a local name up by, surest first: the whole name, the name without what stands in brackets
 * (白细胞计数(WBC)), and the bracket alone when nothing stands outside. Then the same without the specimen before it
 * (血清肌酐) and the word for measuring after it (肌酐测定).
 */
export function nameKeys(name: string): string[] {
  const folded = fold(name);
  const outside = folded.replace(/[([【〔{][^)\]】〕}]*[)\]】〕}]/g, '');
  const keys = [nameKey(name)];
  if (outside !== folded) keys.push(nameKey(outside) === '' ? nameKey(folded) : nameKey(outside));
  for (const key of [...keys]) {
    const bare = key.replace(SPECIMEN, '').replace(METHOD, '');
    if (bare !== key) keys.push(bare);
  }
  return [...new Set(keys)].filter((key) => key !== '');
}
