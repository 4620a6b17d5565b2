/** Numbers for texts. It only grows, so what was built on its numbers stays right while more are added. */
export class Interner {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  /** The number of `text`, new or not. */
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
