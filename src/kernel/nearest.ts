/** The word that a typing error most likely meant; null when none is near. */
export function nearest(found: string, words: readonly string[]): string | null {
  let best: string | null = null;
  // A third of the letters may be wrong, never all of them.
  let bestDistance = Math.min(Math.max(1, Math.floor(found.length / 3)) + 1, found.length);
  for (const word of words) {
    const distance = distanceBetween(found.toLowerCase(), word.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** Letters to add, drop, change or swap with the neighbour; `cap` when there are at least so many. */
function distanceBetween(a: string, b: string, cap: number): number {
  if (Math.abs(a.length - b.length) >= cap) return cap;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = previous;
    previous = row;
  }
  return Math.min(previous[b.length] ?? cap, cap);
}
