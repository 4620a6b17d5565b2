import type { FormProblem, FormState } from "@/components/ui/form-state";
import { type AppError, isAppError } from "@/lib/platform/errors";

/** The form as it is shown again after `error`; rethrows anything that is not an `AppError`. */
export function formWithProblem(error: unknown, values: FormState["values"]): FormState {
  return { values, problem: problemFrom(error) };
}

/** The same form then also asks for the password and can be sent again; nothing that was entered is lost. */
const CONFIRM_SIGN_IN: FormProblem = {
  message: "Confirm that it’s you",
  suggestion:
    "This is a sensitive change and you signed in a while ago. Enter your password and submit the form again.",
  confirm: true,
};

function problemFrom(error: unknown): FormProblem {
  if (!isAppError(error)) throw error;
  if (error.code === "recent_sign_in_required") return CONFIRM_SIGN_IN;
  return {
    field: fieldOf(error),
    message: error.message,
    suggestion: error.suggestion,
  };
}

/** Forms ask for the last day where core functions take the instant. */
function fieldOf({ details }: AppError): string | undefined {
  const field = details?.field;
  if (field === "expiresAt") return "expiresOn";
  return typeof field === "string" ? field : undefined;
}
