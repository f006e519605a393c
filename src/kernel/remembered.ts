/**
 * What a pure function made of a text, so that the same text is not worked through twice. Bounded by the characters of
 * the texts together: what was asked for longest ago is forgotten first.
 */
export class Remembered<Value> {
  /** In the order in which they were asked for, the latest last. */
  readonly #values = new Map<string, Value>();
  #characters = 0;

  /** @param most characters; a longer text is not remembered at all */
  constructor(private readonly most: number) {}

  get(text: string): Value | undefined {
    const value = this.#values.get(text);
    if (value === undefined) return undefined;
    this.#values.delete(text);
    this.#values.set(text, value);
    return value;
  }

  keep(text: string, value: Value): void {
    if (text.length > this.most) return;
    if (!this.#values.delete(text)) this.#characters += text.length;
    this.#values.set(text, value);
    for (const [oldest] of this.#values) {
      if (this.#characters <= this.most) return;
      this.#values.delete(oldest);
      this.#characters -= oldest.length;
    }
  }

  /** What `make` gives for the text; of what it throws nothing is remembered. */
  of(text: string, make: () => Value): Value {
    const known = this.get(text);
    if (known !== undefined) return known;
    const made = make();
    this.keep(text, made);
    return made;
  }
}
