import type { Digest } from "@/lib/extension/reference/digest";
import type { Referrer, ReferrerList, ReferrersOptions } from "@/lib/registry/client-types";
import { entrySchema } from "@/lib/registry/oci/descriptor-schema";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";

/**
 * Collects valid referrers of `subject` up to a limit: of the requested type, each digest once, never the subject
 * itself.
 */
export function collectReferrers(
  subject: Digest,
  { artifactType, limit = REGISTRY_LIMITS.referrers }: ReferrersOptions,
) {
  const found = new Map<Digest, Referrer>();
  let more = false;
  const add = (referrer: Referrer) => {
    if (found.has(referrer.digest)) return;
    if (found.size >= limit) more = true;
    else found.set(referrer.digest, referrer);
  };
  return {
    /** `filtered`: the registry omitted other types, so a referrer without a type has the requested one. */
    addUnread(entries: readonly unknown[], filtered: boolean): void {
      for (const entry of entries) {
        if (more) return;
        const referrer = readReferrer(entry, subject);
        if (referrer === undefined) continue;
        const type = referrer.artifactType ?? (filtered ? artifactType : undefined);
        if (artifactType === undefined || type === artifactType) add(referrer);
      }
    },
    /** Adds the referrers of one page, which another collection has parsed. `isFull`: the page had more. */
    addPage(referrers: readonly Referrer[], isFull: boolean): void {
      for (const referrer of referrers) add(referrer);
      more ||= isFull;
    },
    /** True once there was one more than the limit. */
    isFull: () => more,
    list: (complete: boolean): ReferrerList => ({ descriptors: [...found.values()], complete }),
  };
}

/** Undefined for a malformed descriptor, and for one of another subject. */
function readReferrer(value: unknown, subject: Digest): Referrer | undefined {
  const reading = entrySchema.safeParse(value);
  if (!reading.success || reading.data.digest === subject || namesAnother(value, subject)) return undefined;
  const { digest, mediaType, artifactType, sizeBytes, annotations } = reading.data;
  return { digest, mediaType, artifactType: artifactType ?? null, sizeBytes, annotations };
}

/** Some registries repeat the manifest's `subject` in its descriptor. */
function namesAnother(value: unknown, subject: Digest): boolean {
  if (typeof value !== "object" || value === null || !("subject" in value)) return false;
  const named = value.subject;
  return typeof named === "object" && named !== null && "digest" in named && named.digest !== subject;
}
