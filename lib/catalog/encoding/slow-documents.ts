import { bytesOf, type StoredDocument } from "@/lib/catalog/encoding/stored-document";
import { type LruCache, lruCache } from "@/lib/platform/lru-cache";
import { SingleFlight } from "@/lib/platform/single-flight";

/** Documents that are slow to build: single-flight by name, with an LRU cache bounded by bytes. */
export class SlowDocuments {
  private readonly flights = new SingleFlight<string, StoredDocument>();
  private readonly made: LruCache<string, StoredDocument>;

  constructor(bytesMax: number) {
    this.made = lruCache({ maxSize: bytesMax, sizeOf: bytesOf });
  }

  /** `name` is canonical: requests with the same result share one name. */
  async run(name: string, make: () => Promise<StoredDocument>): Promise<StoredDocument> {
    return this.made.get(name) ?? this.flights.run(name, () => this.makeAndKeep(name, make));
  }

  private async makeAndKeep(name: string, make: () => Promise<StoredDocument>): Promise<StoredDocument> {
    const document = await make();
    this.made.set(name, document);
    return document;
  }
}
