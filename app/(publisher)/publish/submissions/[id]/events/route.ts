import { currentViewer } from "@/app/_page/viewer";
import { changeStream } from "@/app/_streams/change-stream";
import { takeStreamPlace } from "@/app/_streams/open-streams";
import { sharedChangeToken } from "@/app/_streams/shared-change-tokens";
import { REQUEST_ID_HEADER } from "@/lib/identity/requests/request-headers";
import { contextFor } from "@/lib/journal/context";
import { readSubmissionPulse } from "@/lib/marketplace/submissions/submission-pulse";
import { ERROR_CODES } from "@/lib/platform/error-codes";
import { isAppError } from "@/lib/platform/errors";

type EventsContext = { params: Promise<{ id: string }> };

/** Says when a submission has changed; only to those who may see it, and only to our own pages. */
export async function GET(request: Request, { params }: EventsContext): Promise<Response> {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return refusal(403);
  const viewer = await currentViewer();
  if (viewer.kind !== "user") return refusal(viewer.kind === "anonymous" ? 401 : 503);
  const { actor } = viewer.session;
  const ctx = contextFor(actor, request.headers.get(REQUEST_ID_HEADER) ?? undefined);
  const { id } = await params;
  try {
    await readSubmissionPulse(ctx, { id });
  } catch (error) {
    if (isAppError(error)) return refusal(ERROR_CODES[error.code].status);
    throw error;
  }
  const giveBack = takeStreamPlace(actor.userId);
  if (!giveBack) return refusal(429);
  const read = () => sharedChangeToken(ctx.db, id);
  return new Response(changeStream({ read, signal: request.signal, ended: giveBack }), {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}

/** Any status but 200 tells the browser not to try again; the page then asks less often by itself. */
function refusal(status: number): Response {
  return new Response(null, { status });
}
