import type { FormProblem, FormState } from "@/components/ui/form-state";
import { isAppError } from "@/lib/platform/errors";

/** The form as it is shown again after `error`; throws what is no refusal of ours. */
export function formWithProblem(error: unknown, values: FormState["values"]): FormState {
  return { values, problem: problemFrom(error) };
}

/** Nothing that was typed is lost: the same form asks for the password and can be sent again. */
const CONFIRM_SIGN_IN: FormProblem = {
  message: "Confirm that it’s you",
  suggestion:
    "You signed in a while ago, and this is a sensitive change. Enter your password and send the form again.",
  confirm: true,
};

function problemFrom(error: unknown): FormProblem {
  if (!isAppError(error)) throw error;
  if (error.code === "recent_sign_in_required") return CONFIRM_SIGN_IN;
  const field = error.details?.field;
  return {
    field: typeof field === "string" ? field : undefined,
    message: error.message,
    suggestion: error.suggestion,
  };
}
