import { AppError } from "@/lib/platform/errors";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isRowId(text: string): boolean {
  return UUID.test(text);
}

/** For an id that names nothing, or nothing that the caller may see: the two must not be told apart. */
export function noSuch(what: "user" | "API token" | "session"): AppError {
  return new AppError("not_found", `There is no ${what} with this id.`, {
    suggestion: `List the ${what}s to find the right id.`,
  });
}
