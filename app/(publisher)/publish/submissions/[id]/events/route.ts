import { currentViewer } from "@/app/_page/viewer";
import { takeStreamPlace } from "@/app/_streams/open-streams";
import { pulseStream } from "@/app/_streams/pulse-stream";
import { sharedPulse } from "@/app/_streams/shared-pulses";
import { REQUEST_ID_HEADER } from "@/lib/identity/requests/request-headers";
import { contextFor } from "@/lib/journal/context";
import { readSubmissionPulse } from "@/lib/marketplace/submissions/submission-pulse";
import { ERROR_CODES } from "@/lib/platform/error-codes";
import { isAppError } from "@/lib/platform/errors";
import { EVENT_STREAM_HEADERS } from "@/lib/platform/event-stream";

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
  const read = () => sharedPulse(ctx.db, id);
  return new Response(pulseStream({ read, signal: request.signal, ended: giveBack }), {
    headers: EVENT_STREAM_HEADERS,
  });
}

/** Any status but 200 tells the browser not to try again; the page then asks less often by itself. */
function refusal(status: number): Response {
  return new Response(null, { status });
}
