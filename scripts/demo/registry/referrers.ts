import { type Answer, type Call, jsonBody } from "@/scripts/demo/registry/answer";
import { requireDigest } from "@/scripts/demo/registry/content";
import { RegistryError } from "@/scripts/demo/registry/errors";
import type { StoredManifest } from "@/scripts/demo/registry/store";

const INDEX = "application/vnd.oci.image.index.v1+json";

/** distribution-spec, "Listing Referrers": the manifests of this repository whose `subject` is the digest. */
export function answerReferrers({ method, store, name, rest, query }: Call): Answer {
  if (method !== "GET" && method !== "HEAD") {
    throw new RegistryError("UNSUPPORTED", "referrers are only listed");
  }
  const subject = requireDigest(rest);
  const wanted = query.get("artifactType");
  const manifests = store
    .manifests(name)
    .flatMap((manifest) => descriptorOf(manifest, subject))
    .filter(({ artifactType }) => wanted === null || artifactType === wanted);
  const { body } = jsonBody({ schemaVersion: 2, mediaType: INDEX, manifests });
  const filters = wanted === null ? undefined : { "oci-filters-applied": "artifactType" };
  return { status: 200, headers: { "content-type": INDEX, ...filters }, body };
}

function descriptorOf({ mediaType, digest, bytes }: StoredManifest, subject: string) {
  // A cheap check first: most manifests have no subject, and parsing each of them per request would be slow.
  if (!bytes.includes(subject)) return [];
  const document = JSON.parse(bytes.toString("utf8"));
  if (document.subject?.digest !== subject) return [];
  const artifactType: unknown = document.artifactType ?? document.config?.mediaType;
  return [{ mediaType, digest, size: bytes.length, artifactType, annotations: document.annotations ?? {} }];
}

/** The `subject` of a manifest, which a push confirms in `OCI-Subject`. */
export function subjectOf(document: Record<string, unknown>): string | undefined {
  const { subject } = document;
  const digest =
    typeof subject === "object" && subject !== null && "digest" in subject ? subject.digest : undefined;
  return digest === undefined || typeof digest !== "string" ? undefined : requireDigest(digest);
}
