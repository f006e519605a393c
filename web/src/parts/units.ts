const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Units as people write them: `10*9/L` is `×10⁹/L`, `umol/L` is `μmol/L`. */
export function unitsInWords(text: string): string {
  return text
    .replace(
      /\b10[*^](\d+)/g,
      (_, digits: string) => `×10${[...digits].map((digit) => RAISED[Number(digit)]).join('')}`,
    )
    .replace(/\bu(?=(?:mol|g|L|U|IU)\b)/g, 'μ')
    .replace(/\{[^}]*\}/g, '');
}
