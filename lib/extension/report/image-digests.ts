/**
 * The digests that stand for an image wherever it is pushed: its index and the manifests of its platforms.
 * Attestations and configs are left out, since unrelated images share them.
 */
export function imageDigests(
  digest: string,
  platforms: readonly { digest: string }[] | undefined = [],
): string[] {
  return [...new Set([digest, ...platforms.map((platform) => platform.digest)])];
}
