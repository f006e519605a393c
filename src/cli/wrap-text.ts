/** East Asian wide and full-width characters take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** What must not begin a line. */
const CLOSING = /[，。；：、！？）”》,.;:!?)\]]/u;

/** Columns that a text takes on a terminal. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) columns += WIDE.test(char) ? 2 : 1;
  return columns;
}

/**
 * Breaks a text into lines of at most `width` columns: between words where there are spaces, anywhere in Chinese, a
 * word that is longer than a line in the middle.
 */
export function wrapText(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of piecesOf(line)) {
    const room = width - columnsOf(current);
    if (columnsOf(piece.trimEnd()) <= room) {
      current += piece;
      continue;
    }
    if (current !== '') lines.push(current.trimEnd());
    current = piece;
    while (columnsOf(current.trimEnd()) > width) {
      const head = fitting(current, width);
      lines.push(head);
      current = current.slice(head.length);
    }
  }
  return [...lines, current.trimEnd()];
}

/** Where a line may break: after each piece. A wide character keeps the closing mark that follows it. */
function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  let word = '';
  for (const char of line) {
    const last = pieces.length - 1;
    if (CLOSING.test(char) && word !== '') word += char;
    else if (CLOSING.test(char) && last >= 0) pieces[last] += char;
    else if (WIDE.test(char)) {
      if (word !== '') pieces.push(word);
      pieces.push(char);
      word = '';
    } else {
      word += char;
      if (char === ' ') {
        pieces.push(word);
        word = '';
      }
    }
  }
  return word === '' ? pieces : [...pieces, word];
}

function fitting(text: string, width: number): string {
  let head = '';
  for (const char of text) {
    if (columnsOf(head + char) > width && head !== '') break;
    head += char;
  }
  return head;
}
