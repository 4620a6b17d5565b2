/** `/api/v1/inspections`: the report that a submission of an image would get, for everyone. */

import { z } from "zod";
import { type ApiAnswer, json } from "@/lib/api/answers/answer";
import { problemOf, publicError } from "@/lib/api/answers/problem";
import { PREFLIGHTS } from "@/lib/api/rate-limits";
import { type ApiRequest, defineRoute } from "@/lib/api/route";
import { preflightAnswerSchema } from "@/lib/api/schemas/inspection";
import { catalog } from "@/lib/catalog/catalog";
import { type InspectionDocument, inspectionHere } from "@/lib/catalog/documents/inspection-document";
import { attributeError } from "@/lib/inspection/error-attribution";
import { AppError } from "@/lib/platform/errors";
import {
  EVENT_STREAM_HEADERS,
  EVENT_STREAM_TYPE,
  type EventWriter,
  writeEvents,
} from "@/lib/platform/event-stream";
import { preflights, type SharedPreflight } from "@/lib/scanning/preflight/preflights";

const EVENTS =
  "With `Accept: text/event-stream` the response is a stream of events: `progress` after each step (`metadata_provisional` is early and unverified; `metadata` confirms or replaces it), then one `report` (this document) or one `problem`.";

export const inspectionRoutes = [
  defineRoute({
    method: "POST",
    path: "/api/v1/inspections",
    operationId: "inspectImage",
    summary: "Pre-flight: everything that a submission of this image would report, without submitting it.",
    tag: "Pre-flight",
    access: "optional-actor",
    limit: PREFLIGHTS,
    namedOrigins: true,
    body: z.strictObject({
      reference: z
        .string()
        .min(1)
        .max(2_000)
        .describe(
          "An image name with or without a tag, the address of a Docker Hub page, or a docker command.",
        ),
      share: z.boolean().default(false).describe("Keep the report for a day at a shareable address."),
    }),
    answers: { 200: { description: `The report. ${EVENTS}`, schema: preflightAnswerSchema } },
    async handle({ ctx, request, body }) {
      const signal = request.signal();
      const { reference, share } = body;
      const run = await preflights
        .get()
        .admit({ reference, requester: { actor: ctx.actor, ip: request.ip } });
      if (!wantsEvents(request))
        return json(200, await answerOf(await ended(signal, run({ signal, share }))));
      return eventStream(async (writer) => {
        try {
          const onProgress = (progress: object) => writer.event(progress, "progress");
          writer.event(await answerOf(await run({ signal, share, onProgress })), "report");
          return undefined;
        } catch (thrown) {
          if (signal.aborted) return undefined;
          const error = publicError(thrown);
          writer.event(problemEvent(error, request), "problem");
          return error.status >= 500 && !error.retryable ? error : undefined;
        }
      });
    },
  }),
];

/** Whether the client accepts events by name; `*\/*` does not. */
function wantsEvents(request: ApiRequest): boolean {
  const accepted = (request.header("accept") ?? "").split(",").map((part) => part.split(";", 1)[0]?.trim());
  return accepted.includes(EVENT_STREAM_TYPE);
}

/** A stream that lasts as long as `work`, which resolves with an error of ours for the log. */
function eventStream(work: (writer: EventWriter) => Promise<AppError | undefined>): ApiAnswer {
  return {
    kind: "stream",
    headers: EVENT_STREAM_HEADERS,
    write: (send) => writeEvents(send, work),
  };
}

type Answer = InspectionDocument & { shared: { path: string; expiresAt: string } | null };

async function answerOf({ shared, ...looked }: SharedPreflight): Promise<Answer> {
  const link = shared && { path: `/check/${shared.id}`, expiresAt: shared.expiresAt.toISOString() };
  return { ...(await inspectionHere(looked, catalog.get().current())), shared: link };
}

/** `owner` says whose turn it is: a status alone does not tell a private repository from a broken registry. */
function problemEvent(error: AppError, request: ApiRequest): object {
  const forPage = request.header("sec-fetch-site") === "same-origin";
  return {
    ...problemOf(error, request.requestId),
    // Our page shows this text to a person.
    ...(forPage ? { suggestion: error.suggestion } : {}),
    owner: attributeError(error),
    retryAfterSeconds: error.retryAfterSeconds ?? null,
  };
}

/** The client is gone, so a failure is not logged as an internal error. */
async function ended<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError("stopping", "The client closed the connection.", {
      suggestion: "Send the request again.",
      retryable: true,
      cause: error,
    });
  }
}
