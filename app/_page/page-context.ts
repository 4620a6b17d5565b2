/** Loads the data of pages that require sign-in. */

import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { currentViewer } from "@/app/_page/viewer";
import { REQUEST_ID_HEADER } from "@/lib/identity/requests/request-headers";
import type { UserActor } from "@/lib/identity/sessions/read-session";
import { type Context, contextFor } from "@/lib/journal/context";
import { type AppError, hasCode, isAppError } from "@/lib/platform/errors";

export type Loaded<T> =
  | { kind: "loaded"; value: T; actor: UserActor }
  /** The database is unavailable, or the user's role is insufficient. */
  | { kind: "refused"; error: AppError | undefined };

/**
 * Reads a page's data as the signed-in user. Anonymous visitors are redirected to the sign-in and return to `path`. Data
 * that does not exist, or that the user must not see, shows the not-found page.
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
