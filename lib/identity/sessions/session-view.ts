import type { Session } from "@/lib/platform/prisma/client";

/** A session as its owner sees it. */
export type SessionView = {
  id: string;
  /** The browser's user agent at sign-in; can be empty or false. */
  userAgent: string;
  createdAt: Date;
  /** To the minute. */
  lastSeenAt: Date;
  expiresAt: Date;
  /** Whether it is the session of this request. */
  current: boolean;
};

export function sessionView(row: Session, currentId: string | undefined): SessionView {
  const { id, userAgent, createdAt, lastSeenAt, expiresAt } = row;
  return { id, userAgent, createdAt, lastSeenAt, expiresAt, current: id === currentId };
}
