import type { MediaFailure, Prisma } from "@/lib/platform/prisma/client";

/** An address of the newest listed versions that no longer answers, for its publisher and the keepers of the allow-list. */
export type BrokenLink = {
  use: MediaFailure["use"];
  /** Which of its label's: `icon`, `screenshot 2`, a link with its title. */
  name: string;
  label: string;
  /** The version whose label names it. */
  tag: string;
  /** All that is repeated of the address: path and query may hold secrets. */
  host: string;
  /** A part of a sentence. */
  why: string;
  /** When it failed first. */
  since: string;
};

/** Of a query that includes or selects parts of an extension. */
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
