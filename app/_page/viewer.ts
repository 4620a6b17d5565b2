import { cookies } from "next/headers";
import { cache } from "react";
import { identity } from "@/lib/identity/identity";
import { type CurrentSession, readSession } from "@/lib/identity/sessions/read-session";
import { sessionCookieName } from "@/lib/identity/sessions/session-cookie";
import { services } from "@/lib/journal/context";
import { hasCode } from "@/lib/platform/errors";

export type Viewer =
  | { kind: "anonymous" }
  | { kind: "user"; session: CurrentSession }
  /** Unknown while the database is unavailable. */
  | { kind: "unknown" };

/** Who views the page; read once per request. */
export const currentViewer = cache(async (): Promise<Viewer> => {
  try {
    const room = identity.get();
    const value = (await cookies()).get(sessionCookieName(room.url))?.value;
    if (!value) return { kind: "anonymous" };
    const session = await readSession({ ...services.get(), identity: room }, value);
    return session ? { kind: "user", session } : { kind: "anonymous" };
  } catch (error) {
    if (hasCode(error, "database_unavailable") || hasCode(error, "starting")) return { kind: "unknown" };
    throw error;
  }
});
