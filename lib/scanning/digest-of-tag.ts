import type { Repository } from "@/lib/extension/repository";
import { isAppError } from "@/lib/platform/errors";
import type { CallOptions, RegistryClient } from "@/lib/registry/client";

/**
 * Where a tag points. The manifest of a new one is needed in any case, so that it is fetched at once instead of
 * asking first; with a client that remembers, its inspection then has it. Throws what the client throws.
 */
export async function digestOfTag(
  client: RegistryClient,
  repository: Repository,
  { tag, isNew }: { tag: string; isNew: boolean },
  options: CallOptions,
): Promise<{ digest: string }> {
  if (!isNew) return client.resolve(repository, tag, options);
  try {
    return await client.manifest(repository, tag, options);
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    return client.resolve(repository, tag, options);
  }
}

/** What is wrong with it is for the inspection to say; the tag points somewhere all the same. */
function isAboutContent(error: unknown): boolean {
  return (
    isAppError(error) && ["unsupported_media_type", "limit_exceeded"].includes(error.code) && !error.retryable
  );
}
