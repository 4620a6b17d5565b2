/** What was learned about layers, kept until a newer reader learns it again or there is too much of it. */

import type { Repository } from "@/lib/extension/reference/repository";
import { READER_VERSION } from "@/lib/inspection/inspector-version";
import { decodeLayerFact, encodeLayerFact } from "@/lib/inspection/layers/layer-fact-codec";
import type { LayerFacts } from "@/lib/inspection/layers/layer-facts";
import type { Database } from "@/lib/platform/db/database";
import { read } from "@/lib/platform/db/transact";
import type { RegistryClient } from "@/lib/registry/client";

/** A layer with more to know than this is read again each time. */
const ROW_BYTES_MAX = 1024 * 1024;
/** All facts together; the oldest go first. */
const BYTES_TOGETHER_MAX = 512 * 1024 * 1024;

/** Facts learned without credentials are everybody's; those learned with them stay with their repository. */
export function storedLayerFacts(
  db: Database,
  client: Pick<RegistryClient, "isAnonymous">,
  repository: Repository,
): LayerFacts {
  const scope = client.isAnonymous(repository) ? "" : repository;
  return {
    async get(digest) {
      const row = await read(() =>
        db.prisma.layerFact.findUnique({
          where: { scope_digest: { scope, digest } },
          select: { bytes: true },
        }),
      );
      return row === null ? undefined : decodeLayerFact(row.bytes);
    },
    async put(digest, fact) {
      const bytes = await encodeLayerFact(fact);
      if (bytes.length > ROW_BYTES_MAX) return;
      // While two releases run side by side, the older one must not undo what the newer one learned.
      await read(
        () => db.prisma.$executeRaw`
          INSERT INTO "LayerFact" ("scope", "digest", "bytes", "sizeBytes", "readerVersion")
          VALUES (${scope}, ${digest}, ${bytes}, ${bytes.length}, ${READER_VERSION})
          ON CONFLICT ("scope", "digest") DO UPDATE SET
            "bytes" = EXCLUDED."bytes",
            "sizeBytes" = EXCLUDED."sizeBytes",
            "readerVersion" = EXCLUDED."readerVersion"
          WHERE "LayerFact"."readerVersion" <= EXCLUDED."readerVersion"`,
      );
    },
  };
}

/** Forgets the oldest facts beyond `bytesMax` together; returns how many. */
export async function forgetLayerFacts(db: Database, bytesMax = BYTES_TOGETHER_MAX): Promise<number> {
  return read(
    () => db.prisma.$executeRaw`
      DELETE FROM "LayerFact" AS fact
      USING (
        SELECT "scope", "digest", sum("sizeBytes") OVER (ORDER BY "createdAt" DESC, "scope", "digest") AS "together"
        FROM "LayerFact"
      ) AS newer
      WHERE fact."scope" = newer."scope" AND fact."digest" = newer."digest" AND newer."together" > ${bytesMax}`,
  );
}
