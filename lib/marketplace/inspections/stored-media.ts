import type { Database } from "@/lib/platform/db/database";
import { read } from "@/lib/platform/db/transact";

export type Media = { contentType: string; bytes: Uint8Array };

/** A picture by its hash; undefined when there is none. */
export async function readMedia(db: Database, sha256: string): Promise<Media | undefined> {
  const row = await read(() =>
    db.prisma.media.findUnique({ where: { sha256 }, select: { contentType: true, bytes: true } }),
  );
  return row ?? undefined;
}
