import { z } from "zod";
import { releaseImportSchema } from "@/lib/api/schemas/release-import";
import type { ReleaseImportResult } from "@/lib/marketplace/desktop-releases/import-desktop-releases";
import { AppError } from "@/lib/platform/errors";
import type { ReleasesArguments } from "@/scripts/gantry/releases/releases-arguments";
import { postJson, problemSchema } from "@/scripts/gantry/server";

export type Sent =
  | { kind: "imported"; result: ReleaseImportResult }
  /** The server refused the file or the token. */
  | { kind: "refused"; message: string; suggestion: string | undefined; problems: LineProblem[] };

const lineProblem = z.object({ line: z.int(), message: z.string() });
type LineProblem = z.infer<typeof lineProblem>;

/** Throws `unreachable` or `answer_refused`. */
export async function sendReleases(
  { server, token, dryRun }: Pick<ReleasesArguments, "server" | "token" | "dryRun">,
  csv: string,
): Promise<Sent> {
  const { status, value } = await postJson(`${server}/api/v1/desktop-releases`, { csv, dryRun }, token);
  if (status === 200) {
    const result = releaseImportSchema.safeParse(value);
    if (result.success) return { kind: "imported", result: result.data };
    throw unusable(server, "the response is not the result of an import");
  }
  const problem = problemSchema.safeParse(value);
  if (!problem.success || status >= 500) throw unusable(server, `it returned ${status}`);
  const { detail, suggestion, details } = problem.data;
  const problems = z.array(lineProblem).safeParse(details?.problems);
  return {
    kind: "refused",
    message: detail,
    suggestion: suggestion ?? undefined,
    problems: problems.data ?? [],
  };
}

function unusable(server: string, why: string): AppError {
  return new AppError("answer_refused", `${server} returned no usable response: ${why}.`, {
    suggestion:
      "Check that the URL is that of a Gantry server and that the server is not older than this command.",
  });
}
