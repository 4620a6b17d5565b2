import type { StoredDocument } from "@/lib/catalog/stored-document";

/** Documents that take a while to make: whoever asks for one meanwhile waits for the same. Keeps none that is made. */
export class SharedMakings {
  private readonly running = new Map<string, Promise<StoredDocument>>();

  run(name: string, make: () => Promise<StoredDocument>): Promise<StoredDocument> {
    const known = this.running.get(name);
    if (known !== undefined) return known;
    const making = make().finally(() => this.running.delete(name));
    this.running.set(name, making);
    return making;
  }
}
