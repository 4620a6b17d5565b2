/** Readers for form fields. Each throws `invalid_input` with the name of the field that is wrong. */

import { AppError } from "@/lib/platform/errors";

const TEXT_CHARACTERS_MAX = 2_000;

/** A text field as it was sent; empty when it is missing or a file. */
export function readField(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** Trimmed text; undefined when the field is empty. Throws when it is too long to store. */
export function readText(form: FormData, name: string): string | undefined {
  const text = readField(form, name).trim();
  if (text.length > TEXT_CHARACTERS_MAX) {
    throw invalid(name, {
      message: `This text has ${text.length} characters.`,
      suggestion: `Shorten it to ${TEXT_CHARACTERS_MAX} characters, or link to a page with the details.`,
    });
  }
  return text === "" ? undefined : text;
}

/** Text that must not be empty. */
export function readRequired(
  form: FormData,
  name: string,
  missing: Problem = { message: "Enter a reason.", suggestion: "A short sentence is enough." },
): string {
  const text = readText(form, name);
  if (text === undefined) throw invalid(name, missing);
  return text;
}

/** The choice that was sent, out of `choices`. */
export function readChoice<const Choice extends string>(
  form: FormData,
  name: string,
  choices: readonly Choice[],
): Choice {
  const text = readField(form, name);
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw invalid(name, {
    message: "Nothing is selected.",
    suggestion: "Select an option and submit the form again.",
  });
}

/** The end of a day in UTC; undefined when the field is empty. */
export function readEndOfDay(form: FormData, name: string): Date | undefined {
  const day = readField(form, name).trim();
  if (day === "") return undefined;
  const instant = new Date(`${day}T23:59:59.999Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(instant.getTime())) return instant;
  throw invalid(name, {
    message: "Invalid date.",
    suggestion: "Enter it as 2027-03-31, or leave the field empty.",
  });
}

type Problem = { message: string; suggestion: string };

/** A refusal that the form shows beside the field `name`. */
export function invalid(name: string, { message, suggestion }: Problem): AppError {
  return new AppError("invalid_input", message, { suggestion, details: { field: name } });
}
