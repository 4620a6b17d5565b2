/** What pages behind the sign-in need before they call a core function. */

import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { currentViewer } from "@/app/_page/viewer";
import { REQUEST_ID_HEADER } from "@/lib/identity/requests/request-headers";
import type { UserActor } from "@/lib/identity/sessions/read-session";
import { type Context, contextFor } from "@/lib/journal/context";
import { type AppError, hasCode, isAppError } from "@/lib/platform/errors";

export type Loaded<T> =
  | { kind: "loaded"; value: T; actor: UserActor }
  /** The database is away, or the reader's role is not enough. */
  | { kind: "refused"; error: AppError | undefined };

/**
 * Reads what a page shows as whoever looks at it. Anonymous visitors go to the sign-in and come back to `path`; what
 * is not there, or not theirs to see, is the page that is not found.
 */
export async function loadFor<T>(path: string, read: (ctx: Context) => Promise<T>): Promise<Loaded<T>> {
  const viewer = await currentViewer();
  switch (viewer.kind) {
    case "anonymous":
      return redirect(signInPath(path));
    case "unknown":
      return { kind: "refused", error: undefined };
    case "user": {
      const { actor } = viewer.session;
      const requestId = (await headers()).get(REQUEST_ID_HEADER) ?? undefined;
      try {
        return { kind: "loaded", value: await read(contextFor(actor, requestId)), actor };
      } catch (error) {
        return refused(error);
      }
    }
  }
}

function refused(error: unknown): { kind: "refused"; error: AppError } {
  if (hasCode(error, "not_found")) notFound();
  if (isAppError(error)) return { kind: "refused", error };
  throw error;
}

function signInPath(path: string): string {
  return `/sign-in?next=${encodeURIComponent(path).replaceAll("%2F", "/")}`;
}
