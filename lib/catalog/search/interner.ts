/** Numbers strings. It is append-only, so structures built on its numbers stay valid while more are added. */
export class Interner {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  /** Returns the number of `text` and adds the text if it is new. */
  number(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const added = this.texts.length;
    this.texts.push(text);
    this.numbers.set(text, added);
    return added;
  }

  find(text: string): number | undefined {
    return this.numbers.get(text);
  }
}
