import { type AnalyteCatalogue } from '../catalogue.js';

/** What a check of rules depends on besides their own files. */
export interface CheckSurroundings {
  vocabulary: AnalyteCatalogue;
  /** Texts of lexicons, formulas, level plan and overlay. */
  texts: string;
}

/**
 * Remembers which files and packs were checked and found without a fault, by their very texts: after an edit only what it
 * touches is checked again. A check is a pure function of these texts, so that what comes of it is the same.
 */
export class CheckedBefore {
  #around: CheckSurroundings | null = null;
  readonly #sound = new Set<string>();

  /** To be called before a check: in other surroundings nothing counts as checked. */
  within(around: CheckSurroundings): void {
    const isSame = this.#around?.vocabulary === around.vocabulary && this.#around.texts === around.texts;
    if (!isSame) this.#sound.clear();
    this.#around = around;
  }

  isSound(what: string): boolean {
    return this.#sound.has(what);
  }

  /** Everything that is sound now; what was sound in files of before is forgotten. */
  keep(sound: readonly string[]): void {
    this.#sound.clear();
    for (const one of sound) this.#sound.add(one);
  }
}
