import { type StoredDocument, storedJson, storedPieces } from "@/lib/catalog/encoding/stored-document";

/** How many entries and versions of the allow-list the format could not carry. */
const OMITTED = "x-gantry-omitted";

export type Omissions = { omitted: number };

export type LongText = Omissions & { pieces: readonly string[] };

/** `fileName` is what it is called when a browser saves it; absent for what clients read in place. */
export function jsonExport(value: unknown, { omitted }: Omissions, fileName?: string): StoredDocument {
  return storedJson(value, 6, headersOf(omitted, fileName));
}

/** The same of a text that was made in pieces, because of its length. */
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
