/** What a form shows after the server refused it. */
export type FormState = {
  /** What was entered, by field; never passwords. */
  values: Readonly<Record<string, string>>;
  problem?: FormProblem | undefined;
};

export type FormProblem = {
  /** The field with the problem; undefined for the whole form. */
  field?: string | undefined;
  message: string;
  suggestion?: string | undefined;
  /** The form is accepted when it is sent again with the password in `CONFIRM_FIELD`. */
  confirm?: boolean | undefined;
};

/** The field for the password that confirms a sensitive form. */
export const CONFIRM_FIELD = "confirmPassword";

export const EMPTY_FORM: FormState = { values: {} };

export type FormAction<State extends FormState = FormState> = (
  state: State,
  form: FormData,
) => Promise<State>;

/** The text beside `field` if it has the problem. */
export function problemOf(state: FormState, field: string): string | undefined {
  const { problem } = state;
  if (problem?.field !== field) return undefined;
  return problem.suggestion ? `${problem.message} ${problem.suggestion}` : problem.message;
}
