/** `/api/v1/inspections`: what a submission of an image would be told, for everyone. */

import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { problemOf, publicError } from "@/lib/api/answers/problem";
import { eventStream, wantsEvents } from "@/lib/api/event-stream";
import { PREFLIGHTS } from "@/lib/api/limits";
import { defineRoute } from "@/lib/api/route";
import { preflightAnswerSchema } from "@/lib/api/schemas/inspection";
import { catalog } from "@/lib/catalog/catalog";
import { type InspectionDocument, inspectionHere } from "@/lib/catalog/documents/inspection-document";
import { attributeError } from "@/lib/inspection/error-attribution";
import { AppError } from "@/lib/platform/errors";
import { preflights, type SharedPreflight } from "@/lib/scanning/preflight/preflights";

const EVENTS =
  "With `Accept: text/event-stream` the answer is a stream of events: `progress` after each step (`metadata_provisional` is early and unproven; `metadata` says what became of it), then one `report` (this document) or one `problem`.";

export const inspectionRoutes = [
  defineRoute({
    method: "POST",
    path: "/api/v1/inspections",
    operationId: "inspectImage",
    summary: "Pre-flight: everything a submission of this image would be told, without submitting it.",
    tag: "Pre-flight",
    access: "optional-actor",
    limit: PREFLIGHTS,
    namedOrigins: true,
    body: z.strictObject({
      reference: z
        .string()
        .min(1)
        .max(2_000)
        .describe("Whatever a person would paste: a name with or without tag, a Hub page, a docker command."),
      share: z.boolean().default(false).describe("Keep the report for a day under a link."),
    }),
    answers: { 200: { description: `The report. ${EVENTS}`, schema: preflightAnswerSchema } },
    async handle({ ctx, request, body }) {
      const signal = request.signal();
      const { reference, share } = body;
      const run = await preflights.get().admit({ reference, asker: { actor: ctx.actor, ip: request.ip } });
      if (!wantsEvents(request))
        return json(200, await answerOf(await ended(signal, run({ signal, share }))));
      return eventStream(async (send) => {
        try {
          const onProgress = (progress: object) => send("progress", progress);
          send("report", await answerOf(await run({ signal, share, onProgress })));
          return undefined;
        } catch (thrown) {
          if (signal.aborted) return undefined;
          const error = publicError(thrown);
          send("problem", problemEvent(error, request.requestId));
          return error.status >= 500 && !error.retryable ? error : undefined;
        }
      });
    },
  }),
];

type Answer = InspectionDocument & { shared: { path: string; expiresAt: string } | null };

async function answerOf({ shared, ...looked }: SharedPreflight): Promise<Answer> {
  const link = shared && { path: `/check/${shared.id}`, expiresAt: shared.expiresAt.toISOString() };
  return { ...(await inspectionHere(looked, catalog.get().current())), shared: link };
}

/** `owner` says whose turn it is: a status alone does not tell a private repository from a broken registry. */
function problemEvent(error: AppError, requestId: string): object {
  return {
    ...problemOf(error, requestId),
    owner: attributeError(error),
    retryAfterSeconds: error.retryAfterSeconds ?? null,
  };
}

/** Nobody reads an answer after the client has gone; for the log it is no error of ours. */
async function ended<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError("stopping", "The client went away.", {
      suggestion: "Ask again when the answer can be waited for.",
      retryable: true,
      cause: error,
    });
  }
}
