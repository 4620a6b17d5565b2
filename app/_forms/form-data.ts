/** Fields of forms as what core functions take; each throws `invalid_input` with the field that it is about. */

import { readField } from "@/app/_forms/form-request";
import { readText } from "@/app/_forms/reason-field";
import { AppError } from "@/lib/platform/errors";

/** The words in a field that may not be empty. */
export function readRequired(form: FormData, name: string, what = "A reason"): string {
  const text = readText(form, name);
  if (text !== undefined) return text;
  throw new AppError("invalid_input", `${what} is missing.`, {
    suggestion: "Write it in a few words.",
    details: { field: name },
  });
}

/** The one of `choices` that was sent. */
export function readChoice<const Choice extends string>(
  form: FormData,
  name: string,
  choices: readonly Choice[],
): Choice {
  const text = readField(form, name);
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new AppError("invalid_input", "None of the choices was sent.", {
    suggestion: "Choose one and send the form again.",
    details: { field: name },
  });
}

/** The end of a day in UTC; undefined for an empty field. */
export function readEndOfDay(form: FormData, name: string): Date | undefined {
  const day = readField(form, name).trim();
  if (day === "") return undefined;
  const instant = new Date(`${day}T23:59:59.999Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(instant.getTime())) return instant;
  throw new AppError("invalid_input", "This is not a date.", {
    suggestion: "Write it as 2027-03-31, or leave it empty.",
    details: { field: name },
  });
}
