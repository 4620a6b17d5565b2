import type { Tx } from "@/lib/platform/db/database";

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
