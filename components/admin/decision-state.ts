import type { FormState } from "@/components/ui/form-state";

export type DecisionState = FormState & {
  /** The candidate changed under the reviewer's eyes. */
  moved?: { from: string; tag: string | null; digest: string | null };
};
