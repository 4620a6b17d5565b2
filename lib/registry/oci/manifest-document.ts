import { z } from "zod";
import { type JsonReading, plainObject, readJsonText } from "@/lib/extension/json/json-text";
import { quoted } from "@/lib/extension/text/quoted";
import { AppError } from "@/lib/platform/errors";
import type { Task } from "@/lib/platform/threads/task";
import { ambiguityOf } from "@/lib/registry/oci/ambiguous-keys";
import type { Descriptor, IndexEntry } from "@/lib/registry/oci/descriptor";
import {
  annotationsSchema,
  descriptorSchema,
  entrySchema,
  optional,
} from "@/lib/registry/oci/descriptor-schema";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { broken, decodeUtf8, read } from "@/lib/registry/oci/manifest-json";
import {
  IMAGE_INDEX_TYPES,
  IMAGE_MANIFEST_TYPES,
  isContentType,
  isImageConfig,
  type ManifestKind,
  manifestKind,
  nameOfType,
  SCHEMA_1,
} from "@/lib/registry/oci/media-types";

/** `annotations`: those of the document itself, absent when there are none. */
export type ManifestDocument = { annotations?: Record<string, string> } & (
  | { kind: "index"; entries: IndexEntry[] }
  | { kind: "manifest"; config: Descriptor; layers: Descriptor[] }
);

/**
 * Parses a manifest or index with the `contentType` of the response (without parameters). If that is not a type of
 * content, such as `text/plain`, the document says what it is, by its `mediaType` field or its shape (as moby's
 * `detectManifestBlobMediaType`). `what` names it in messages.
 *
 * Throws `unsupported_media_type` (not a container image), `media_type_confusion` (header, `mediaType` field and shape
 * contradict each other, see image-spec, manifest.md and image-index.md, "mediaType"; or keys that parsers interpret
 * differently), `limit_exceeded` (entries, layers) or `registry_protocol` (not a document of its type; not retryable,
 * because the content cannot change).
 */
export function parseManifest(
  bytes: Uint8Array,
  contentType: string,
  what: string,
): { mediaType: string; document: ManifestDocument } {
  const stated = isContentType(contentType) ? contentType : undefined;
  if (stated !== undefined && manifestKind(stated) === undefined) throw unsupported(stated, what);
  const reading = readManifestJson(bytes, what);
  const content = reading.content;
  const shape = read(shapeSchema, content, what);
  const mediaType = stated ?? ownType(shape, what);
  const kind = manifestKind(mediaType);
  if (kind === undefined) throw unsupported(mediaType, what);
  checkAgreement(shape, mediaType, kind, what);
  const ambiguity = ambiguityOf(reading);
  if (ambiguity !== undefined) throw confusion(what, ambiguity);
  const document = kind === "index" ? readIndex(content, what) : readManifest(content, what);
  return { mediaType, document: { ...document, ...annotationsOf(content, what) } };
}

/** Docker refuses the whole document when an annotation is not text. */
function annotationsOf(document: object, what: string): Pick<ManifestDocument, "annotations"> {
  const { annotations = {} } = read(annotatedSchema, document, what);
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}

const annotatedSchema = z.object({ annotations: annotationsSchema });

/** Manifests have five levels. */
const MAX_DEPTH = 16;

type ManifestJson = Extract<JsonReading, { ok: true }> & { content: object };

function readManifestJson(bytes: Uint8Array, what: string): ManifestJson {
  const reading = readJsonText(decodeUtf8(bytes, what), MAX_DEPTH, "int64");
  if (!reading.ok && reading.problem === "depth") throw confusion(what, reading.why);
  if (!reading.ok) throw broken(what, `it is not valid JSON: ${reading.why}`);
  if (!(reading.value instanceof Map)) throw broken(what, "it is not a JSON object");
  return { ...reading, content: plainObject(reading.value) };
}

/** `parseManifest` for `runTask`: a manifest can have 4 MiB, and an index can list 256 of them. */
export const READ_MANIFEST: Task<
  { bytes: Uint8Array; contentType: string; what: string },
  { mediaType: string; document: ManifestDocument }
