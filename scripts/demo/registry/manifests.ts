import type { Answer, Call } from "@/scripts/demo/registry/answer";
import { readBody } from "@/scripts/demo/registry/body";
import { digestOf, isDigest, isTag, requireDigest } from "@/scripts/demo/registry/content";
import { RegistryError } from "@/scripts/demo/registry/errors";
import { subjectOf } from "@/scripts/demo/registry/referrers";
import type { StoredManifest } from "@/scripts/demo/registry/store";

/** distribution-spec, "Pulling manifests", "Pushing Manifests", "Deleting Manifests": by tag or digest. */
export async function answerManifest(call: Call): Promise<Answer> {
  const { method, name, store } = call;
  const reference = call.rest.includes(":") ? requireDigest(call.rest) : requireTag(call.rest);
  switch (method) {
    case "GET":
    case "HEAD":
      return pull(store.manifest(name, reference));
    case "PUT":
      return push(call, reference);
    case "DELETE":
      if (!store.deleteManifest(name, reference)) throw unknown();
      return { status: 202 };
    default:
      throw new RegistryError("UNSUPPORTED", `manifests have no ${method}`);
  }
}

function pull(manifest: StoredManifest | undefined): Answer {
  if (manifest === undefined) throw unknown();
  const { mediaType, digest, bytes } = manifest;
  const headers = { "content-type": mediaType, "docker-content-digest": digest, etag: `"${digest}"` };
  return { status: 200, headers, body: bytes };
}

async function push({ store, name, request, limits }: Call, reference: string): Promise<Answer> {
  const bytes = await readBody(request, limits.manifestBytes);
  const document = parse(bytes);
  const digest = digestOf(bytes);
  if (isDigest(reference) && reference !== digest) {
    throw new RegistryError("DIGEST_INVALID", "the manifest's digest does not match the URL");
  }
  const mediaType = mediaTypeOf(document, request.headers["content-type"]);
  const subject = subjectOf(document);
  const confirmed: Answer["headers"] = subject === undefined ? {} : { "oci-subject": subject };
  refuseMissing(document, (blob) => store.blob(name, blob) !== undefined, "blob");
  refuseMissing(document, (manifest) => store.manifest(name, manifest) !== undefined, "manifest");
  store.putManifest(name, { digest, mediaType, bytes }, isDigest(reference) ? undefined : reference);
  const location = `/v2/${name}/manifests/${digest}`;
  return { status: 201, headers: { location, "docker-content-digest": digest, ...confirmed } };
}

type Document = Record<string, unknown>;

function parse(bytes: Buffer): Document {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    if (isDocument(value)) return value;
  } catch {
    // Invalid JSON gets the same error.
  }
  throw new RegistryError("MANIFEST_INVALID", "the manifest is not a JSON object");
}

function mediaTypeOf(document: Document, contentType: string | undefined): string {
  const stated = contentType?.split(";", 1)[0]?.trim();
  const inside = typeof document.mediaType === "string" ? document.mediaType : undefined;
  if (inside !== undefined && stated !== undefined && inside !== stated) {
    throw new RegistryError("MANIFEST_INVALID", "Content-Type and mediaType differ");
  }
  const mediaType = stated ?? inside;
  if (mediaType === undefined) throw new RegistryError("MANIFEST_INVALID", "the manifest has no media type");
  return mediaType;
}

/** References must exist before the push; layers stored elsewhere (`urls`) need not. */
function refuseMissing(
  document: Document,
  isThere: (digest: string) => boolean,
  kind: "blob" | "manifest",
): void {
  const pointed =
    kind === "manifest"
      ? listOf(document.manifests)
      : [...listOf([document.config]), ...listOf(document.layers)];
  for (const descriptor of pointed) {
    if ("urls" in descriptor || (typeof descriptor.digest === "string" && isThere(descriptor.digest)))
      continue;
    throw new RegistryError(
      "MANIFEST_BLOB_UNKNOWN",
      `the ${kind} ${String(descriptor.digest)} was not pushed`,
    );
  }
}

function listOf(value: unknown): Document[] {
  return Array.isArray(value) ? value.filter(isDocument) : [];
}

function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function requireTag(text: string): string {
  if (isTag(text)) return text;
  throw new RegistryError("MANIFEST_INVALID", "the reference is neither a tag nor a digest");
}

function unknown(): RegistryError {
  return new RegistryError("MANIFEST_UNKNOWN", "manifest unknown to registry");
}
