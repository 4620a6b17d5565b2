import { z } from "zod";
import { readBody } from "@/lib/egress/body";
import type { Digest } from "@/lib/extension/reference/digest";
import type { Repository } from "@/lib/extension/reference/repository";
import type { Task } from "@/lib/platform/threads/task";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { CallOptions } from "@/lib/registry/client-types";
import type { Descriptor } from "@/lib/registry/oci/descriptor";
import { descriptorSchema, optional } from "@/lib/registry/oci/descriptor-schema";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { broken, parseJsonObject, read } from "@/lib/registry/oci/manifest-json";
import { subjectText } from "@/lib/registry/oci/subject";
import { verifyBytes } from "@/lib/registry/oci/verification";
import { manifestRequest } from "@/lib/registry/requests/manifest";
import { type Connection, withRetries } from "@/lib/registry/transport/connection";
import { exchange } from "@/lib/registry/transport/exchange";

/** A manifest that need not be an image: a signature, an attestation, a bill of materials. */
export type Artifact = {
  digest: Digest;
  /** `artifactType`, else the type of its config (OCI image-spec, manifest.md, "Guidelines for Artifact Usage"). */
  artifactType: string;
  /** The subject that the manifest names; undefined if none. A registry's list of referrers proves nothing. */
  subject: Digest | undefined;
  layers: Descriptor[];
  annotations: Record<string, string>;
};

/** Fetches and verifies an artifact's manifest of at most 4 MiB. Throws `registry_protocol` for anything else. */
export async function fetchArtifact(
  connection: Connection,
  repository: Repository,
  digest: Digest,
  { signal }: CallOptions = {},
): Promise<Artifact> {
  const request = manifestRequest(connection, repository, digest, signal);
  const what = subjectText(request.subject);
  return withRetries(connection, signal, async () => {
    const bytes = await readBody(await exchange(request));
    verifyBytes(bytes, digest, what);
    const turn = { priority: connection.priority, signal };
    return { digest, ...(await runTask(READ_ARTIFACT, { bytes, what }, turn)) };
  });
}

/** `what` names the bytes, as the subject of a sentence. Throws `registry_protocol` for anything but an artifact. */
export function parseArtifact(bytes: Uint8Array, what: string): Omit<Artifact, "digest"> {
  const { artifactType, config, subject, layers, annotations } = read(
    artifactSchema,
    parseJsonObject(bytes, what),
    what,
  );
  if (layers.length > REGISTRY_LIMITS.layers) throw broken(what, `it has ${layers.length} layers`);
  return {
    artifactType: artifactType ?? config.mediaType,
    subject: subject?.digest,
    layers: read(z.array(descriptorSchema), layers, what),
    annotations: annotations ?? {},
  };
}

/** `parseArtifact` for `runTask`. */
export const READ_ARTIFACT: Task<{ bytes: Uint8Array; what: string }, Omit<Artifact, "digest">> = {
  module: "lib/registry/requests/artifact",
  name: "READ_ARTIFACT",
  run: ({ bytes, what }) => parseArtifact(bytes, what),
  weigh: ({ bytes }) => bytes.byteLength,
};

const artifactSchema = z.object({
  schemaVersion: z.literal(2),
  artifactType: optional(z.string().max(255)),
  config: descriptorSchema,
  subject: optional(descriptorSchema),
  layers: z.array(z.unknown()),
  annotations: optional(z.record(z.string(), z.string())),
});