> = {
  module: "lib/registry/oci/manifest-document",
  name: "READ_MANIFEST",
  run: ({ bytes, contentType, what }) => parseManifest(bytes, contentType, what),
  weigh: ({ bytes }) => bytes.byteLength,
};

/** Docker's types always have a `mediaType` field; without one, it is OCI's. */
function ownType(
  { mediaType, schemaVersion, manifests, config, layers, fsLayers }: Shape,
  what: string,
): string {
  if (schemaVersion === 1 || fsLayers !== undefined) return SCHEMA_1;
  if (mediaType !== undefined) return String(mediaType);
  if (manifests !== undefined) return IMAGE_INDEX_TYPES[0];
  if (config !== undefined || layers !== undefined) return IMAGE_MANIFEST_TYPES[0];
  throw broken(what, "it is neither an index nor a manifest");
}

function checkAgreement(shape: Shape, called: string, kind: ManifestKind, what: string): void {
  if (shape.schemaVersion === 1 || shape.fsLayers !== undefined) throw unsupported(SCHEMA_1, what);
  if (shape.mediaType !== undefined && shape.mediaType !== called) {
    throw confusion(
      what,
      `the registry declares it as ${called}, but it declares itself as ${quoted(String(shape.mediaType))}`,
    );
  }
  const looksLikeIndex = shape.manifests !== undefined;
  const looksLikeManifest = shape.config !== undefined || shape.layers !== undefined;
  if (kind === "index" ? looksLikeManifest : looksLikeIndex) {
    throw confusion(what, `it is declared as ${called}, but its content is the other kind`);
  }
  if (shape.schemaVersion !== 2) throw broken(what, "its schemaVersion is not the integer 2");
}

function readIndex(document: object, what: string): ManifestDocument {
  const { manifests } = read(indexSchema, document, what);
  if (manifests.length > REGISTRY_LIMITS.indexEntries) {
    throw tooMany(what, `${manifests.length} entries`, REGISTRY_LIMITS.indexEntries);
  }
  return { kind: "index", entries: read(z.array(entrySchema), manifests, what) };
}

function readManifest(document: object, what: string): ManifestDocument {
  const { config, layers } = read(manifestSchema, document, what);
  if (!isImageConfig(config.mediaType)) throw unsupported(config.mediaType, what);
  if (layers.length > REGISTRY_LIMITS.layers)
    throw tooMany(what, `${layers.length} layers`, REGISTRY_LIMITS.layers);
  return { kind: "manifest", config, layers: read(z.array(descriptorSchema), layers, what) };
}

/** Lists are parsed only after their length has been checked. */
const indexSchema = z.object({ manifests: z.array(z.unknown()) });
const manifestSchema = z.object({ config: descriptorSchema, layers: z.array(z.unknown()) });

const shapeSchema = z.object({
  schemaVersion: optional(z.unknown()),
  mediaType: optional(z.unknown()),
  manifests: optional(z.unknown()),
  config: optional(z.unknown()),
  layers: optional(z.unknown()),
  fsLayers: optional(z.unknown()),
});

type Shape = z.infer<typeof shapeSchema>;

function confusion(what: string, why: string): AppError {
  return new AppError("media_type_confusion", `The manifest of ${what} contradicts itself: ${why}.`, {
    suggestion: "Push the image again with a current tool (docker buildx, buildah, skopeo).",
  });
}

function unsupported(mediaType: string, what: string): AppError {
  return new AppError(
    "unsupported_media_type",
    `${what} is ${nameOfType(mediaType)}, not a container image.`,
    {
      suggestion:
        "Push the extension as an OCI or Docker image, for example with docker buildx build --push.",
      details: { mediaType: mediaType.slice(0, 255) },
    },
  );
}

function tooMany(what: string, count: string, max: number): AppError {
  return new AppError("limit_exceeded", `The manifest of ${what} has ${count}. The limit is ${max}.`, {
    suggestion: "Build the image with fewer of them.",
  });
}
