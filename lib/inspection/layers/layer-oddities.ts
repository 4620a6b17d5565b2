import type { Oddity } from "@/lib/archive/oddity";

/** The oddities of one layer by path. The first one noted for a path counts. */
export class LayerOddities {
  readonly #byPath = new Map<string, Oddity>();

  note(path: string, oddity: Oddity): void {
    if (!this.#byPath.has(path)) this.#byPath.set(path, oddity);
  }

  at(path: string): Oddity | undefined {
    return this.#byPath.get(path);
  }

  paths(): Iterable<string> {
    return this.#byPath.keys();
  }
}
