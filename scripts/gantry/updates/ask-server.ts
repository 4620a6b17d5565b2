import { z } from "zod";
import { updateItemSchema } from "@/lib/api/schemas/updates";
import type { UpdateClient, UpdateItem } from "@/lib/catalog/documents/update-documents";
import { AppError } from "@/lib/platform/errors";
import { postJson, problemSchema } from "@/scripts/gantry/server";
import type { InstalledExtension } from "@/scripts/gantry/updates/installed-list";

/** The maximum that the update check accepts per request. */
const ITEMS_PER_REQUEST = 200;

const answerSchema = z.object({ items: z.array(updateItemSchema) });

/** One result per extension, in order. Throws `unreachable` or `answer_refused`. */
export async function askServer(
  server: string,
  client: UpdateClient,
  installed: readonly InstalledExtension[],
): Promise<UpdateItem[]> {
  const items: UpdateItem[] = [];
  for (let from = 0; from < installed.length; from += ITEMS_PER_REQUEST) {
    const part = installed.slice(from, from + ITEMS_PER_REQUEST);
    const answered = await ask(server, { client, installed: part });
    if (answered.length !== part.length) throw refused(server, "the number of results does not match");
    items.push(...answered);
  }
  return items;
}

async function ask(server: string, body: unknown): Promise<UpdateItem[]> {
  const { status, value } = await postJson(`${server}/api/v1/updates`, body);
  if (status !== 200) {
    const problem = problemSchema.safeParse(value);
    const why = problem.success ? problem.data.detail : `it returned ${status}`;
    throw refused(server, why, problem.data?.suggestion ?? undefined);
  }
  const answer = answerSchema.safeParse(value);
  if (answer.success) return answer.data.items;
  throw refused(server, "the response is not an update check");
}

function refused(server: string, why: string, suggestion?: string): AppError {
  return new AppError("answer_refused", `${server} returned no usable response: ${why}`, {
    suggestion:
      suggestion ??
      "Check that the URL is that of a Gantry server and that the server is not older than this command.",
  });
}
