import type { Database, Tx } from "@/lib/platform/db/database";
import { read } from "@/lib/platform/db/transact";

export type MediaFile = { sha256: string; contentType: string; bytes: Uint8Array };

export async function storeMedia(tx: Tx, media: readonly MediaFile[]): Promise<void> {
  if (media.length === 0) return;
  const data = media.map(({ sha256, contentType, bytes }) => ({
    sha256,
    contentType,
    bytes: Uint8Array.from(bytes),
  }));
  await tx.media.createMany({ data, skipDuplicates: true });
}

export type Media = { contentType: string; bytes: Uint8Array };

/** A picture by its hash; undefined when there is none. */
export async function readMedia(db: Database, sha256: string): Promise<Media | undefined> {
  const row = await read(() =>
    db.prisma.media.findUnique({ where: { sha256 }, select: { contentType: true, bytes: true } }),
  );
  return row ?? undefined;
}
