import type { Answer, Call } from "@/scripts/demo/registry/answer";
import { requireDigest } from "@/scripts/demo/registry/content";
import { RegistryError } from "@/scripts/demo/registry/errors";

/** distribution-spec, "Pulling blobs" and "Deleting Blobs"; one byte range per request (RFC 9110, section 14). */
export function answerBlob({ method, store, name, rest, request }: Call): Answer {
  const digest = requireDigest(rest);
  switch (method) {
    case "GET":
    case "HEAD": {
      const bytes = store.blob(name, digest);
      if (bytes === undefined) throw unknown();
      return pull(bytes, digest, request.headers.range);
    }
    case "DELETE":
      if (!store.deleteBlob(name, digest)) throw unknown();
      return { status: 202 };
    default:
      throw new RegistryError("UNSUPPORTED", `blobs have no ${method}`);
  }
}

function pull(bytes: Buffer, digest: string, range: string | undefined): Answer {
  const headers = {
    "content-type": "application/octet-stream",
    "docker-content-digest": digest,
    "accept-ranges": "bytes",
    etag: `"${digest}"`,
  };
  const wanted = readRange(range, bytes.length);
  if (wanted === undefined) return { status: 200, headers, body: bytes };
  if (wanted.end < wanted.start) {
    return { status: 416, headers: { ...headers, "content-range": `bytes */${bytes.length}` } };
  }
  const contentRange = `bytes ${wanted.start}-${wanted.end}/${bytes.length}`;
  const body = bytes.subarray(wanted.start, wanted.end + 1);
  return { status: 206, headers: { ...headers, "content-range": contentRange }, body };
}

/** Undefined without a range, and for an invalid one, which RFC 9110 allows a server to ignore. `end` is inclusive. */
function readRange(text: string | undefined, sizeBytes: number): { start: number; end: number } | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(text ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "") return { start: Math.max(sizeBytes - Number(to), 0), end: sizeBytes - 1 };
  if (to !== "" && Number(to) < Number(from)) return undefined;
  const start = Number(from);
  const end = to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  return { start, end: start >= sizeBytes ? -1 : end };
}

function unknown(): RegistryError {
  return new RegistryError("BLOB_UNKNOWN", "blob unknown to registry");
}
