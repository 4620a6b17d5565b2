import type { ReferrerKind, ReferrerReport } from "@/lib/extension/supply-chain-report";
import type { SupplyChainOptions } from "@/lib/inspection/supply-chain/supply-chain";

export type ReferrerListing = { items: ReferrerReport[]; complete: boolean };

export const REFERRERS_MAX = 50;

/** What the registry says refers to the image, at most 50. Throws what the registry client throws. */
export async function listReferrers({
  client,
  repository,
  digest,
  signal,
}: Pick<SupplyChainOptions, "client" | "repository" | "digest" | "signal">): Promise<ReferrerListing> {
  const { descriptors, complete } = await client.referrers(repository, digest, {
    limit: REFERRERS_MAX,
    signal,
  });
  const items = descriptors.slice(0, REFERRERS_MAX).map(
    ({ digest: own, artifactType, sizeBytes }): ReferrerReport => ({
      digest: own,
      artifactType,
      kind: kindOf(artifactType ?? ""),
      sizeBytes,
    }),
  );
  return { items, complete };
}

function kindOf(artifactType: string): ReferrerKind {
  if (/cosign.*sig|sigstore\.bundle|notary\.signature/i.test(artifactType)) return "signature";
  if (/provenance/i.test(artifactType)) return "provenance";
  if (/spdx|cyclonedx|sbom/i.test(artifactType)) return "sbom";
  return /in-toto|attestation/i.test(artifactType) ? "attestation" : "other";
}
