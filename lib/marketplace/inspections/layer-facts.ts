/** Cache of facts about layers in the database: replaced by newer readers, evicted oldest first beyond a total size. */

import type { Repository } from "@/lib/extension/reference/repository";
import { READER_VERSION } from "@/lib/inspection/inspector-version";
import { decodeLayerFact, encodeLayerFact } from "@/lib/inspection/layers/layer-fact-codec";
import type { LayerFacts } from "@/lib/inspection/layers/layer-facts";
import type { Database } from "@/lib/platform/db/database";
import { read } from "@/lib/platform/db/transact";
import type { RegistryClient } from "@/lib/registry/client";

/** Larger facts are not stored, so their layer is read again each time. */
const ROW_BYTES_MAX = 1024 * 1024;
/** Total size; the oldest facts are evicted first. */
const BYTES_TOGETHER_MAX = 512 * 1024 * 1024;

/**
 * Facts from anonymous requests are shared; facts from requests with credentials stay with their repository. Not with
 * the credentials: the image of one repository could name a private layer of another one that they can read.
 */
export function storedLayerFacts(
  db: Database,
  client: Pick<RegistryClient, "isAnonymous">,
  repository: Repository,
): LayerFacts {
  const scope = client.isAnonymous(repository) ? "" : repository;
  return {
    async get(digest) {
      const row = await read(() =>
        db.prisma.layerFact.findFirst({
          where: { digest, scope: { in: ["", scope] } },
          orderBy: { scope: "asc" },
          select: { bytes: true },
        }),
      );
      return row === null ? undefined : decodeLayerFact(row.bytes);
    },
    async put(digest, fact) {
      const bytes = await encodeLayerFact(fact);
      if (bytes.length > ROW_BYTES_MAX) return;
      // While two releases run side by side, the older one must not overwrite the newer one's facts.
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

/** Deletes the oldest facts beyond a total of `bytesMax`; returns how many. */
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
