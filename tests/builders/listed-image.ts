/** Indexes as no tool writes them. */

import type { BuiltImage } from "@/scripts/demo/image/image";
import { descriptorOf, jsonPiece, MEDIA_TYPES, type Piece, piece } from "@/scripts/demo/image/piece";

/** A manifest, or an index, with all that it needs. */
export type Listed = Piece & { manifests?: Piece[]; blobs: Piece[] };

/** What an index says of one of them; `{}` where nothing but type, digest and size. */
export type ListedEntry = { target: Listed; says: Record<string, unknown> };

export function listed(target: Listed, says: Record<string, unknown> = {}): ListedEntry {
  return { target, says };
}

export function indexOver(...entries: ListedEntry[]): BuiltImage & Listed {
  const mediaType = MEDIA_TYPES.oci.index;
  const root = jsonPiece(mediaType, {
    schemaVersion: 2,
    mediaType,
    manifests: entries.map(({ target, says }) => descriptorOf(target, says)),
  });
  const targets = entries.map(({ target }) => target);
  const manifests = targets.flatMap((target) => [target, ...(target.manifests ?? [])]);
  return { ...root, root, manifests, blobs: targets.flatMap(({ blobs }) => blobs) };
}

/** The same piece with other bytes, under the digest of these. */
export function rewritten(target: Listed, change: (text: string) => string | Uint8Array): Listed {
  const bytes = Buffer.from(change(target.bytes.toString("utf8")));
  return { ...target, ...piece(target.mediaType, bytes) };
}
