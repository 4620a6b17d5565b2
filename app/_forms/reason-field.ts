import { readField } from "@/app/_forms/form-request";
import { AppError } from "@/lib/platform/errors";

const MAX_CHARACTERS = 2_000;

/** What a person wrote in the field `name`, trimmed; undefined when it is empty. Throws when it is too long to keep. */
export function readText(form: FormData, name: string): string | undefined {
  const text = readField(form, name).trim();
  if (text.length > MAX_CHARACTERS) {
    throw new AppError("invalid_input", `This text has ${text.length} characters.`, {
      suggestion: `Shorten it to ${MAX_CHARACTERS}, and link to a page for the rest.`,
      details: { field: name },
    });
  }
  return text === "" ? undefined : text;
}
