import type { Digest } from "@/lib/extension/reference/digest";
import type { Repository } from "@/lib/extension/reference/repository";
import type { SupplyChainReport } from "@/lib/extension/report/supply-chain-report";
import type { Statement } from "@/lib/inspection/image/attestations";
import type { Priority } from "@/lib/platform/places";
import type { RegistryClient } from "@/lib/registry/client";

export type SupplyChainOptions = {
  client: RegistryClient;
  repository: Repository;
  /** The digest of the index, or of the single manifest. */
  digest: Digest;
  statements: readonly Statement[];
  /** `index` sends no request; `registry` sends at most twelve. */
  looked: SupplyChainReport["looked"];
  signal: AbortSignal;
  priority?: Priority | undefined;
};
