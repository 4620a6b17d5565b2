import type { FormProblem, FormState } from "@/components/ui/form-state";
import { isAppError } from "@/lib/platform/errors";

/** The form as it is shown again after `error`; throws what is no refusal of ours. */
export function formWithProblem(error: unknown, values: FormState["values"]): FormState {
  return { values, problem: problemFrom(error) };
}

function problemFrom(error: unknown): FormProblem {
  if (!isAppError(error)) throw error;
  const field = error.details?.field;
  return {
    field: typeof field === "string" ? field : undefined,
    message: error.message,
    suggestion: error.suggestion,
  };
}
