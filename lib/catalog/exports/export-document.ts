import { type StoredDocument, storedJson, storedText } from "@/lib/catalog/stored-document";

/** How many entries and versions of the allow-list the format could not carry. */
const OMITTED = "x-gantry-omitted";

export type Omissions = { omitted: number };

/** `fileName` is what it is called when a browser saves it; absent for what clients read in place. */
export function jsonExport(value: unknown, { omitted }: Omissions, fileName?: string): StoredDocument {
  return storedJson(value, 6, headersOf(omitted, fileName));
}

export function textExport(text: string, { omitted }: Omissions, fileName: string): StoredDocument {
  return storedText("text/plain", text, headersOf(omitted, fileName));
}

function headersOf(omitted: number, fileName: string | undefined): Record<string, string> {
  return {
    [OMITTED]: String(omitted),
    ...(fileName === undefined ? {} : { "content-disposition": `attachment; filename="${fileName}"` }),
  };
}
