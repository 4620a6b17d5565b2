import type { ReferrerKind, ReferrerReport } from "@/lib/extension/report/supply-chain-report";
import { isProvenance, isSbom } from "@/lib/inspection/image/attestations";
import type { SupplyChainOptions } from "@/lib/inspection/supply-chain/supply-chain-options";

export type ReferrerListing = { items: ReferrerReport[]; complete: boolean };

const REFERRERS_MAX = 50;

/** The referrers of the image according to the registry, at most 50. Throws what the registry client throws. */
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
    ({ digest: own, artifactType, sizeBytes, annotations }): ReferrerReport => ({
      digest: own,
      artifactType,
      kind: kindOf(artifactType ?? "", annotations),
      sizeBytes,
    }),
  );
  return { items, complete };
}

const PREDICATE_TYPES = ["dev.sigstore.bundle.predicateType", "in-toto.io/predicate-type"] as const;

/** A Sigstore bundle can contain a signature or a signed statement. An annotation decides, if present. */
function kindOf(artifactType: string, annotations: Record<string, string>): ReferrerKind {
  const [predicateType = ""] = PREDICATE_TYPES.flatMap((name) => annotations[name] ?? []);
  if (isProvenance(predicateType)) return "provenance";
  if (isSbom(predicateType)) return "sbom";
  if (/cosign.*sig|sigstore\.bundle|notary\.signature/i.test(artifactType)) return "signature";
  if (/provenance/i.test(artifactType)) return "provenance";
  if (/spdx|cyclonedx|sbom/i.test(artifactType)) return "sbom";
  return /in-toto|attestation/i.test(artifactType) ? "attestation" : "other";
}
