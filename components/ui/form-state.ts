/** What a form shows after it was sent and not accepted. */
export type FormState = {
  /** What was typed, by field; never passwords. */
  values: Readonly<Record<string, string>>;
  problem?: FormProblem | undefined;
};

export type FormProblem = {
  /** The field it is about; the whole form, when undefined. */
  field?: string | undefined;
  message: string;
  suggestion?: string | undefined;
  /** Sent again with the password in `CONFIRM_FIELD`, the form is accepted. */
  confirm?: boolean | undefined;
};

/** The field with which a form confirms who sends it. */
export const CONFIRM_FIELD = "confirmPassword";

export const EMPTY_FORM: FormState = { values: {} };

export type FormAction<State extends FormState = FormState> = (
  state: State,
  form: FormData,
) => Promise<State>;

/** The text beside `field`, if the problem is about it. */
export function problemOf(state: FormState, field: string): string | undefined {
  const { problem } = state;
  if (problem?.field !== field) return undefined;
  return problem.suggestion ? `${problem.message} ${problem.suggestion}` : problem.message;
}
