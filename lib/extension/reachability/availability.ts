/** Why a registry no longer serves a repository. */
export type Refusal = "gone" | "private" | "blocked";

/** Consecutive refusals. */
export type Refusals = { latest: Refusal; times: number; since: Date };

/** Consecutive refusals, and their duration, before a repository is unavailable. Most mistakes are fixed sooner. */
const REFUSALS_MIN = 3;
const REFUSED_MS_MIN = 24 * 60 * 60 * 1000;

/** Whether the extension counts as unavailable after the refusal at `now`. */
export function isUnavailable({ times, since }: Refusals, now: Date): boolean {
  return times >= REFUSALS_MIN && now.getTime() - since.getTime() >= REFUSED_MS_MIN;
}

/** A sentence about the refusal for the public pages. */
export function refusalText(refusal: Refusal): string {
  switch (refusal) {
    case "gone":
      return "The registry has no such repository.";
    case "private":
      return "The registry requires signing in to read the repository.";
    case "blocked":
      return "The registry denies access to the repository.";
  }
}
