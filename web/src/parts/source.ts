/** Marks by which whoever writes rules finds the place in their notes; nobody else has those. */
const MARKS = [
  / *[[(（](?:[A-Z]\d+[a-z]?[ ,]*)+[\])）]/g,
  / *[(（][^()（）]*(?:domain notes|\b\d\d §|found-2nd)[^()（）]*[)）]/g,
  / *[（(]V\d+ 之外，([^()（）]*)[)）]/g,
  / *\b\d\d (?:§[\d.]+[ 、]*)+/g,
  /[；;，]? *\b0\d (?:生活方式|的待决问题)/g,
  / *\b(?:domain notes|proposal|recalled|found)\b/g,
];

/** A source as people read it: what it is called, without the marks of the notes that the rules were written from. */
export function sourceInWords(source: string): string {
  const bare = MARKS.reduce((text, mark) => text.replace(mark, ''), source);
  return bare.replace(/([；;、，,]) *(?=[；;、，,]|$)/g, '').trim();
}
