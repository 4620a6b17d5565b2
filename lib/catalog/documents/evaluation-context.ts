import type { PreparedReleases } from "@/lib/extension/desktop/desktop-release";
import type { Policy } from "@/lib/extension/policy/policy";

/** What versions are judged by, besides themselves. */
export type EvaluationContext = { policy: Policy; releases: PreparedReleases };
