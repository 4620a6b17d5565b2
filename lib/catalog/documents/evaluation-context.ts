import type { PreparedReleases } from "@/lib/extension/desktop/desktop-release";
import type { Policy } from "@/lib/extension/policy/policy";

/** The policy and the releases that versions are evaluated against. */
export type EvaluationContext = { policy: Policy; releases: PreparedReleases };
