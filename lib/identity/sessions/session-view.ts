import type { Session } from "@/lib/platform/prisma/client";

/** What may be told about a session to its owner. */
export type SessionView = {
  id: string;
  /** As the browser called itself when it signed in; may be empty or untrue. */
  userAgent: string;
  createdAt: Date;
  /** To the minute. */
  lastSeenAt: Date;
  expiresAt: Date;
  /** The one that asks. */
  current: boolean;
};

export function sessionView(row: Session, currentId: string | undefined): SessionView {
  const { id, userAgent, createdAt, lastSeenAt, expiresAt } = row;
  return { id, userAgent, createdAt, lastSeenAt, expiresAt, current: id === currentId };
}
