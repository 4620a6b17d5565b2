import { bytesOf, type StoredDocument } from "@/lib/catalog/encoding/stored-document";
import { type Numbering, newNumbering } from "@/lib/catalog/listing/listing-values";
import { type CatalogContent, type ContentSource, contentOf } from "@/lib/catalog/views/catalog-content";
import type { PreparedVersion, PreparedVersions } from "@/lib/extension/offer/offerable-version";
import { type LruCache, lruCache } from "@/lib/platform/lru-cache";

/** What consecutive snapshots share, so that nothing is built or stored twice. */
export type SharedEncodings = {
  numbering: Numbering;
  /** Documents of single extensions and versions (LRU). An evicted document is rebuilt byte for byte. */
  documents: LruCache<string, StoredDocument>;
  /** A unique name for a view: the prefix of its documents' names. */
  nextName(): string;
  /** Rebuilt only when something in it has changed. */
  contentOf(source: ContentSource): Promise<CatalogContent>;
  /** The same versions, with equal values deduplicated to shared objects. */
  lean(versions: PreparedVersions): PreparedVersions;
};

const DOCUMENT_BYTES_MAX = 96 * 1024 * 1024;
const ALIKE_MAX = 20_000;

export function newSharedEncodings(): SharedEncodings {
  const alike = new Map<string, unknown>();
  let names = 0;
  let content: CatalogContent | undefined;
  return {
    numbering: newNumbering(),
    documents: lruCache({ maxSize: DOCUMENT_BYTES_MAX, sizeOf: bytesOf }),
    nextName() {
      names += 1;
      return String(names);
    },
    async contentOf(source) {
      content = await contentOf(source, content);
      return content;
    },
    lean: ({ newestFirst }) => ({ newestFirst: newestFirst.map((version) => leanVersion(version, alike)) }),
  };
}

function leanVersion(version: PreparedVersion, alike: Map<string, unknown>): PreparedVersion {
  const { platforms, requirement, hostBinaries } = version;
  const semver = shared(alike, `version ${version.version.text}`, version.version);
  return {
    tag: version.tag === semver.text ? semver.text : version.tag,
    version: semver,
    digest: version.digest,
    platforms: shared(alike, `platforms ${[...platforms].join(" ")}`, platforms),
    requirement: shared(alike, `requirement ${requirement.raw}`, requirement),
    hostBinaries: shared(alike, `binaries ${JSON.stringify(hostBinaries)}`, hostBinaries),
  };
}

/** Values with the same key are equal and immutable. */
function shared<Value>(alike: Map<string, unknown>, key: string, value: Value): Value {
  const known = alike.get(key);
  if (known !== undefined) return known as Value;
  if (alike.size >= ALIKE_MAX) alike.clear();
  alike.set(key, value);
  return value;
}
