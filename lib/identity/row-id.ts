import { AppError } from "@/lib/platform/errors";

/** For an id that names nothing, or nothing that the caller may see: the two must not be told apart. */
export function noSuch(what: "user" | "API token" | "session"): AppError {
  return new AppError("not_found", `There is no ${what} with this id.`, {
    suggestion: `List the ${what}s to find the right id.`,
  });
}
