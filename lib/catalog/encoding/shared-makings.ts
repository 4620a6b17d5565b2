import type { StoredDocument } from "@/lib/catalog/encoding/stored-document";
import { bytesOf } from "@/lib/catalog/views/workshop";
import { BoundedCache } from "@/lib/platform/bounded-cache";

/** Documents that take a while to make: single-flight by name, and kept once made, up to a number of bytes. */
export class SharedMakings {
  private readonly running = new Map<string, Promise<StoredDocument>>();
  private readonly made: BoundedCache<StoredDocument>;

  constructor(bytesMax: number) {
    this.made = new BoundedCache(bytesMax, bytesOf);
  }

  /** `name` is canonical: questions with the same answer have the same name. */
  run(name: string, make: () => Promise<StoredDocument>): Promise<StoredDocument> {
    const before = this.made.get(name);
    if (before !== undefined) return Promise.resolve(before);
    const known = this.running.get(name);
    if (known !== undefined) return known;
    const making = make()
      .then((document) => {
        this.made.set(name, document);
        return document;
      })
      .finally(() => this.running.delete(name));
    this.running.set(name, making);
    return making;
  }
}
