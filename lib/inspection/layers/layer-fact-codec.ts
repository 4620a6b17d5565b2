import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { READER_VERSION } from "@/lib/inspection/inspector-version";
import type { LayerFact } from "@/lib/inspection/layers/layer-facts";

/** Above the size of any fact: names of 32 Mi characters as JSON, and 4 MiB of contents in base64. */
const DECODED_BYTES_MAX = 256 * 1024 * 1024;

/** Packs and compresses a fact: a line of JSON, followed by the lines of the directory. */
export async function encodeLayerFact(fact: LayerFact): Promise<Uint8Array<ArrayBuffer>> {
  const lines = fact.kind === "read" ? fact.directory.lines : "";
  const packed = await promisify(gzip)(`${JSON.stringify(headerOf(fact))}\n${lines}`);
  return new Uint8Array(packed);
}

/** Unpacks a fact. Undefined if it is damaged or from another version of the layer reader. */
export async function decodeLayerFact(bytes: Uint8Array): Promise<LayerFact | undefined> {
  try {
    const text = (await promisify(gunzip)(bytes, { maxOutputLength: DECODED_BYTES_MAX })).toString("utf8");
    const end = text.indexOf("\n");
    const header: unknown = JSON.parse(text.slice(0, end));
    return isHeader(header) ? factOf(header, text.slice(end + 1)) : undefined;
  } catch {
    // Ignore the error: the layer can be read again.
    return undefined;
  }
}

type Header = { version: typeof READER_VERSION } & (
  | { kind: "malformed"; reason: string }
  | {
      kind: "read";
      archiveDigest: string;
      entered: readonly string[];
      bodies: [ordinal: number, base64: string][];
    }
);

function headerOf(fact: LayerFact): Header {
  if (fact.kind === "malformed") return { version: READER_VERSION, kind: fact.kind, reason: fact.reason };
  const bodies = Array.from(fact.bodies, ([ordinal, bytes]): [number, string] => [
    ordinal,
    Buffer.from(bytes).toString("base64"),
  ]);
  const { archiveDigest, directory } = fact;
  return { version: READER_VERSION, kind: "read", archiveDigest, entered: directory.entered, bodies };
}

/** Only `headerOf` writes headers, and gzip's checksum covers them, so the version is sufficient proof. */
function isHeader(value: unknown): value is Header {
  return (
    typeof value === "object" && value !== null && "version" in value && value.version === READER_VERSION
  );
}

function factOf(header: Header, lines: string): LayerFact {
  if (header.kind === "malformed") return { kind: "malformed", reason: header.reason };
  const bodies = header.bodies.map(
    ([ordinal, base64]) => [ordinal, new Uint8Array(Buffer.from(base64, "base64"))] as const,
  );
  const { archiveDigest, entered } = header;
  return { kind: "read", archiveDigest, directory: { lines, entered }, bodies: new Map(bodies) };
}
