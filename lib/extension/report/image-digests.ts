/**
 * The digests that identify an image in every repository: its index and the manifests of its platforms. Excludes
 * attestations and configs, because unrelated images share them.
 */
export function imageDigests(
  digest: string,
  platforms: readonly { digest: string }[] | undefined = [],
): string[] {
  return [...new Set([digest, ...platforms.map((platform) => platform.digest)])];
}
