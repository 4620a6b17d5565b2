import type { MediaFailure, Prisma } from "@/lib/platform/prisma/client";

/** A broken link of the newest listed versions, for its publisher, reviewers and admins. */
export type BrokenLink = {
  use: MediaFailure["use"];
  /** Which of its label's: `icon`, `screenshot 2`, a link with its title. */
  name: string;
  label: string;
  /** The version whose label names it. */
  tag: string;
  /** The only part of the address that is shown: path and query can contain secrets. */
  host: string;
  /** A part of a sentence. */
  why: string;
  /** Time of the first failure. */
  since: string;
};

/** For a query that includes or selects parts of an extension. */
export const BROKEN_LINKS = {
  mediaFailures: {
    where: { deadSince: { not: null } },
    orderBy: [{ firstFailedAt: "asc" }, { addressHash: "asc" }],
  },
} as const satisfies Prisma.ExtensionInclude;

export function viewBrokenLinks(failures: readonly MediaFailure[]): BrokenLink[] {
  return failures
    .filter(({ deadSince }) => deadSince !== null)
    .map(({ use, name, label, tag, address, why, firstFailedAt }) => ({
      use,
      name,
      label,
      tag,
      host: URL.parse(address)?.host ?? "–",
      why,
      since: firstFailedAt.toISOString(),
    }));
}
