import { z } from "zod";
import { type Digest, parseDigest } from "@/lib/extension/reference/digest";
import type { Platform } from "@/lib/extension/reference/platform";
import type { Descriptor, IndexEntry } from "@/lib/registry/oci/descriptor";

/** Go's tools also write absent fields as null. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

const digestSchema = z.string().transform((text, context): Digest => {
  const digest = parseDigest(text);
  if (digest !== undefined) return digest;
  context.addIssue({ code: "custom", message: "is not a sha256 or sha512 digest" });
  return z.NEVER;
});

/** Docker treats an empty platform as absent. */
const platformSchema = z
  .object({ os: optional(z.string()), architecture: optional(z.string()), variant: optional(z.string()) })
  .transform(({ os = "", architecture = "", variant }): Platform | undefined => {
    if (os === "" && architecture === "" && !variant) return undefined;
    return { os, architecture, ...(variant ? { variant } : {}) };
  });

/** Go reads null as the empty text. */
export const annotationsSchema = optional(
  z.record(
    z.string(),
    z
      .string()
      .nullable()
      .transform((text) => text ?? ""),
  ),
);

const descriptorFields = {
  mediaType: z.string().max(255),
  digest: digestSchema,
  size: z.int("is not an integer as Go reads it, such as 418").nonnegative("is negative"),
  annotations: annotationsSchema,
  urls: optional(z.array(z.unknown())),
};

/** Schemas for `Descriptor` and `IndexEntry`. They report unreadable values as issues, not exceptions. */
export const descriptorSchema = z.object(descriptorFields).transform(
  ({ mediaType, digest, size, annotations, urls }): Descriptor => ({
    mediaType,
    digest,
    // JSON has a negative zero; Go's integers do not.
    sizeBytes: size + 0,
    annotations: annotations ?? {},
    foreign: (urls ?? []).length > 0 || /\.foreign\.|\.nondistributable\./.test(mediaType),
  }),
);

const entryExtras = z.object({ platform: optional(platformSchema), artifactType: optional(z.string()) });

export const entrySchema = z.unknown().transform((value, context): IndexEntry => {
  const descriptor = descriptorSchema.safeParse(value);
  const extras = entryExtras.safeParse(value);
  if (descriptor.success && extras.success) {
    const { platform, artifactType } = extras.data;
    return {
      ...descriptor.data,
      ...(platform ? { platform } : {}),
      ...(artifactType ? { artifactType } : {}),
    };
  }
  for (const { path, message } of [...(descriptor.error?.issues ?? []), ...(extras.error?.issues ?? [])]) {
    context.addIssue({ code: "custom", message, path });
  }
  return z.NEVER;
});
