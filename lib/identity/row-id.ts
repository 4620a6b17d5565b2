import { AppError } from "@/lib/platform/errors";

/** For an id that does not exist or that the caller cannot see: both must look the same. */
export function noSuch(what: "user" | "API token" | "session"): AppError {
  return new AppError("not_found", `No ${what} has this ID.`, {
    suggestion: `List the ${what}s to find the right ID.`,
  });
}
