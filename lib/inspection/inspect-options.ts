import type { Repository } from "@/lib/extension/reference/repository";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import type { SupplyChainReport } from "@/lib/extension/report/supply-chain-report";
import type { LayerFacts } from "@/lib/inspection/layers/layer-facts";
import type { InspectionLimits } from "@/lib/inspection/limits";
import type { InspectionProgress } from "@/lib/inspection/progress";
import type { MediaPort } from "@/lib/media/media-port";
import type { Priority } from "@/lib/platform/priority-semaphore";
import type { MeteredRegistryClient, RegistryClient } from "@/lib/registry/client";

export type InspectOptions = {
  client: RegistryClient;
  repository: Repository;
  /** A tag or a digest. */
  reference: string;
  /** Known layer facts from earlier inspections. Default: none. */
  layerFacts?: LayerFacts;
  /** Access to the images and pages that labels link to. Without it they are not checked. */
  media?: MediaPort | undefined;
  /** `registry`: also requests referrers and signatures. Default: `index`, only what the index lists. */
  supplyChain?: SupplyChainReport["looked"];
  /** `leave_out`: does not request backend images, and reports no finding about it. */
  backendImages?: "ask" | "leave_out";
  /** `leave_out`: does not read layers only to look for the files that metadata.json names. Default: `look_up`. */
  namedFiles?: InspectionReport["namedFiles"];
  limits?: Partial<InspectionLimits>;
  signal?: AbortSignal;
  /** Whether a user waits for the result, which decides whose large texts are parsed first. Default: `interactive`. */
  priority?: Priority;
  /**
   * Called after each step, before the next one begins. Must not throw. Only with this callback does the inspection
   * look for metadata.json in the smallest layers first. That affects the report's cost, but not its content.
   */
  onProgress?: (progress: InspectionProgress) => void;
  /** Monotonic clock in milliseconds. */
  now?: () => number;
};

/** The options of a running inspection: with defaults applied, and a client that counts requests. */
export type RunningInspection = Omit<InspectOptions, "onProgress" | "now"> & {
  client: MeteredRegistryClient;
  limits: InspectionLimits;
  signal: AbortSignal;
  onProgress: InspectOptions["onProgress"] | undefined;
  /** When it started, by `now`. */
  startedAt: number;
  now: () => number;
};
