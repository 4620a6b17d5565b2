import { currentViewer } from "@/app/_page/viewer";
import { changeStream } from "@/app/_streams/change-stream";
import { reserveStream } from "@/app/_streams/open-streams";
import { sharedChangeToken } from "@/app/_streams/shared-change-tokens";
import { REQUEST_ID_HEADER } from "@/lib/identity/requests/request-headers";
import { contextFor } from "@/lib/journal/context";
import { readChangeToken } from "@/lib/marketplace/submissions/change-token";
import { ERROR_CODES } from "@/lib/platform/error-codes";
import { isAppError } from "@/lib/platform/errors";
import { EVENT_STREAM_HEADERS } from "@/lib/platform/event-stream";

type EventsContext = { params: Promise<{ id: string }> };

/** The event stream of a submission's change token, for users who can see it and only for our own pages. */
export async function GET(request: Request, { params }: EventsContext): Promise<Response> {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return refusal(403);
  const viewer = await currentViewer();
  if (viewer.kind !== "user") return refusal(viewer.kind === "anonymous" ? 401 : 503);
  const { actor } = viewer.session;
  const ctx = contextFor(actor, request.headers.get(REQUEST_ID_HEADER) ?? undefined);
  const { id } = await params;
  try {
    await readChangeToken(ctx, { id });
  } catch (error) {
    if (isAppError(error)) return refusal(ERROR_CODES[error.code].status);
    throw error;
  }
  const release = reserveStream(actor.userId);
  if (!release) return refusal(429);
  const read = () => sharedChangeToken(ctx.db, id);
  return new Response(changeStream({ read, signal: request.signal, ended: release }), {
    headers: EVENT_STREAM_HEADERS,
  });
}

/** With any status but 200 the browser does not reconnect, and the page polls less often instead. */
function refusal(status: number): Response {
  return new Response(null, { status });
}
