import { type StoredDocument, storedJson, storedPieces } from "@/lib/catalog/encoding/stored-document";

/** Header with the number of allow-list entries and versions that the format could not represent. */
const OMITTED = "x-gantry-omitted";

export type Omissions = { omitted: number };

export type LongText = Omissions & { pieces: readonly string[] };

/** `fileName` is the name for browser downloads; absent for exports that clients read in place. */
export function jsonExport(value: unknown, { omitted }: Omissions, fileName?: string): StoredDocument {
  return storedJson(value, 6, headersOf(omitted, fileName));
}

/** The same for a long text in pieces. */
export function longExport(
  contentType: "application/json" | "text/plain",
  { pieces, omitted }: LongText,
  fileName?: string,
): Promise<StoredDocument> {
  return storedPieces(contentType, pieces, headersOf(omitted, fileName));
}

function headersOf(omitted: number, fileName: string | undefined): Record<string, string> {
  return {
    [OMITTED]: String(omitted),
    ...(fileName === undefined ? {} : { "content-disposition": `attachment; filename="${fileName}"` }),
  };
}
