import type { FormState } from "@/components/ui/form-state";
import type { CapabilityChange } from "@/lib/extension/capabilities/named-capabilities";

export type DecisionState = FormState & {
  /** The candidate changed under the reviewer's eyes. */
  moved?: {
    from: string;
    tag: string | null;
    digest: string | null;
    /** What it does now and did not before, and the other way round; undefined when nobody knows. */
    changes: CapabilityChange[] | undefined;
  };
};
