import type { FindingList } from "@/lib/extension/findings/finding-list";
import { type JsonObject, type JsonValue, readJsonText } from "@/lib/extension/json/json-text";

const METADATA_LIMITS = { bytes: 1024 * 1024, depth: 64 } as const;

const BYTE_ORDER_MARK = "\ufeff";

/** The file as text, exactly as found; empty when it is too large. Problems become findings. */
export function decodeMetadata(bytes: Uint8Array, findings: FindingList): { text: string; usable: boolean } {
  if (bytes.byteLength > METADATA_LIMITS.bytes) {
    findings.add("metadata_too_large", { limitBytes: METADATA_LIMITS.bytes });
    return { text: "", usable: false };
  }
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    findings.add("metadata_encoding", { found: wide.name });
    return { text: new TextDecoder(wide.label).decode(bytes), usable: false };
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (!isUtf8(bytes)) {
    findings.add("metadata_encoding", { found: "bytes that are no UTF-8" });
    return { text, usable: false };
  }
  if (text.startsWith(BYTE_ORDER_MARK)) findings.add("metadata_bom");
  return { text, usable: true };
}

/** The object in the text, or undefined with a finding. */
export function parseMetadataText(text: string, findings: FindingList): JsonObject | undefined {
  const reading = readJsonText(
    text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text,
    METADATA_LIMITS.depth,
  );
  if (!reading.ok) {
    const { line, column, why } = reading;
    if (reading.problem === "depth")
      findings.add("metadata_too_deep", { limit: METADATA_LIMITS.depth, line, column });
    else findings.add("metadata_invalid", { line, column, why });
    return undefined;
  }
  for (const at of reading.duplicateKeys) findings.add("metadata_duplicate_key", { at });
  if (reading.value instanceof Map) return reading.value;
  findings.add("metadata_not_an_object", { found: describeJson(reading.value) });
  return undefined;
}

/** The kind of a JSON value, for sentences: `a number`, `an empty list`. */
export function describeJson(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "string") return value.trim() === "" ? "an empty text" : "text";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Detects UTF-16 by its byte order mark, or by the zero byte of the first ASCII character. */
function wideEncoding([first, second]: Uint8Array): { name: string; label: string } | undefined {
  if ((first === 0xff && second === 0xfe) || (first !== undefined && first !== 0 && second === 0)) {
    return { name: "UTF-16, little-endian", label: "utf-16le" };
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== undefined && second !== 0)) {
    return { name: "UTF-16, big-endian", label: "utf-16be" };
  }
  return undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
