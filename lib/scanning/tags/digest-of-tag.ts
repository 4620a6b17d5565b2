import type { Repository } from "@/lib/extension/reference/repository";
import type { CallOptions, RegistryClient } from "@/lib/registry/client";
import { isAboutContent } from "@/lib/registry/oci/errors";

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
    // What is wrong with it is for the inspection to say; the tag points somewhere all the same.
    return client.resolve(repository, tag, options);
  }
}
